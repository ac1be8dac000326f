package fathom.engine.vector;

import java.util.Arrays;

/** The kernels by plain loops, for a JVM without the Vector API: the same sums, slower. */
final class PlainKernels implements Kernels {
    static final int LANES = 16;
    private static final Stretches STRETCHES = new PlainStretches();
    private static final MarkLoops MARKS = new PlainMarks();
    private static final WinogradLoops WINOGRAD = new PlainWinograd();
    private static final SequenceLoops SEQUENCES = new PlainSequenceLoops(LANES);

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public String about() {
        return "plain loops";
    }

    @Override
    public void product(
            Pattern k,
            Part part,
            int firstTap,
            int taps,
            float[] numbers,
            int weights,
            int start,
            float[] m,
            int from,
            int to) {
        PlainProducts.ofThisThread().product(k, part, firstTap, taps, numbers, weights, start, m, from, to);
    }

    @Override
    public void correlate(Overlap o, Overlap.Block block, float[] m, int left, int right, int to, int scratch) {
        PlainProducts.ofThisThread().correlate(o, block, m, left, right, to);
    }

    @Override
    public void moments(float[] m, int x, Grid grid, int rowStep, int out) {
        Arrays.fill(m, out + LANES, out + 3 * LANES, 0);
        System.arraycopy(m, x, m, out, LANES);
        for (int row = 0; row < grid.rows(); row++) {
            for (int i = 0; i < grid.columns() * LANES; i++) {
                int lane = i % LANES;
                float d = m[x + row * rowStep + i] - m[out + lane];
                m[out + LANES + lane] += d;
                m[out + 2 * LANES + lane] += d * d;
            }
        }
    }

    @Override
    public void sum(float[] m, int x, Grid grid, int rowStep, int out) {
        Arrays.fill(m, out, out + LANES, 0);
        for (int row = 0; row < grid.rows(); row++) {
            for (int i = 0; i < grid.columns() * LANES; i++) {
                m[out + i % LANES] += m[x + row * rowStep + i];
            }
        }
    }

    @Override
    public void sums(float[] m, int d, int dRowStep, int x, int xRowStep, Grid grid, float mean, int out) {
        Arrays.fill(m, out, out + 2 * LANES, 0);
        for (int row = 0; row < grid.rows(); row++) {
            for (int i = 0; i < grid.columns() * LANES; i++) {
                float gradient = m[d + row * dRowStep + i];
                m[out + i % LANES] += gradient;
                m[out + LANES + i % LANES] += gradient * (m[x + row * xRowStep + i] - mean);
            }
        }
    }

    @Override
    public void pool(float[] m, Window k, int x, int y, Norm n) {
        for (int row = 0; row < k.out().rows(); row++) {
            for (int i = 0; i < k.out().columns() * LANES; i++) {
                float best = best(m, k, corner(k, x, k.xRow(), row, i), n);
                m[y + row * k.yRow() + i] = Math.max(best, best * n.slope());
            }
        }
    }

    @Override
    public void poolKeeping(float[] m, Window k, int x, int y, Norm n, int winners) {
        pool(m, k, x, y, n);
        for (int row = 0; row < k.out().rows(); row++) {
            for (int i = 0; i < k.out().columns() * LANES; i++) {
                int from = corner(k, x, k.xRow(), row, i);
                int winner = winner(m, k, from, n, best(m, k, from, n));
                m[winners + row * k.out().columns() * LANES + i] = m[from + k.xOffset(winner, LANES)];
            }
        }
    }

    @Override
    public void route(float[] m, Window k, int x, int dy, int dx, Norm n, float a, float b, float c) {
        for (int row = 0; row < k.in().rows(); row++) {
            int at = dx + row * k.dxRow();
            Arrays.fill(m, at, at + k.in().columns() * LANES, 0);
        }
        for (int row = 0; row < k.out().rows(); row++) {
            for (int i = 0; i < k.out().columns() * LANES; i++) {
                int from = corner(k, x, k.xRow(), row, i);
                float best = best(m, k, from, n);
                int winner = winner(m, k, from, n, best);
                int to = corner(k, dx, k.dxRow(), row, i)
                        + winner / k.kernel() * k.dxRow()
                        + winner % k.kernel() * LANES;
                m[to] += m[dy + row * k.dyRow() + i] * (best > 0 ? 1 : n.slope());
            }
        }
        if (a != 1 || b != 0 || c != 0) {
            for (int row = 0; row < k.in().rows(); row++) {
                STRETCHES.combine(m, dx + row * k.dxRow(), x + row * k.xRow(), k.in().columns() * LANES, a, b, c);
            }
        }
    }

    @Override
    public void routedSums(float[] m, Window k, int x, int dy, Norm n, float mean, int plane, int out) {
        route(m, k, x, dy, plane, n, 1, 0, 0);
        sums(m, plane, k.dxRow(), x, k.xRow(), k.in(), mean, out);
    }

    private static int corner(Window k, int plane, int rowStep, int row, int i) {
        return plane + row * k.stride() * rowStep + i / LANES * k.stride() * LANES + i % LANES;
    }

    private static float best(float[] m, Window k, int corner, Norm n) {
        float best = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < k.kernel(); i++) {
            for (int j = 0; j < k.kernel(); j++) {
                best = Math.max(best, m[corner + i * k.xRow() + j * LANES] * n.scale() + n.shift());
            }
        }
        return best;
    }

    private static int winner(float[] m, Window k, int corner, Norm n, float best) {
        for (int number = 0; number < k.kernel() * k.kernel(); number++) {
            int at = corner + number / k.kernel() * k.xRow() + number % k.kernel() * LANES;
            if (m[at] * n.scale() + n.shift() == best) {
                return number;
            }
        }
        return 0;
    }

    @Override
    public void dropout(
            float[] m, int x, Grid grid, int rowStep, int index, int laneStep, int key, int threshold, float scale) {
        for (int row = 0; row < grid.rows(); row++) {
            for (int i = 0; i < grid.columns() * LANES; i++) {
                int number = index + row * grid.columns() + i / LANES + i % LANES * laneStep;
                int at = x + row * rowStep + i;
                m[at] = Hash.of(number, key) >>> 1 < threshold ? 0 : m[at] * scale;
            }
        }
    }

    @Override
    public Stretches stretches() {
        return STRETCHES;
    }

    @Override
    public WinogradLoops winograd() {
        return WINOGRAD;
    }

    @Override
    public MarkLoops marks() {
        return MARKS;
    }

    @Override
    public SequenceLoops sequences() {
        return SEQUENCES;
    }

    /** Does nothing: the plain loops are not fast enough to wait for memory. */
    @Override
    public void touch(float[] m, int at, int count) {}

    @Override
    public void toLanes(float[] rows, int from, int step, int examples, float[] m, int to, int[] place, int scratch) {
        for (int e = 0; e < place.length; e++) {
            for (int lane = 0; lane < LANES; lane++) {
                m[to + place[e] + lane] = lane < examples ? rows[from + lane * step + e] : 0;
            }
        }
    }

    @Override
    public void toRows(float[] m, int from, int[] place, int examples, float[] rows, int to, int step, int scratch) {
        Transpose.toRows(LANES, m, from, place, examples, rows, to, step);
    }
}
