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

    /** What is less beside the largest variance cannot be told from the rounding of sums in float32. */
    private static final double SUMMED = 1e-7;

    /** What is less beside all variance together cannot be told from the rounding of the points to float32. */
    private static final double STORED = 1e-13;

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

    /**
     * With XXᵀu = λu the axis is Xᵀu / √λ. The inner products tell the large λ only, so those of what the axes found so far
     * leave of the points tell the next ones; where that is rounding and no more, any direction at right angles serves.
     *
     * @param gram inner products between the scaled rows, which are centred here: by Torgerson, about any point
     */
    static double[][] ofRows(double[][] gram, Matrix points, Scaling scaling, int k, Team team) {
        double[][] axes = new double[k][points.columns()];
        centre(gram, team);
        double floor = STORED * trace(gram);
        int known = addLeading(gram, points, scaling, axes, 0, team);
        int more = known;
        while (more > 0 && known < Math.min(k, points.rows() - 1)) {
            double[][] found = Arrays.copyOf(axes, known);
            Orthonormal.complete(found, known);
            double[][] left = new Residual(points, scaling, found, team).gram();
            centre(left, team);
            more = trace(left) > floor ? addLeading(left, points, scaling, axes, known, team) : 0;
            known += more;
        }
        Orthonormal.complete(axes, known);
        return axes;
    }

    /** Takes from every number the means of its row and its column: inner products about the mean. */
    private static void centre(double[][] gram, Team team) {
        int n = gram.length;
        double[] means = new double[n];
        team.run(n, i -> means[i] = Arrays.stream(gram[i]).sum() / n);
        double mean = Arrays.stream(means).sum() / n;
        team.run(n, i -> {
            for (int j = 0; j < n; j++) {
                gram[i][j] += mean - (means[i] + means[j]);
            }
        });
    }

    private static double trace(double[][] gram) {
        double sum = 0;
        for (int i = 0; i < gram.length; i++) {
            sum += gram[i][i];
        }
        return sum;
    }

    /** Sets the axes from {@code known} on to Xᵀu for all u whose λ is more than the rounding of sums; returns how many. */
    private static int addLeading(
            double[][] gram, Matrix points, Scaling scaling, double[][] axes, int known, Team team) {
        double[][] vectors = leading(gram, axes.length - known, team);
        double[] squares = quotients(gram, vectors, team);
        int count = 0;
        while (count < squares.length && squares[count] > SUMMED * squares[0]) {
            count++;
        }
        int found = count;
        int d = points.columns();
        team.run((d + 255) / 256, task -> {
            int first = task * 256;
            double[] x = new double[Math.min(d, first + 256) - first];
            for (int i = 0; i < points.rows(); i++) {
                scaling.apply(points.values(), i * d + first, first, x);
                for (int a = 0; a < found; a++) {
                    addScaled(axes[known + a], first, vectors[a][i], x);
                }
            }
        });
        return found;
    }

    /** Power steps on a sample of the rows cost little and spare whole passes over all of them. */
    static double[][] ofLarge(Products products, int k) {
        int d = products.columns();
        Team team = products.team();
        double[][] start = Krylov.start(d, BLOCK_OF_LARGE, team);
        Products sample = products.sample(SAMPLE);
        for (int step = 0; step < SAMPLE_STEPS; step++) {
            double[][] next = Orthonormal.block(sample.normal(start), 0, team);
            if (next.length == 0) {
                break; // nothing varies within the sample
            }
            start = next;
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
