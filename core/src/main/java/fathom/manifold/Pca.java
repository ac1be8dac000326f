package fathom.manifold;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Principal components: the k orthogonal directions along which points vary most.
 *
 * <p>The axes are exact, not sampled. With few columns they are eigenvectors of the covariance matrix, with few rows of
 * the matrix of inner products between rows, with many of both they come from a block Krylov space that grows until a
 * residual test holds. Products are summed in float32 over short stretches and in float64 beyond; eigenvectors are found, and
 * variances along them measured, in float64. An axis points to the side on which its largest entry is positive, so the same data gives the same signs.
 */
public final class Pca {
    private static final int SMALL = 2_000;
    private static final int DIRECT = 160;
    private static final int BLOCK_OF_DENSE = 32;
    private static final int BLOCK_OF_LARGE = 64;

    /** One row in so many is in the sample. */
    private static final int SAMPLE = 8;

    private static final int SAMPLE_STEPS = 2;

    private final float[] mean;
    private final Matrix axes;
    private final double[] variances;
    private final double totalVariance;
    private final boolean isWhitening;

    private Pca(float[] mean, Matrix axes, double[] variances, double totalVariance, boolean isWhitening) {
        this.mean = mean;
        this.axes = axes;
        this.variances = variances;
        this.totalVariance = totalVariance;
        this.isWhitening = isWhitening;
    }

    /** Components, and the coordinates along them of the points that they were found in, n × k. */
    public record Fitted(Pca pca, Matrix coordinates) {}

    /**
     * Finds the first k components of n × d points.
     *
     * @param k 1 … min(n, d)
     * @throws IllegalArgumentException if k is out of range, n is less than 2, or a number is not finite (row and column
     *     are named)
     */
    public static Pca fit(Matrix points, int k, int threads) {
        return fitTransform(points, k, threads).pca;
    }

    /** As {@link #fit}; the coordinates, which measuring the variances gives, are those of {@link #transform} but for rounding. */
    public static Fitted fitTransform(Matrix points, int k, int threads) {
        try (Team team = new Team(threads)) {
            return fit(points, k, Kernels.best().tiles(), team);
        }
    }

    static Fitted fit(Matrix points, int k, Tiles tiles, Team team) {
        int n = points.rows();
        int d = points.columns();
        if (n < 2) {
            throw new IllegalArgumentException("principal components need at least 2 points, got " + n);
        }
        int most = Math.min(n, d);
        if (k < 1 || k > most) {
            throw new IllegalArgumentException(
                    "%d × %d points have 1 … %d components, got k = %d: ask for fewer".formatted(n, d, most, k));
        }
        return fit(points, k, Route.of(n, d), tiles, team);
    }

    static Fitted fit(Matrix points, int k, Route route, Tiles tiles, Team team) {
        Scaling scaling = Scaling.of(points, "the data", team);
        Products products = new Products(points, scaling, tiles, team);
        Spectrum spectrum = switch (route) {
            case COLUMNS -> ofColumns(products, k);
            case ROWS -> ofRows(products.ofRows(), points, scaling, k, team);
            case LARGE -> ofLarge(products, points, scaling, k);
        };
        return spectrum.measured(points, scaling, team);
    }

    /** The same where the inner products between the scaled rows are known. */
    static Fitted ofGram(double[][] gram, Matrix points, Scaling scaling, int k, Team team) {
        return ofRows(gram, points, scaling, k, team).measured(points, scaling, team);
    }

    /** Which matrix the axes come from. */
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

    /**
     * Has a thread of its own run the inner loops on made-up points for a moment, so that they are compiled by the time that
     * {@link #fit} works on real ones. A program that fits once and ends is done sooner if it calls this before it reads its
     * points. No result depends on it; for one thread it does nothing.
     *
     * @param n how many points there will be
     * @param d how many columns they will have
     */
    public static void warmUp(int n, int d, int threads) {
        if (threads > 1) {
            var rehearsal = new PcaRehearsal(Route.of(n, d), Kernels.best().tiles());
            Thread.ofPlatform().daemon().name("pca-rehearsal").start(rehearsal);
        }
    }

    /** Axes, and the sum of squares of all numbers, both of the scaled points. */
    private static final class Spectrum {
        private final double[][] axes;
        private final double total;

        Spectrum(double[][] axes, double total) {
            this.axes = axes;
            this.total = total;
        }

        /** The axes with their signs, that of the largest variance first. */
        Fitted measured(Matrix points, Scaling scaling, Team team) {
            int d = points.columns();
            Coordinates coordinates = Coordinates.of(points, scaling, axes, team);
            double[] squares = coordinates.squares();
            int[] order = IntStream.range(0, axes.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer i) -> -squares[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            double unit = 1 / (double) scaling.factor();
            double ofSquares = unit * unit / (points.rows() - 1);
            Matrix rows = Matrix.zeros(axes.length, d);
            double[] variances = new double[axes.length];
            double[] signs = new double[axes.length];
            for (int i = 0; i < axes.length; i++) {
                double[] axis = axes[order[i]];
                double sign = sign(axis);
                for (int c = 0; c < d; c++) {
                    rows.values()[i * d + c] = (float) (sign * axis[c]);
                }
                variances[i] = squares[order[i]] * ofSquares;
                signs[i] = sign * unit;
            }
            Pca pca = new Pca(scaling.shift(), rows, variances, total * ofSquares, false);
            return new Fitted(pca, coordinates.inOrder(order, signs));
        }

        private static double sign(double[] axis) {
            int largest = 0;
            for (int c = 1; c < axis.length; c++) {
                if (Math.abs(axis[c]) > Math.abs(axis[largest])) {
                    largest = c;
                }
            }
            return axis[largest] < 0 ? -1 : 1;
        }
    }

    private static Spectrum ofColumns(Products products, int k) {
        double[][] covariance = products.ofColumns();
        return new Spectrum(leading(covariance, k, products.team()), trace(covariance));
    }

    /** With XXᵀu = λu the axis is Xᵀu / √λ; where λ is nothing beside rounding, any direction at right angles serves. */
    private static Spectrum ofRows(double[][] gram, Matrix points, Scaling scaling, int k, Team team) {
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
        return new Spectrum(axes, trace(gram));
    }

    /** Power steps on a sample of the rows cost little and spare whole passes over all of them. */
    private static Spectrum ofLarge(Products products, Matrix points, Scaling scaling, int k) {
        int d = products.columns();
        Team team = products.team();
        double[][] start = Krylov.start(d, BLOCK_OF_LARGE, team);
        Products sample = products.sample(SAMPLE);
        for (int step = 0; step < SAMPLE_STEPS; step++) {
            start = Orthonormal.block(sample.normal(start), 0, team);
        }
        double[][] axes = Krylov.leading(d, k, start, products::normal, team).vectors;
        return new Spectrum(axes, Columns.sumOfSquares(points, scaling, team));
    }

    private static double[][] leading(double[][] symmetric, int k, Team team) {
        int m = symmetric.length;
        if (m > DIRECT && k <= m / 4) {
            return Krylov.leading(m, k, BLOCK_OF_DENSE, vectors -> times(symmetric, vectors, team), team).vectors;
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

    private static double trace(double[][] symmetric) {
        double sum = 0;
        for (int i = 0; i < symmetric.length; i++) {
            sum += symmetric[i][i];
        }
        return sum;
    }

    private static void addScaled(double[] to, int first, double factor, double[] what) {
        for (int c = 0; c < what.length; c++) {
            to[first + c] += factor * what[c];
        }
    }

    /** How many components there are. */
    public int components() {
        return axes.rows();
    }

    /** The mean of every column. */
    public float[] mean() {
        return mean.clone();
    }

    /** k × d: one unit vector a row, that of the largest variance first. */
    public Matrix axes() {
        return axes;
    }

    /** The variance of the points along each axis, ÷ (n − 1). */
    public double[] variances() {
        return variances.clone();
    }

    /** The share of each axis in the variance of all columns; 0 where nothing varies. */
    public double[] ratios() {
        double[] ratios = variances.clone();
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = totalVariance == 0 ? 0 : ratios[i] / totalVariance;
        }
        return ratios;
    }

    /**
     * The same components, with every coordinate divided by its deviation. Along an axis that has less than 1e-10 of the
     * first one's variance, which is rounding and no more, it is 0.
     */
    public Pca whitening() {
        return new Pca(mean, axes, variances, totalVariance, true);
    }

    /**
     * The coordinates of m × d points along the axes, m × k.
     *
     * @throws IllegalArgumentException if the points have another number of columns, or a number is not finite
     */
    public Matrix transform(Matrix points, int threads) {
        try (Team team = new Team(threads)) {
            return transform(points, Kernels.best().tiles(), team);
        }
    }

    Matrix transform(Matrix points, Tiles tiles, Team team) {
        checkColumns(points, axes.columns());
        int k = axes.rows();
        Products products = new Products(points, Scaling.around(mean), tiles, team);
        float[] coordinates = products.times(axes);
        if (!isFinite(coordinates)) {
            points.finite("the data");
        }
        if (isWhitening) {
            for (int i = 0; i < coordinates.length; i++) {
                double variance = variances[i % k];
                boolean isNothing = variance <= 1e-10 * variances[0];
                coordinates[i] = isNothing ? 0 : (float) (coordinates[i] / Math.sqrt(variance));
            }
        }
        return Matrix.of(points.rows(), k, coordinates);
    }

    private static boolean isFinite(float[] values) {
        float sum = 0;
        for (float value : values) {
            sum += value * 0;
        }
        return sum == 0;
    }

    /** The points that have the given m × k coordinates, m × d: what {@link #transform} kept of them. */
    public Matrix inverse(Matrix coordinates) {
        int k = axes.rows();
        int d = axes.columns();
        checkColumns(coordinates, k);
        Matrix points = Matrix.zeros(coordinates.rows(), d);
        double[] sums = new double[d];
        for (int i = 0; i < coordinates.rows(); i++) {
            for (int c = 0; c < d; c++) {
                sums[c] = mean[c];
            }
            for (int a = 0; a < k; a++) {
                double along = coordinates.at(i, a) * (isWhitening ? Math.sqrt(variances[a]) : 1);
                for (int c = 0; c < d; c++) {
                    sums[c] += along * axes.values()[a * d + c];
                }
            }
            for (int c = 0; c < d; c++) {
                points.values()[i * d + c] = (float) sums[c];
            }
        }
        return points;
    }

    private static void checkColumns(Matrix matrix, int expected) {
        if (matrix.columns() != expected) {
            throw new IllegalArgumentException(
                    "these components need %d columns, got %d".formatted(expected, matrix.columns()));
        }
    }
}
