package fathom.experiment;

/** What the report of an experiment draws. */
public enum Figure {
    /** Test accuracy epoch by epoch: a line for the mean of each variant, a band for its deviation. */
    ACCURACY_CURVES,
    /** Validation loss likewise. */
    LOSS_CURVES,
    /** The mean of each variant with its 95 % interval. */
    MEANS
}
