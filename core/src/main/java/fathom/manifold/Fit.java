package fathom.manifold;

import fathom.manifold.Embedding.Ending;
import fathom.manifold.Embedding.Seconds;
import fathom.manifold.Watch.Snapshot;
import java.util.Arrays;
import java.util.function.IntFunction;

/** One making of a map: start, affinities, then step after step. */
final class Fit {
    private static final int SETTLING = 50;

    /** Products of so few columns are done by plain loops before the compiler has translated the vectorised ones. */
    private static final int FEW_COLUMNS = 100;

    /** The mesh method works on points in an order in which neighbours stand near each other, and reads them faster so. */
    private static final int POINTS_OF_A_GROVE = 64;

    private final Tsne tsne;
    private final Watch watch;
    private final Kernels kernels;
    private final Team team;

    private Fit(Tsne tsne, Watch watch, Kernels kernels, Team team) {
        this.tsne = tsne;
        this.watch = watch;
        this.kernels = kernels;
        this.team = team;
    }

    static Embedding of(Tsne tsne, Matrix points, Watch watch, Kernels kernels) {
        points.finite("the data");
        Method method = tsne.method().chosen(points.rows(), tsne.dims());
        if (tsne.start() instanceof Start.Given(Matrix map)) {
            checkStart(map, points.rows(), tsne.dims());
        }
        if (points.rows() == 1) {
            return new Embedding(
                    Matrix.zeros(1, tsne.dims()), 0, 0, method, 1, Ending.FINISHED, new Seconds(0, 0, 0, 0));
        }
        if (method == Method.EXACT && points.rows() > Method.MOST_PAIRED) {
            throw new IllegalArgumentException(
                    "the exact method takes at most %d points, got %d: use the mesh method, which makes maps of 2 dimensions"
                            .formatted(Method.MOST_PAIRED, points.rows()));
        }
        checkMemory(tsne.memory(points.rows(), points.columns()), points);
        try (Team team = new Team(tsne.threads())) {
            return new Fit(tsne, watch, kernels, team).run(points, method);
        }
    }

    private static void checkStart(Matrix map, int points, int dims) {
        if (map.rows() != points || map.columns() != dims) {
            throw new IllegalArgumentException("the given start is %d × %d, but the map is to be %d × %d"
                    .formatted(map.rows(), map.columns(), points, dims));
        }
        map.finite("the given start");
    }

    private static void checkMemory(long needed, Matrix points) {
        Runtime runtime = Runtime.getRuntime();
        long free = runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
        if (needed > free) {
            throw new IllegalArgumentException(
                    "a map of %d × %d points needs about %d MB, but the JVM may take only %d MB more: start it with a larger -Xmx"
                            .formatted(points.rows(), points.columns(), needed >> 20, free >> 20));
        }
    }

    /** What the steps begin with, and how many nanoseconds each part of it took. */
    private record Ready(Motion motion, Forces forces, long start, long neighbors, long affinities) {}

    private Embedding run(Matrix points, Method method) {
        int n = points.rows();
        int k = method == Method.EXACT ? n - 1 : tsne.neighborsOf(n);
        double perplexity = Affinities.carried(tsne.perplexity(), k);
        long called = System.nanoTime();
        int[] order = method == Method.MESH ? Grove.order(points, POINTS_OF_A_GROVE, team) : Panels.inTurn(n);
        long ordered = System.nanoTime();
        Ready ready = method == Method.MESH ? mesh(points, order, k, perplexity) : pairs(points);
        long began = System.nanoTime();
        Course course = descend(ready.motion, ready.forces, tsne.exaggerationOf(method), order);
        double z = evaluated(ready.motion, ready.forces, course.iterations);
        double kl = ready.forces.divergence(ready.motion, z, team);
        var seconds = new Seconds(
                (ordered - called + ready.start) / 1e9,
                ready.neighbors / 1e9,
                ready.affinities / 1e9,
                (System.nanoTime() - began) / 1e9);
        return new Embedding(
                inTurn(ready.motion.map(), order), kl, course.iterations, method, perplexity, course.ending, seconds);
    }

    private Ready pairs(Matrix points) {
        int n = points.rows();
        long began = System.nanoTime();
        Distances distances = PairForces.distances(points, kernels.tiles(), team);
        long found = System.nanoTime();
        boolean isWide = points.columns() > n;
        Matrix start =
                start(points, k -> isWide ? Pca.ofGram(distances.gram(n, team), points, k, team) : pca(points, k));
        long started = System.nanoTime();
        Forces forces = PairForces.of(distances, n, tsne.perplexity(), kernels.loops(), team);
        long joined = System.nanoTime();
        return new Ready(new Motion(start), forces, started - found, found - began, joined - started);
    }

    private Ready mesh(Matrix given, int[] order, int k, double perplexity) {
        long began = System.nanoTime();
        Motion motion =
                new Motion(start(given, components -> pca(given, components)).select(order));
        Matrix points = given.select(order);
        long started = System.nanoTime();
        Neighbors neighbors = Neighbors.amongOrdered(points, k, kernels.tiles(), team);
        long found = System.nanoTime();
        Edges affinities =
                Affinities.sparse(neighbors, perplexity, kernels.loops().lanes(), team);
        Forces forces = new MeshForces(affinities, kernels.loops());
        long joined = System.nanoTime();
        return new Ready(motion, forces, started - began, found - started, joined - found);
    }

    private Pca.Fitted pca(Matrix points, int k) {
        Tiles tiles = points.columns() <= FEW_COLUMNS ? Kernels.plain().tiles() : kernels.tiles();
        return Pca.fit(points, k, tiles, team);
    }

    /** Undoes {@link Matrix#select}: row i of the map goes to row {@code order[i]}. */
    private static Matrix inTurn(Matrix map, int[] order) {
        Matrix sorted = Matrix.zeros(map.rows(), map.columns());
        int columns = map.columns();
        for (int i = 0; i < order.length; i++) {
            System.arraycopy(map.values(), i * columns, sorted.values(), order[i] * columns, columns);
        }
        return sorted;
    }

    private record Course(int iterations, Ending ending) {}

    private Course descend(Motion motion, Forces forces, double exaggeration, int[] order) {
        double lastKl = Double.NaN;
        for (int iteration = 0; iteration < tsne.iterations(); iteration++) {
            if (watch.isCancelled().getAsBoolean() || Thread.currentThread().isInterrupted()) {
                return new Course(iteration, Ending.CANCELLED);
            }
            boolean isEarly = iteration < tsne.exaggerationIterations();
            double z = evaluated(motion, forces, iteration);
            motion.exaggeration = isEarly ? (float) exaggeration : 1;
            motion.momentum = (float) (isEarly ? tsne.startMomentum() : tsne.momentum());
            motion.rate = (float) tsne.rate(motion.points, motion.exaggeration);
            motion.inverseZ = (float) (1 / z);
            boolean isShown = (iteration + 1) % watch.every() == 0;
            boolean isChecked = !isEarly && tsne.settledBelow().isPresent() && iteration % SETTLING == 0;
            if (isShown || isChecked) {
                double kl = forces.divergence(motion, z, team);
                if (isChecked && Math.abs(lastKl - kl) < tsne.settledBelow().getAsDouble() * Math.abs(kl)) {
                    return new Course(iteration, Ending.SETTLED);
                }
                lastKl = isChecked ? kl : lastKl;
                if (isShown) {
                    Matrix map = inTurn(motion.map(), order);
                    motion.step(team);
                    watch.listener().accept(new Snapshot(iteration, map, kl, motion.gradientNorm()));
                    continue;
                }
            }
            motion.step(team);
        }
        return new Course(tsne.iterations(), Ending.FINISHED);
    }

    /** Z, once the forces are found. */
    private double evaluated(Motion motion, Forces forces, int iteration) {
        double z = motion.isBounded() ? forces.evaluate(motion, team) : 0;
        if (!Float.isFinite((float) (1 / z))) {
            throw new IllegalArgumentException(
                    "the map flew apart at iteration %d: choose a smaller learning rate, or a start nearer 0"
                            .formatted(iteration));
        }
        return z;
    }

    /** @param pca finds as many components of the points as it is asked for */
    private Matrix start(Matrix points, IntFunction<Pca.Fitted> pca) {
        return switch (tsne.start()) {
            case Start.Given(Matrix map) -> map;
            case Start.Random() -> random(points.rows(), new Noise(tsne.seed()));
            case Start.Principal() -> principal(points, pca);
        };
    }

    private Matrix random(int n, Noise noise) {
        Matrix map = Matrix.zeros(n, tsne.dims());
        for (int i = 0; i < map.values().length; i++) {
            map.values()[i] = (float) (1e-4 * noise.gaussian());
        }
        return map;
    }

    /**
     * Dimensions for which there is no component, or one that has no variance, begin at random: no force would ever lead off a
     * line. Without any variance all begin at 0.
     */
    private Matrix principal(Matrix points, IntFunction<Pca.Fitted> fit) {
        int dims = tsne.dims();
        int k = Math.min(dims, Math.min(points.rows(), points.columns()));
        Pca.Fitted fitted = fit.apply(k);
        double[] variances = fitted.pca().variances();
        double deviation = Math.sqrt(variances[0] * (points.rows() - 1) / points.rows());
        if (deviation == 0) {
            return Matrix.zeros(points.rows(), dims);
        }
        int told = (int) Arrays.stream(variances)
                .filter(variance -> variance > Pca.NOTHING * variances[0])
                .count();
        float[] coordinates = fitted.coordinates().values();
        Matrix map = told < dims ? random(points.rows(), new Noise(tsne.seed())) : Matrix.zeros(points.rows(), dims);
        for (int i = 0; i < points.rows(); i++) {
            for (int c = 0; c < told; c++) {
                map.values()[i * dims + c] = (float) (coordinates[i * k + c] / deviation * 1e-4);
            }
        }
        return map;
    }
}
