package fathom.engine.vector;

import java.lang.management.ManagementFactory;

/**
 * Lets the JVM compile the kernels before the first batch. Until then a vector is an object and a step takes seconds; small
 * calls, many of them, with every way to begin a sum, get there soonest, and leave nothing for the compiler to take back.
 * At the end the most important loop is timed: if it is slow, the compiler made no vector instructions of it.
 */
final class WarmUp {
    private static final int CALLS = 3_000;

    /** Of this thread on a processor: on a busy machine the compiler is as slow to come as we are. */
    private static final double PATIENCE_SECONDS = 4;

    /** Boxed vectors reach about 1; the slowest processor with vector instructions well over 10. */
    private static final double LEAST_GFLOPS = 5;

    private static final int CHANNELS = 10;
    private static final int TAPS = 4;
    private static final int CHECK_TAPS = 256;

    private final Kernels k;
    private final int lanes;
    private final float[] m = new float[1 << 16];
    private final int row;
    private final Pattern pattern;
    private final Overlap overlap;
    private final int[] places;

    private WarmUp(Kernels kernels) {
        k = kernels;
        lanes = k.lanes();
        row = 4 * lanes;
        var taps = new int[CHECK_TAPS];
        for (int t = 0; t < CHECK_TAPS; t++) {
            taps[t] = t * lanes;
        }
        int[] positions = {0, lanes, 2 * lanes, 3 * lanes};
        pattern = new Pattern(CHANNELS, CHECK_TAPS, 1, taps, positions, positions, row);
        overlap = new Overlap(positions, row, lanes, new int[] {0, lanes, 2 * lanes, 0, 0, 0}, row, lanes, 2, 2);
        places = new int[lanes];
        for (int i = 0; i < lanes; i++) {
            places[i] = i * lanes;
        }
    }

    /** Compiles and times; @return billions of floating-point operations a second of {@link Kernels#product}. */
    static double run(Kernels kernels) {
        var warmUp = new WarmUp(kernels);
        for (int call = 0; call < CALLS; call++) {
            warmUp.products(call);
            warmUp.planes(call);
            warmUp.stretches();
        }
        return warmUp.gflops();
    }

    static boolean isSlow(double gflops) {
        return gflops < LEAST_GFLOPS;
    }

    private void products(int call) {
        int start = call % 3 == 0 ? Kernels.ZERO : call % 3 == 1 ? Kernels.ADD : 0;
        k.product(pattern, Part.all(pattern), 0, TAPS, m, 0, start, m, 0, 1 << 15);
        k.correlate(overlap, new Overlap.Block(0, 4, 0, call % 2 == 0 ? 6 : 3), m, 0, 0, 1 << 15, 1 << 14);
        k.touch(m, 0, row);
    }

    private void planes(int call) {
        var grid = new Kernels.Grid(2, 4);
        var half = new Kernels.Grid(1, 2);
        var norm = new Kernels.Norm(1, 0, 0.5f);
        boolean pools = call % 2 == 0;
        var window = pools
                ? new Window(half, grid, 2, 2, row, row, row, row)
                : new Window(grid, grid, 1, 1, row, row, row, row);
        int out = 1 << 15;
        int gradient = 1 << 14;
        k.pool(m, window, 0, out, norm);
        k.poolKeeping(m, new Window(half, grid, 2, 2, row, row, row, row), 0, out, norm, out + 2 * row);
        k.moments(m, 0, grid, row, out);
        k.routedSums(m, window, 0, gradient, norm, 0, out, out);
        k.route(m, window, 0, gradient, out, norm, 1, 0, 0);
        k.sums(m, 0, row, 0, row, grid, 0, out);
        k.sum(m, 0, grid, row, out);
        k.marks().pool(m, window, 0, out, 0.5f, out + 2 * row);
        k.marks().route(m, window, out + 2 * row, gradient, out, 0.5f);
        k.dropout(m, out, half, row, 0, 1, call, 1 << 30, 1);
        k.toLanes(m, 0, lanes, lanes, m, out, places, gradient);
        k.toRows(m, 0, places, lanes, m, out, lanes, gradient);
    }

    private void stretches() {
        Stretches s = k.stretches();
        int y = 1 << 15;
        s.add(m, y, 0, row);
        s.combine(m, y, 0, row, 0.5f, 0.5f, 0);
        s.max(m, y, 0, row);
        s.subtract(m, y, 0, 0, row);
        s.exponential(m, y, 0, row);
        s.crossEntropy(m, y, 0, y + row, row, 0, y + 2 * row);
        s.adam(m, y, 0, y + row, y + 2 * row, row, new Stretches.AdamStep(0, 0, 1, 0.1f, 0.1f, 1, 1));
        s.descend(m, y, 0, y + row, row, new Stretches.Descent(0, 0, 0.5f, 0, 1));
    }

    /** The best of one measurement, or of many while it is slow: the compiler may still be at work. */
    private double gflops() {
        double best = measured();
        if (isSlow(best)) {
            var clock = ManagementFactory.getThreadMXBean();
            long begin = clock.getCurrentThreadCpuTime();
            while (isSlow(best) && (clock.getCurrentThreadCpuTime() - begin) / 1e9 < PATIENCE_SECONDS) {
                best = Math.max(best, measured());
            }
        }
        return best;
    }

    private double measured() {
        long from = System.nanoTime();
        for (int call = 0; call < 20; call++) {
            k.product(pattern, Part.all(pattern), 0, CHECK_TAPS, m, 0, Kernels.ZERO, m, 0, 1 << 15);
        }
        return 20.0 * 2 * CHANNELS * 4 * CHECK_TAPS * lanes / (System.nanoTime() - from);
    }
}
