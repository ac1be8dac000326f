package fathom.inspect;

import fathom.manifold.Matrix;

/** Takes what passes at one tap, a batch at a time. */
sealed interface Collector permits Rows, Coordinates {
    /**
     * Sees one batch.
     *
     * @param examples their indices in the split
     * @param activations examples × numbers of the tap
     */
    void take(int[] examples, float[] activations);

    /** What was kept, one row an example. */
    Matrix matrix();
}
