package fathom.manifold;

import java.util.Arrays;

/** How much points vary along given axes, in float64 throughout. */
final class Variances {
    /** How many numbers are turned into float64 at a time, about. */
    private static final int BLOCK = 1 << 19;

    private static final int MOST_ROWS = 512;
    private static final int STRIP = 8;

    private Variances() {}

    /**
     * For every unit vector v the sum over all points of ((x − mean)·v)², scaled.
     *
     * @param axes unit vectors, one a row
     */
    static double[] along(Matrix points, Scaling scaling, double[][] axes, Team team) {
        int n = points.rows();
        Basis basis = new Basis(points.columns());
        basis.add(axes);
        double[] sums = new double[axes.length];
        double[] squares = new double[axes.length];
        double[][] block = new double[Math.clamp(BLOCK / points.columns(), STRIP, MOST_ROWS)][points.columns()];
        for (int first = 0; first < n; first += block.length) {
            double[][] rows = Arrays.copyOf(block, Math.min(block.length, n - first));
            int from = first;
            team.run((rows.length + STRIP - 1) / STRIP, strip -> {
                for (int i = strip * STRIP; i < Math.min(rows.length, (strip + 1) * STRIP); i++) {
                    centre(points.values(), (from + i) * points.columns(), scaling, rows[i]);
                }
            });
            for (double[] dots : basis.dots(rows, team)) {
                for (int a = 0; a < axes.length; a++) {
                    sums[a] += dots[a];
                    squares[a] += dots[a] * dots[a];
                }
            }
        }
        // The shift is the mean but for its rounding.
        Arrays.setAll(squares, a -> Math.max(0, squares[a] - sums[a] * sums[a] / n));
        return squares;
    }

    private static void centre(float[] values, int at, Scaling scaling, double[] to) {
        float[] shift = scaling.shift();
        double factor = scaling.factor();
        for (int c = 0; c < to.length; c++) {
            to[c] = ((double) values[at + c] - shift[c]) * factor;
        }
    }
}
