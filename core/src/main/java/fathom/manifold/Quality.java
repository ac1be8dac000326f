package fathom.manifold;

import java.util.Arrays;

/**
 * How good a map is, by measures that do not depend on how it was made. All are exact: they look at all pairs of points, so
 * their time grows with n².
 */
public final class Quality {
    private static final int STRIP = 32;

    private Quality() {}

    /**
     * KL(P‖Q) of t-SNE in nats: P as {@link Tsne} makes it (the full one for up to 2,000 points, else over the 3 × perplexity
     * nearest neighbours), Q over all pairs.
     *
     * @param map n × 2 or n × 3
     * @throws IllegalArgumentException if the map has another size, the perplexity is less than 1, or a number is not finite
     */
    public static double divergence(Matrix points, Matrix map, double perplexity, int threads) {
        checkSameRows(points, map);
        if (map.columns() != 2 && map.columns() != 3) {
            throw new IllegalArgumentException("KL is of maps of 2 or 3 columns, this has " + map.columns());
        }
        Tsne tsne = Tsne.DEFAULT.withPerplexity(perplexity);
        if (points.rows() == 1) {
            return 0;
        }
        Kernels kernels = Kernels.best();
        try (Team team = new Team(threads)) {
            int n = points.rows();
            double z = z(map, kernels.loops(), team);
            Motion motion = new Motion(map);
            if (n <= Method.MOST_EXACT) {
                PairForces forces = PairForces.of(points, perplexity, kernels, team);
                return forces.divergence(motion, z, team);
            }
            int k = tsne.neighborsOf(n);
            Neighbors neighbors = Neighbors.among(points, k, kernels.tiles(), team);
            Edges edges = Affinities.sparse(
                    neighbors,
                    Affinities.carried(perplexity, k),
                    kernels.loops().lanes(),
                    team);
            return edges.divergence(motion, z, team);
        }
    }

    /** Σ 1 / (1 + |y(i) − y(j)|²) over all ordered pairs of two points. */
    private static double z(Matrix map, Loops loops, Team team) {
        map.finite("the map");
        int n = map.rows();
        int padded = (n + loops.lanes() - 1) / loops.lanes() * loops.lanes();
        float[][] at = Placement.padded(map, padded);
        double[] sums = new double[n];
        team.run((n + 255) / 256, task -> {
            float[] unused = new float[3];
            for (int i = task * 256; i < Math.min(n, (task + 1) * 256); i++) {
                float[] place = {at[0][i], at[1][i], at[2][i]};
                sums[i] = loops.pushAway(at, padded, i, place, unused);
            }
        });
        return Arrays.stream(sums).sum();
    }

    /**
     * Trustworthiness (Venna and Kaski 2001): 1 where the k nearest on the map are the k nearest in the data; less the farther
     * away in the data those are that are near on the map only.
     *
     * @param k 1 … less than n / 2
     */
    public static double trustworthiness(Matrix points, Matrix map, int k, int threads) {
        return kept(map, points, k, threads);
    }

    /** Continuity (Venna and Kaski 2001): as trustworthiness, with data and map exchanged. */
    public static double continuity(Matrix points, Matrix map, int k, int threads) {
        return kept(points, map, k, threads);
    }

    /** 1 − a sum over the k nearest by one table of how much their rank by the other exceeds k. */
    private static double kept(Matrix near, Matrix ranked, int k, int threads) {
        checkSameRows(near, ranked);
        int n = near.rows();
        if (k < 1 || 2 * k >= n) {
            throw new IllegalArgumentException(
                    "k must be at least 1 and less than half of %d points, got %d".formatted(n, k));
        }
        Tiles tiles = Kernels.best().tiles();
        try (Team team = new Team(threads)) {
            Neighbors neighbors = Neighbors.among(near, k, tiles, team);
            Scaling scaling = Scaling.forDistances(ranked, "the data", team);
            Panels panels = Panels.ofRows(ranked, scaling.shift(), scaling.factor(), tiles, team);
            int stride = panels.panels() * tiles.width();
            Pool<float[]> strips = new Pool<>(() -> new float[STRIP * stride]);
            long[] excess = new long[(n + STRIP - 1) / STRIP];
            team.run(
                    excess.length,
                    task -> strips.use(squared -> {
                        int first = task * STRIP;
                        int rows = Math.min(STRIP, n - first);
                        Arrays.fill(squared, 0);
                        Distances.add(panels, panels, first, rows, tiles, squared, 0, stride);
                        for (int r = 0; r < rows; r++) {
                            excess[task] += excess(neighbors, first + r, squared, r * stride, n, tiles);
                        }
                    }));
            double sum = Arrays.stream(excess).sum();
            return 1 - 2 * sum / ((double) n * k * (2.0 * n - 3.0 * k - 1));
        }
    }

    /** The rank of a point is how many others are nearer, and 1; those at the same distance share the best rank. */
    private static long excess(Neighbors neighbors, int i, float[] squared, int at, int n, Tiles tiles) {
        int k = neighbors.k();
        squared[at + i] = Float.POSITIVE_INFINITY;
        long sum = 0;
        for (int j = 0; j < k; j++) {
            int rank = 1 + tiles.below(squared, at, n, squared[at + neighbors.index(i, j)]);
            sum += Math.max(0, rank - k);
        }
        return sum;
    }

    /** The mean share of a point's k nearest in the data that are among its k nearest on the map. */
    public static double recall(Matrix points, Matrix map, int k, int threads) {
        checkSameRows(points, map);
        return recall(Neighbors.among(points, k, threads), Neighbors.among(map, k, threads));
    }

    /** The mean share of each point's neighbours in one list that the other list has too. */
    public static double recall(Neighbors expected, Neighbors found) {
        if (expected.count() != found.count()) {
            throw new IllegalArgumentException(
                    "the neighbours are of %d and of %d points".formatted(expected.count(), found.count()));
        }
        int[] seen = new int[expected.count()];
        Arrays.fill(seen, -1);
        long common = 0;
        for (int i = 0; i < expected.count(); i++) {
            for (int j = 0; j < expected.k(); j++) {
                seen[expected.index(i, j)] = i;
            }
            for (int j = 0; j < found.k(); j++) {
                common += seen[found.index(i, j)] == i ? 1 : 0;
            }
        }
        return (double) common / ((long) expected.count() * expected.k());
    }

    /**
     * The share of points whose label is the commonest among their k nearest on the map, themselves left out; of labels
     * equally common the smallest counts.
     */
    public static double labelAccuracy(Matrix map, int[] labels, int k, int threads) {
        if (labels.length != map.rows()) {
            throw new IllegalArgumentException("%d labels for %d points".formatted(labels.length, map.rows()));
        }
        Neighbors neighbors = Neighbors.among(map, k, threads);
        int right = 0;
        int[] votes = new int[k];
        for (int i = 0; i < labels.length; i++) {
            for (int j = 0; j < k; j++) {
                votes[j] = labels[neighbors.index(i, j)];
            }
            right += commonest(votes) == labels[i] ? 1 : 0;
        }
        return (double) right / labels.length;
    }

    private static int commonest(int[] votes) {
        Arrays.sort(votes);
        int best = votes[0];
        int most = 0;
        int run = 0;
        for (int i = 0; i < votes.length; i++) {
            run = i > 0 && votes[i] == votes[i - 1] ? run + 1 : 1;
            if (run > most) {
                most = run;
                best = votes[i];
            }
        }
        return best;
    }

    private static void checkSameRows(Matrix points, Matrix map) {
        if (points.rows() != map.rows()) {
            throw new IllegalArgumentException("the data has %d points, but the map %d: both must have the same"
                    .formatted(points.rows(), map.rows()));
        }
    }
}
