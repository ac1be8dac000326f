package fathom.manifold;

import java.util.Arrays;

/** Mean, least and greatest number of every column of a matrix, found in one pass over it. */
final class Columns {
    private static final int SLABS = 16;

    private final double[] mean;
    private final float[] smallest;
    private final float[] largest;

    private Columns(double[] mean, float[] smallest, float[] largest) {
        this.mean = mean;
        this.smallest = smallest;
        this.largest = largest;
    }

    /** @throws IllegalArgumentException if a number is not finite, with its row and column */
    static Columns of(Matrix matrix, String what, Team team) {
        int columns = matrix.columns();
        double[][] sums = new double[SLABS][columns];
        float[][] low = new float[SLABS][columns];
        float[][] high = new float[SLABS][columns];
        team.run(SLABS, slab -> {
            int from = (int) ((long) matrix.rows() * slab / SLABS);
            int to = (int) ((long) matrix.rows() * (slab + 1) / SLABS);
            Arrays.fill(low[slab], Float.POSITIVE_INFINITY);
            Arrays.fill(high[slab], Float.NEGATIVE_INFINITY);
            for (int i = from; i < to; i++) {
                take(matrix.values(), i * columns, sums[slab], low[slab], high[slab]);
            }
        });
        for (int slab = 1; slab < SLABS; slab++) {
            for (int c = 0; c < columns; c++) {
                sums[0][c] += sums[slab][c];
                low[0][c] = Math.min(low[0][c], low[slab][c]);
                high[0][c] = Math.max(high[0][c], high[slab][c]);
            }
        }
        for (int c = 0; c < columns; c++) {
            // What is not finite, NaN too, shows in the least or the greatest.
            if (!Float.isFinite(low[0][c]) || !Float.isFinite(high[0][c])) {
                matrix.finite(what);
            }
            // A constant column must have exactly its number as mean, whatever the sum was rounded to.
            sums[0][c] = low[0][c] == high[0][c] ? low[0][c] : sums[0][c] / matrix.rows();
        }
        return new Columns(sums[0], low[0], high[0]);
    }

    private static void take(float[] values, int at, double[] sums, float[] low, float[] high) {
        for (int c = 0; c < sums.length; c++) {
            float value = values[at + c];
            sums[c] += value;
            low[c] = Math.min(low[c], value);
            high[c] = Math.max(high[c], value);
        }
    }

    double mean(int column) {
        return mean[column];
    }

    /** All means, rounded to float. */
    float[] means() {
        float[] rounded = new float[mean.length];
        for (int c = 0; c < mean.length; c++) {
            rounded[c] = (float) mean[c];
        }
        return rounded;
    }

    float smallest(int column) {
        return smallest[column];
    }

    float largest(int column) {
        return largest[column];
    }
}
