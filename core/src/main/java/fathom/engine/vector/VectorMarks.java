package fathom.engine.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link MarkLoops} by the Vector API: a loop of its own for each size of window and each way. */
final class VectorMarks implements MarkLoops {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = S.length();

    private static FloatVector load(float[] m, int at) {
        return FloatVector.fromArray(S, m, at);
    }

    private static VectorMask<Float> mask(float[] m, int at) {
        return VectorMask.fromLong(S, (long) m[at]);
    }

    @Override
    public void pool(float[] m, Window k, int x, int y, float slope, int marks) {
        int columns = k.out().columns();
        int perRow = columns * MarkLoops.perWindow(k.kernel());
        for (int row = 0; row < k.out().rows(); row++) {
            int from = x + row * k.stride() * k.xRow();
            int to = y + row * k.yRow();
            int mark = marks + row * perRow;
            if (k.kernel() == 1) {
                poolOne(m, from, to, to + columns * LANES, slope, mark);
            } else {
                poolTwo(m, from, k.xRow(), to, to + columns * LANES, slope, mark);
            }
        }
    }

    private static void poolOne(float[] m, int from, int to, int end, float slope, int marks) {
        for (int x = from, y = to, mark = marks; y < end; y += LANES, x += LANES, mark++) {
            FloatVector v = load(m, x);
            VectorMask<Float> isPositive = v.compare(VectorOperators.GT, 0f);
            v.mul(slope).blend(v, isPositive).intoArray(m, y);
            m[mark] = isPositive.toLong();
        }
    }

    private static void poolTwo(float[] m, int from, int xRow, int to, int end, float slope, int marks) {
        for (int x = from, y = to, mark = marks; y < end; y += LANES, x += 2 * LANES, mark += 4) {
            FloatVector v0 = load(m, x);
            FloatVector v1 = load(m, x + LANES);
            FloatVector v2 = load(m, x + xRow);
            FloatVector best = v0.max(v1).max(v2.max(load(m, x + xRow + LANES)));
            VectorMask<Float> isPositive = best.compare(VectorOperators.GT, 0f);
            best.mul(slope).blend(best, isPositive).intoArray(m, y);
            m[mark] = v0.compare(VectorOperators.EQ, best).toLong();
            m[mark + 1] = v1.compare(VectorOperators.EQ, best).toLong();
            m[mark + 2] = v2.compare(VectorOperators.EQ, best).toLong();
            m[mark + 3] = isPositive.toLong();
        }
    }

    @Override
    public void route(float[] m, Window k, int marks, int dy, int dx, float slope) {
        int columns = k.out().columns();
        int perRow = columns * MarkLoops.perWindow(k.kernel());
        for (int row = 0; row < k.out().rows(); row++) {
            int from = dy + row * k.dyRow();
            int to = dx + row * k.stride() * k.dxRow();
            int mark = marks + row * perRow;
            if (k.kernel() == 1) {
                routeOne(m, mark, from, from + columns * LANES, to, slope);
            } else {
                routeTwo(m, mark, from, from + columns * LANES, to, k.dxRow(), slope);
            }
        }
    }

    private static void routeOne(float[] m, int marks, int from, int end, int to, float slope) {
        for (int dy = from, dx = to, mark = marks; dy < end; dy += LANES, dx += LANES, mark++) {
            FloatVector d = load(m, dy);
            d.mul(slope).blend(d, mask(m, mark)).intoArray(m, dx);
        }
    }

    private static void routeTwo(float[] m, int marks, int from, int end, int to, int dxRow, float slope) {
        FloatVector zero = FloatVector.zero(S);
        for (int dy = from, dx = to, mark = marks; dy < end; dy += LANES, dx += 2 * LANES, mark += 4) {
            FloatVector d = load(m, dy);
            FloatVector left = d.mul(slope).blend(d, mask(m, mark + 3));
            VectorMask<Float> first = mask(m, mark);
            zero.blend(left, first).intoArray(m, dx);
            left = left.blend(zero, first);
            VectorMask<Float> second = mask(m, mark + 1);
            zero.blend(left, second).intoArray(m, dx + LANES);
            left = left.blend(zero, second);
            VectorMask<Float> third = mask(m, mark + 2);
            zero.blend(left, third).intoArray(m, dx + dxRow);
            left.blend(zero, third).intoArray(m, dx + dxRow + LANES);
        }
    }
}
