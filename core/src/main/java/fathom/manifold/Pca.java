package fathom.manifold;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Principal components: the k orthogonal directions along which points vary most.
 *
 * <p>The axes are exact, not sampled. With few columns they are eigenvectors of the covariance matrix, with few rows of
 * the matrix of inner products between rows, with many of both they come from a block Krylov space that grows until a
 * residual test holds. Products are summed in float32 over short stretches and in float64 beyond; eigenvectors are found, and
 * variances along them measured, in float64. An axis points to the side on which its largest entry is positive, so the
 * same data gives the same signs.
 */
public final class Pca {
    /** A variance of less than this share of the first one's is rounding and no more. */
    static final double NOTHING = 1e-10;

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
        return fit(points, k, Axes.Route.of(n, d), tiles, team);
    }

    static Fitted fit(Matrix points, int k, Axes.Route route, Tiles tiles, Team team) {
        Scaling scaling = Scaling.of(points, "the data", team);
        Products products = new Products(points, scaling, tiles, team);
        double[][] axes = switch (route) {
            case COLUMNS -> Axes.ofColumns(products, k);
            case ROWS -> Axes.ofRows(products.ofRows(), points, scaling, k, team);
            case LARGE -> Axes.ofLarge(products, k);
        };
        return measured(axes, points, scaling, team);
    }

    /** The same where the inner products between the rows are known, in any unit, as {@link Axes#ofRows} takes them. */
    static Fitted ofGram(double[][] gram, Matrix points, int k, Team team) {
        Scaling scaling = Scaling.of(points, "the data", team);
        return measured(Axes.ofRows(gram, points, scaling, k, team), points, scaling, team);
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
            var rehearsal = new PcaRehearsal(Axes.Route.of(n, d), Kernels.best().tiles());
            Thread.ofPlatform().daemon().name("pca-rehearsal").start(rehearsal);
        }
    }

    /** The axes with their signs, that of the largest variance first. */
    private static Fitted measured(double[][] axes, Matrix points, Scaling scaling, Team team) {
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
        Pca pca = new Pca(scaling.shift(), rows, variances, coordinates.total() * ofSquares, false);
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
                boolean isNothing = variance <= NOTHING * variances[0];
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
