package fathom.engine;

/** In which numbers an engine multiplies; weights and optimiser state are 32-bit floats in either. */
public enum Precision {
    FP32,
    BF16
}
