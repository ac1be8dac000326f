package fathom.manifold;

import java.util.Arrays;

/**
 * Finds the orthogonal directions along which scaled points vary most: k unit vectors of d numbers in float64, nearly in the
 * order of their variances.
 */
final class Axes {
    private static final int SMALL = 2_000;
    private static final int DIRECT = 160;
    private static final int BLOCK_OF_DENSE = 32;
    private static final int BLOCK_OF_LARGE = 64;

    /** One row in so many is in the sample. */
    private static final int SAMPLE = 8;

    private static final int SAMPLE_STEPS = 2;

    private Axes() {}

    /** Which matrix they come from. */
    enum Route {
        COLUMNS,
        ROWS,
        LARGE;

        static Route of(int n, int d) {
            if (Math.min(n, d) > SMALL) {
                return LARGE;
            }
            return d <= n ? COLUMNS : ROWS;
        }
    }

    static double[][] ofColumns(Products products, int k) {
        return leading(products.ofColumns(), k, products.team());
    }

    /** With XXᵀu = λu the axis is Xᵀu / √λ; where λ is nothing beside rounding, any direction at right angles serves. */
    static double[][] ofRows(double[][] gram, Matrix points, Scaling scaling, int k, Team team) {
        int n = points.rows();
        int d = points.columns();
        double[][] left = leading(gram, k, team);
        double[] squares = quotients(gram, left, team);
        double[][] axes = new double[k][d];
        int known = 0;
        while (known < k && squares[known] > 1e-7 * squares[0]) {
            known++;
        }
        team.run((d + 255) / 256, task -> {
            int first = task * 256;
            double[] x = new double[Math.min(d, first + 256) - first];
            for (int i = 0; i < n; i++) {
                for (int c = 0; c < x.length; c++) {
                    float value = points.values()[i * d + first + c] - scaling.shift()[first + c];
                    x[c] = (double) value * scaling.factor();
                }
                for (int a = 0; a < k; a++) {
                    addScaled(axes[a], first, left[a][i], x);
                }
            }
        });
        Orthonormal.complete(axes, known);
        return axes;
    }

    /** Power steps on a sample of the rows cost little and spare whole passes over all of them. */
    static double[][] ofLarge(Products products, int k) {
        int d = products.columns();
        Team team = products.team();
        double[][] start = Krylov.start(d, BLOCK_OF_LARGE, team);
        Products sample = products.sample(SAMPLE);
        for (int step = 0; step < SAMPLE_STEPS; step++) {
            start = Orthonormal.block(sample.normal(start), 0, team);
        }
        return Krylov.leading(d, k, start, products::normal, team);
    }

    private static double[][] leading(double[][] symmetric, int k, Team team) {
        int m = symmetric.length;
        if (m > DIRECT && k <= m / 4) {
            return Krylov.leading(m, k, BLOCK_OF_DENSE, vectors -> times(symmetric, vectors, team), team);
        }
        double[][] copy = new double[m][];
        Arrays.setAll(copy, i -> symmetric[i].clone());
        Eigen eigen = Eigen.of(copy, k);
        double[][] vectors = new double[k][];
        Arrays.setAll(vectors, eigen::vector);
        return vectors;
    }

    private static double[][] times(double[][] rows, double[][] vectors, Team team) {
        double[][] result = new double[vectors.length][rows.length];
        team.run(vectors.length, v -> {
            for (int i = 0; i < rows.length; i++) {
                Doubles.addScaled(result[v], vectors[v][i], rows[i]);
            }
        });
        return result;
    }

    /** vᵀAv of every unit vector v. */
    private static double[] quotients(double[][] symmetric, double[][] vectors, Team team) {
        double[] values = new double[vectors.length];
        team.run(values.length, v -> {
            for (int i = 0; i < symmetric.length; i++) {
                values[v] += vectors[v][i] * Doubles.dot(symmetric[i], vectors[v]);
            }
        });
        return values;
    }

    private static void addScaled(double[] to, int first, double factor, double[] what) {
        for (int c = 0; c < what.length; c++) {
            to[first + c] += factor * what[c];
        }
    }
}
