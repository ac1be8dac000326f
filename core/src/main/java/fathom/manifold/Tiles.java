package fathom.manifold;

/**
 * The inner loops over dense tables. They read panels: {@code width} numbers that belong to one depth stand side by side,
 * depth after depth (see {@link Panels}). A tile is {@link #ROWS} rows × {@link #width} columns.
 */
interface Tiles {
    /** Rows of one tile. */
    int ROWS = 4;

    /** Columns of one tile, and so of a panel; a multiple of {@link #ROWS}. */
    int width();

    /**
     * Adds to a tile the products summed over depth: out[r·stride + c] += Σₖ a[aAt + k·aStep + r·aRow] · b[bAt + k·width + c].
     * So the first table may also stand row after row.
     */
    void addProducts(
            float[] a, int aAt, int aRow, int aStep, float[] b, int bAt, int depth, float[] out, int outAt, int stride);

    /**
     * Adds to a tile the squared differences summed over depth. Differences are taken first, so equal points have
     * distance 0 exactly and near ones lose no digits.
     */
    void addSquaredDistances(float[] a, int aAt, float[] b, int bAt, int depth, float[] out, int outAt, int stride);

    /**
     * Finds the numbers at {@code at … at + count − 1} that are not above their limit, and writes their places (from 0)
     * to {@code hits}; returns how many. The limit of place i is {@code limits[limitsAt + i·limitStep]}, step 0 or 1.
     */
    int notAbove(float[] values, int at, int count, float[] limits, int limitsAt, int limitStep, int[] hits);

    /** How many of the numbers at {@code at … at + count − 1} are below a limit. */
    int below(float[] values, int at, int count, float limit);
}
