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

    /** Room for vectors that {@link #setColumns} fills in. */
    static Panels empty(int count, int depth, Tiles tiles) {
        return new Panels(count, depth, tiles.width());
    }

    /** Sets one panel to columns of a matrix, (x − shift) · scale: depth runs over its rows from {@code firstRow} on. */
    void setColumns(int panel, Matrix matrix, int firstRow, int rows, float[] shift, float scale) {
        int column = panel * width;
        int columns = Math.min(width, count - column);
        float[] from = matrix.values();
        for (int k = 0; k < rows; k++) {
            int to = (panel * depth + k) * width;
            int at = (firstRow + k) * matrix.columns() + column;
            for (int v = 0; v < columns; v++) {
                values[to + v] = (from[at + v] - shift[column + v]) * scale;
            }
        }
        int start = (panel * depth + rows) * width;
        Arrays.fill(values, start, (panel + 1) * depth * width, 0);
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
