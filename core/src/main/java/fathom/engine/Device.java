package fathom.engine;

/** Where an engine computes. */
public enum Device {
    CPU,
    CUDA
}
