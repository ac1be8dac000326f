package fathom.engine.vector;

/**
 * Pooling windows over one plane, and how rows lie in the four planes that take part.
 *
 * @param out rows and columns of the result
 * @param in rows and columns of what is pooled
 * @param kernel side of a window; 1 is no pooling
 * @param xRow from one row of the input to the next, in floats
 * @param yRow the same for the output
 * @param dyRow for the output's gradient
 * @param dxRow for the input's gradient
 */
record Window(Kernels.Grid out, Kernels.Grid in, int kernel, int stride, int xRow, int yRow, int dyRow, int dxRow) {

    /** Where number i of a window lies behind its first, in the input. */
    int xOffset(int i, int lanes) {
        return i / kernel * xRow + i % kernel * lanes;
    }

    /** The same in the input's gradient. */
    int dxOffset(int i, int lanes) {
        return i / kernel * dxRow + i % kernel * lanes;
    }

    /** Whether windows are small and every number of the input lies in exactly one. */
    boolean tiles() {
        return kernel <= 2
                && stride == kernel
                && out.rows() * stride == in.rows()
                && out.columns() * stride == in.columns();
    }
}
