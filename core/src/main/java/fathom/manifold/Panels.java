package fathom.manifold;

import java.util.Arrays;

/**
 * A table cut into panels for {@link Tiles}: the {@code count} vectors of the table in groups of {@code width}, and each
 * group's depth in chunks, so that a chunk of two panels stays in the first-level cache. What lies beyond the last vector
 * is 0.
 */
final class Panels {
    /** Depth of one chunk: 256 × 32 floats are 32 KiB. */
    static final int CHUNK = 256;

    private static final int STRETCH = 32;

    private final int count;
    private final int depth;
    private final int width;
    private final float[] values;

    private Panels(int count, int depth, int width) {
        this.count = count;
        this.depth = depth;
        this.width = width;
        this.values = new float[Math.multiplyExact(panels(), Math.multiplyExact(depth, width))];
    }

    /** The rows of a matrix as vectors, (x − shift) · scale: depth runs over the columns. */
    static Panels ofRows(Matrix matrix, float[] shift, float scale, Tiles tiles, Team team) {
        return ofRows(matrix, inTurn(matrix.rows()), shift, scale, tiles, team);
    }

    static int[] inTurn(int count) {
        int[] order = new int[count];
        Arrays.setAll(order, i -> i);
        return order;
    }

    /** As {@link #ofRows(Matrix, float[], float, Tiles, Team)}, with the rows in another order. */
    static Panels ofRows(Matrix matrix, int[] order, float[] shift, float scale, Tiles tiles, Team team) {
        Panels panels = new Panels(matrix.rows(), matrix.columns(), tiles.width());
        team.run(panels.panels(), p -> panels.fillRows(matrix, order, shift, scale, p));
        return panels;
    }

    private void fillRows(Matrix matrix, int[] order, float[] shift, float scale, int panel) {
        int first = panel * width;
        int[] rows = Arrays.copyOfRange(order, first, Math.min(count, first + width));
        copyRows(matrix, rows, shift, scale, panel * depth * width);
    }

    /** Depth after depth in short stretches, so that what is written stays in the first-level cache until it is whole. */
    private void copyRows(Matrix matrix, int[] rows, float[] shift, float scale, int start) {
        float[] from = matrix.values();
        for (int k = 0; k < depth; k += STRETCH) {
            int end = Math.min(depth, k + STRETCH);
            for (int lane = 0; lane < rows.length; lane++) {
                copy(from, rows[lane] * depth, k, end, shift, scale, start + lane);
            }
        }
    }

    private void copy(float[] from, int row, int first, int end, float[] shift, float scale, int to) {
        for (int k = first; k < end; k++) {
            values[to + k * width] = (from[row + k] - shift[k]) * scale;
        }
    }

    /** Room for vectors that {@link #setDepth} fills in. */
    static Panels empty(int count, int depth, Tiles tiles) {
        return new Panels(count, depth, tiles.width());
    }

    /** Sets what stands at depth {@code k} of all vectors. */
    void setDepth(int k, float[] line) {
        for (int i = 0; i < count; i += width) {
            System.arraycopy(line, i, values, at(i, k), Math.min(width, count - i));
        }
    }

    int count() {
        return count;
    }

    int depth() {
        return depth;
    }

    int panels() {
        return (count + width - 1) / width;
    }

    float[] values() {
        return values;
    }

    /** Where depth {@code k} of vector {@code i} stands. */
    int at(int i, int k) {
        return (i / width * depth + k) * width + i % width;
    }
}
