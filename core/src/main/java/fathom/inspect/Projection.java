package fathom.inspect;

import fathom.manifold.Matrix;
import fathom.manifold.Pca;
import fathom.manifold.Quality;
import fathom.manifold.Tsne;

/**
 * Points of many dimensions on a plane, with how far the picture can be trusted.
 *
 * @param map one row a point, two columns
 * @param trustworthiness of the map (Venna and Kaski 2001) against the points as they were given, 0 … 1
 * @param neighbors how many neighbours it looks at
 */
public record Projection(Matrix map, double trustworthiness, int neighbors, How how) {
    private static final int NEIGHBORS = 12;

    /** t-SNE first brings points of more dimensions to this many principal components. */
    public static final int REDUCED = 50;

    /** How the map was made. */
    public sealed interface How {
        /**
         * By the first two principal components.
         *
         * @param first the share of the first in the variance of the points, 0 … 1
         * @param second likewise
         */
        record Principal(double first, double second) implements How {}

        /**
         * By t-SNE.
         *
         * @param divergence KL(P‖Q) in nats
         * @param perplexity what was used
         * @param iterations how many were done
         */
        record Neighborly(double divergence, double perplexity, int iterations) implements How {}
    }

    /** What to project by. */
    public enum Method {
        PCA,
        TSNE
    }

    /**
     * A map by either method.
     *
     * @param points n × d, at least 3
     * @throws InspectException if there are fewer
     */
    public static Projection of(Method method, Matrix points, int threads) {
        return switch (method) {
            case PCA -> principal(points, threads);
            case TSNE -> neighborly(points, Tsne.DEFAULT.withThreads(threads));
        };
    }

    /** The first two principal components. */
    public static Projection principal(Matrix points, int threads) {
        requireEnough(points);
        Pca.Fitted fitted = Pca.fitTransform(points, Math.min(2, points.columns()), threads);
        Matrix map = twoColumns(fitted.coordinates());
        double[] shares = fitted.pca().ratios();
        return rated(points, map, new How.Principal(shares[0], shares.length > 1 ? shares[1] : 0), threads);
    }

    /** A t-SNE map of the points, brought to {@link #REDUCED} principal components first if they have more. */
    public static Projection neighborly(Matrix points, Tsne tsne) {
        requireEnough(points);
        boolean isWide = points.columns() > REDUCED && points.rows() > REDUCED;
        Matrix reduced =
                isWide ? Pca.fitTransform(points, REDUCED, tsne.threads()).coordinates() : points;
        var embedding = tsne.fit(reduced);
        var how = new How.Neighborly(embedding.kl(), embedding.perplexity(), embedding.iterations());
        return rated(points, embedding.map(), how, tsne.threads());
    }

    private static Projection rated(Matrix points, Matrix map, How how, int threads) {
        int k = Math.min(NEIGHBORS, (points.rows() - 1) / 2);
        return new Projection(map, Quality.trustworthiness(points, map, k, threads), k, how);
    }

    private static void requireEnough(Matrix points) {
        if (points.rows() < 3) {
            throw new InspectException(
                    "a map needs at least 3 points, got %d: look at more examples".formatted(points.rows()));
        }
    }

    private static Matrix twoColumns(Matrix map) {
        if (map.columns() == 2) {
            return map;
        }
        var values = new float[map.rows() * 2];
        for (int i = 0; i < map.rows(); i++) {
            values[2 * i] = map.at(i, 0);
        }
        return Matrix.of(map.rows(), 2, values);
    }
}
