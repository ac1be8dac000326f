package fathom.manifold;

import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * A table of float numbers, row after row in one array: one row a point, one column a coordinate.
 *
 * <p>The array is neither copied in nor out, so that a large table exists once: do not write to it while it is in use.
 */
public final class Matrix {
    private final int rows;
    private final int columns;
    private final float[] values;

    private Matrix(int rows, int columns, float[] values) {
        this.rows = rows;
        this.columns = columns;
        this.values = values;
    }

    /**
     * A matrix over {@code values}, which is not copied.
     *
     * @throws IllegalArgumentException if a size is not positive or the array does not hold rows × columns numbers
     */
    public static Matrix of(int rows, int columns, float[] values) {
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException(
                    "a matrix needs at least one row and one column, got %d × %d".formatted(rows, columns));
        }
        if ((long) rows * columns != values.length) {
            throw new IllegalArgumentException("a matrix of %d × %d needs %d numbers, got an array of %d"
                    .formatted(rows, columns, (long) rows * columns, values.length));
        }
        return new Matrix(rows, columns, values);
    }

    /** The given rows, copied; all must be of one length. */
    public static Matrix of(float[][] rows) {
        if (rows.length == 0) {
            throw new IllegalArgumentException("a matrix needs at least one row, got none");
        }
        int columns = rows[0].length;
        float[] values = new float[Math.multiplyExact(rows.length, columns)];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != columns) {
                throw new IllegalArgumentException(
                        "row %d has %d numbers, but row 0 has %d: all rows must be of one length"
                                .formatted(i, rows[i].length, columns));
            }
            System.arraycopy(rows[i], 0, values, i * columns, columns);
        }
        return of(rows.length, columns, values);
    }

    /** A matrix of zeros. */
    static Matrix zeros(int rows, int columns) {
        return of(rows, columns, new float[Math.multiplyExact(rows, columns)]);
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /** The numbers, row after row; the matrix's own array. */
    public float[] values() {
        return values;
    }

    public float at(int row, int column) {
        return values[row * columns + column];
    }

    /** A copy of one row. */
    public float[] row(int row) {
        return Arrays.copyOfRange(values, row * columns, (row + 1) * columns);
    }

    /** A copy of one column. */
    public float[] column(int column) {
        float[] copy = new float[rows];
        for (int i = 0; i < rows; i++) {
            copy[i] = values[i * columns + column];
        }
        return copy;
    }

    /** A copy of the given rows, in their order. */
    public Matrix select(int[] chosen) {
        Matrix copy = zeros(chosen.length, columns);
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(values, chosen[i] * columns, copy.values, i * columns, columns);
        }
        return copy;
    }

    /**
     * This matrix, once every number is known to be finite.
     *
     * @throws IllegalArgumentException if one is not, with its row and column
     */
    Matrix finite(String what) {
        float sum = 0;
        for (float value : values) {
            sum += value * 0;
        }
        if (sum == 0) {
            return this;
        }
        return finiteBySearch(what);
    }

    private Matrix finiteBySearch(String what) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        "%s has %s at row %d, column %d (from 0): every number must be finite; drop the row or fill the gap"
                                .formatted(what, values[i], i / columns, i % columns));
            }
        }
        return this;
    }

    /** The same numbers by column, as the loops over points want them. */
    float[][] columnArrays(IntFunction<float[]> array) {
        float[][] byColumn = new float[columns][];
        for (int c = 0; c < columns; c++) {
            float[] copy = array.apply(c);
            for (int i = 0; i < rows; i++) {
                copy[i] = values[i * columns + c];
            }
            byColumn[c] = copy;
        }
        return byColumn;
    }

    @Override
    public String toString() {
        return "Matrix[%d × %d]".formatted(rows, columns);
    }
}
