package fathom.engine.vector;

/** {@link MarkLoops} by plain loops. */
final class PlainMarks implements MarkLoops {
    private static final int LANES = PlainKernels.LANES;

    @Override
    public void pool(float[] m, Window k, int x, int y, float slope, int marks) {
        int mark = marks;
        for (int row = 0; row < k.out().rows(); row++) {
            for (int column = 0; column < k.out().columns(); column++) {
                int from = x + row * k.stride() * k.xRow() + column * k.stride() * LANES;
                mark(m, k, from, y + row * k.yRow() + column * LANES, slope, mark);
                mark += MarkLoops.perWindow(k.kernel());
            }
        }
    }

    private static void mark(float[] m, Window k, int from, int to, float slope, int marks) {
        int area = k.kernel() * k.kernel();
        var bits = new int[area];
        for (int lane = 0; lane < LANES; lane++) {
            float best = m[from + lane];
            for (int i = 1; i < area; i++) {
                best = Math.max(best, m[from + k.xOffset(i, LANES) + lane]);
            }
            for (int i = 0; i < area - 1; i++) {
                bits[i] |= m[from + k.xOffset(i, LANES) + lane] == best ? 1 << lane : 0;
            }
            bits[area - 1] |= best > 0 ? 1 << lane : 0;
            m[to + lane] = best > 0 ? best : best * slope;
        }
        for (int i = 0; i < area; i++) {
            m[marks + i] = bits[i];
        }
    }

    @Override
    public void route(float[] m, Window k, int marks, int dy, int dx, float slope) {
        int mark = marks;
        for (int row = 0; row < k.out().rows(); row++) {
            for (int column = 0; column < k.out().columns(); column++) {
                int to = dx + row * k.stride() * k.dxRow() + column * k.stride() * LANES;
                share(m, k, mark, dy + row * k.dyRow() + column * LANES, to, slope);
                mark += MarkLoops.perWindow(k.kernel());
            }
        }
    }

    private static void share(float[] m, Window k, int marks, int from, int to, float slope) {
        int last = k.kernel() * k.kernel() - 1;
        for (int lane = 0; lane < LANES; lane++) {
            float left = m[from + lane] * (has(m[marks + last], lane) ? 1 : slope);
            for (int i = 0; i <= last; i++) {
                boolean takes = i == last || has(m[marks + i], lane);
                m[to + k.dxOffset(i, LANES) + lane] = takes ? left : 0;
                left = takes ? 0 : left;
            }
        }
    }

    private static boolean has(float mark, int lane) {
        return ((int) mark >> lane & 1) != 0;
    }
}
