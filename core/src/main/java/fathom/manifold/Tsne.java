package fathom.manifold;

import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * t-SNE (van der Maaten and Hinton, "Visualizing Data using t-SNE", JMLR 2008): a map in two or three dimensions on which
 * points lie near each other that are near each other in the data.
 *
 * <p>The same settings and data give the same map to the last bit, run after run and for every number of threads, on one
 * kind of processor.
 *
 * @param dims 2, or 3 with the exact method
 * @param perplexity how many neighbours count, softly, for each point: at least 1; no more than a third of the other points
 *     is used. The exact method calibrates over all others, the mesh method over the 3 × perplexity nearest
 * @param iterations 0 or more
 * @param exaggeration what P is multiplied with at first, at least 1; empty (auto) means 12 for the mesh method and 4, as in
 *     the first paper, for the exact one, whose few points fall apart in good order without more
 * @param exaggerationIterations for how many iterations
 * @param startMomentum while exaggerated, 0 … 1
 * @param momentum afterwards, 0 … 1
 * @param learningRate the step along the gradient ÷ 4; empty (auto) means n / exaggeration of the moment: n/12
 *     (n/4) first and n later with the defaults (Belkina et al. 2019; Linderman and Steinerberger 2019)
 * @param start where the points begin
 * @param method how forces are summed
 * @param seed of the random start
 * @param threads at least 1; changes the time only
 * @param settledBelow empty for all iterations; else the map is finished when KL has changed by less than this share of
 *     itself within 50 iterations after exaggeration
 */
public record Tsne(
        int dims,
        double perplexity,
        int iterations,
        OptionalDouble exaggeration,
        int exaggerationIterations,
        double startMomentum,
        double momentum,
        OptionalDouble learningRate,
        Start start,
        Method method,
        long seed,
        int threads,
        OptionalDouble settledBelow) {
    /** Two dimensions, perplexity 30, 1000 iterations of which 250 with exaggeration, from the principal components. */
    public static final Tsne DEFAULT = new Tsne(
            2,
            30,
            1000,
            OptionalDouble.empty(),
            250,
            0.5,
            0.9,
            OptionalDouble.empty(),
            new Start.Principal(),
            Method.AUTO,
            42,
            Runtime.getRuntime().availableProcessors(),
            OptionalDouble.empty());

    /** @throws IllegalArgumentException if a number is out of its range; the text names it */
    public Tsne {
        require(dims == 2 || dims == 3, "dims must be 2 or 3, got %s", dims);
        require(
                dims == 2 || method != Method.MESH,
                "the mesh method makes maps of 2 dimensions, got dims = %s: choose the exact method",
                dims);
        require(perplexity >= 1 && Double.isFinite(perplexity), "perplexity must be at least 1, got %s", perplexity);
        require(iterations >= 0, "iterations must not be negative, got %s", iterations);
        exaggeration.ifPresent(factor ->
                require(factor >= 1 && Double.isFinite(factor), "exaggeration must be at least 1, got %s", factor));
        require(
                exaggerationIterations >= 0,
                "exaggerationIterations must not be negative, got %s",
                exaggerationIterations);
        require(startMomentum >= 0 && startMomentum < 1, "startMomentum must be in [0, 1), got %s", startMomentum);
        require(momentum >= 0 && momentum < 1, "momentum must be in [0, 1), got %s", momentum);
        learningRate.ifPresent(rate -> require(isPositive(rate), "the learning rate must be positive, got %s", rate));
        settledBelow.ifPresent(share -> require(isPositive(share), "settledBelow must be positive, got %s", share));
        require(threads >= 1, "threads must be at least 1, got %s", threads);
    }

    private static boolean isPositive(double value) {
        return value > 0 && Double.isFinite(value);
    }

    private static void require(boolean holds, String text, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(text.formatted(value));
        }
    }

    public Tsne withDims(int newDims) {
        return with(to -> to.dims = newDims);
    }

    public Tsne withPerplexity(double newPerplexity) {
        return with(to -> to.perplexity = newPerplexity);
    }

    public Tsne withIterations(int newIterations) {
        return with(to -> to.iterations = newIterations);
    }

    public Tsne withExaggeration(double factor, int forIterations) {
        return with(to -> {
            to.exaggeration = OptionalDouble.of(factor);
            to.exaggerationIterations = forIterations;
        });
    }

    public Tsne withMomentum(double atFirst, double later) {
        return with(to -> {
            to.startMomentum = atFirst;
            to.momentum = later;
        });
    }

    public Tsne withLearningRate(double rate) {
        return with(to -> to.learningRate = OptionalDouble.of(rate));
    }

    public Tsne withStart(Start newStart) {
        return with(to -> to.start = newStart);
    }

    /** Goes on from a map: it is the start, and there is no exaggeration, which would pull it together again. */
    public Tsne warmFrom(Matrix map) {
        return withStart(new Start.Given(map)).withExaggeration(1, 0);
    }

    public Tsne withMethod(Method newMethod) {
        return with(to -> to.method = newMethod);
    }

    public Tsne withSeed(long newSeed) {
        return with(to -> to.seed = newSeed);
    }

    public Tsne withThreads(int newThreads) {
        return with(to -> to.threads = newThreads);
    }

    public Tsne withSettledBelow(double share) {
        return with(to -> to.settledBelow = OptionalDouble.of(share));
    }

    private Tsne with(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.checked();
    }

    /** Settings of which some are about to change. */
    private static final class Draft {
        private int dims;
        private double perplexity;
        private int iterations;
        private OptionalDouble exaggeration;
        private int exaggerationIterations;
        private double startMomentum;
        private double momentum;
        private OptionalDouble learningRate;
        private Start start;
        private Method method;
        private long seed;
        private int threads;
        private OptionalDouble settledBelow;

        Draft(Tsne from) {
            dims = from.dims;
            perplexity = from.perplexity;
            iterations = from.iterations;
            exaggeration = from.exaggeration;
            exaggerationIterations = from.exaggerationIterations;
            startMomentum = from.startMomentum;
            momentum = from.momentum;
            learningRate = from.learningRate;
            start = from.start;
            method = from.method;
            seed = from.seed;
            threads = from.threads;
            settledBelow = from.settledBelow;
        }

        Tsne checked() {
            return new Tsne(
                    dims,
                    perplexity,
                    iterations,
                    exaggeration,
                    exaggerationIterations,
                    startMomentum,
                    momentum,
                    learningRate,
                    start,
                    method,
                    seed,
                    threads,
                    settledBelow);
        }
    }

    /** How many neighbours of each point the mesh method keeps: 3 × perplexity, or all there are. */
    int neighborsOf(int points) {
        return (int) Math.min(points - 1, Math.max(1, Math.ceil(3 * perplexity)));
    }

    /** What P is multiplied with at first. */
    double exaggerationOf(Method chosen) {
        return exaggeration.orElse(chosen == Method.EXACT ? 4 : 12);
    }

    double rate(int points, double exaggerationNow) {
        return learningRate.orElse(points / exaggerationNow);
    }

    /** About how many bytes {@link #fit} takes for n × d points at its peak, the points themselves not counted. */
    public long memory(int points, int columns) {
        long n = points;
        if (method.chosen(points, dims) == Method.EXACT) {
            return 4 * n * (n + 32) + 4 * n * columns + 200 * n;
        }
        long k = neighborsOf(points);
        long searching = 8 * n * columns + 8 * n * (k + NeighborSearch.SLACK) + 8 * n * k;
        long joining = 4 * n * columns + 16 * n * k + 8 * n * (2 * k + 16);
        return Math.max(searching, joining) + 120 * n + (32L << 20);
    }

    /**
     * Has a thread of its own run the inner loops on made-up points for a moment, so that they are compiled by the time that
     * {@link #fit} moves real ones. A program that makes one map of some thousands of points and ends is done sooner if it
     * calls this before it prepares them. No result depends on it; for one thread, or for the exact method, it does nothing.
     *
     * @param points how many points there will be
     */
    public void warmUp(int points) {
        if (threads > 1 && method.chosen(points, dims) == Method.MESH) {
            Thread.ofPlatform().daemon().name("manifold-rehearsal").start(new Rehearsal(Kernels.best()));
        }
    }

    /** Makes a map of n × d points. See {@link #fit(Matrix, Watch)}. */
    public Embedding fit(Matrix points) {
        return fit(points, Watch.NONE);
    }

    /**
     * Makes a map of n × d points.
     *
     * <p>One point gives a map at 0. Equal points keep their common start and the same forces up to how ties among
     * neighbours fall; when all are equal, the map of the principal start is 0 throughout.
     *
     * @throws IllegalArgumentException if a number is not finite (row and column are named), a given start has another
     *     size, the memory would not suffice, or the map flies apart
     */
    public Embedding fit(Matrix points, Watch watch) {
        return Fit.of(this, points, watch, Kernels.best());
    }

    /**
     * Puts new points on a finished map without moving it: each by itself, at the balance of attraction by its nearest
     * points and repulsion by all.
     *
     * @param newPoints m × d
     * @param points the n × d points of the map
     * @param map n × dims
     * @return m × dims
     */
    public Matrix place(Matrix newPoints, Matrix points, Matrix map) {
        return Placement.of(this, newPoints, points, map, Kernels.best());
    }
}
