package fathom.engine.vector;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Kernels#pool} and the way back, by the Vector API: with its own loops for no pooling and for windows of 2×2, and
 * one for all others. Each loop stands in a method of its own, whole: a vector that is handed to a method which the compiler
 * does not inline becomes an object, thirty times slower.
 */
final class VectorPooling {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = S.length();

    private VectorPooling() {}

    private static FloatVector load(float[] m, int at) {
        return FloatVector.fromArray(S, m, at);
    }

    private static FloatVector all(float number) {
        return FloatVector.broadcast(S, number);
    }

    private static FloatVector zero() {
        return FloatVector.zero(S);
    }

    /** What a window earned: its gradient, by the activation's slope at its largest number. */
    private static FloatVector earned(FloatVector gradient, FloatVector best, float slope) {
        return gradient.mul(slope).blend(gradient, best.compare(VectorOperators.GT, 0f));
    }

    static void pool(float[] m, Window k, int x, int y, Kernels.Norm n) {
        for (int row = 0; row < k.out().rows(); row++) {
            int to = y + row * k.yRow();
            int from = x + row * k.stride() * k.xRow();
            int step = k.stride() * LANES;
            int end = to + k.out().columns() * LANES;
            switch (k.kernel()) {
                case 1 -> poolOne(m, from, step, to, end, n.scale(), n.shift(), n.slope());
                case 2 -> poolTwo(m, from, k.xRow(), step, to, end, n.scale(), n.shift(), n.slope());
                default -> poolAny(m, k, from, to, end, n.scale(), n.shift(), n.slope());
            }
        }
    }

    private static void poolOne(float[] m, int from, int step, int to, int end, float scale, float shift, float slope) {
        FloatVector a = all(scale);
        FloatVector b = all(shift);
        FloatVector below = all(slope);
        for (int x = from, y = to; y < end; y += LANES, x += step) {
            FloatVector v = load(m, x).fma(a, b);
            v.max(v.mul(below)).intoArray(m, y);
        }
    }

    private static void poolTwo(
            float[] m, int from, int xRow, int step, int to, int end, float scale, float shift, float slope) {
        FloatVector a = all(scale);
        FloatVector b = all(shift);
        FloatVector below = all(slope);
        for (int x = from, y = to; y < end; y += LANES, x += step) {
            FloatVector upper = load(m, x).fma(a, b).max(load(m, x + LANES).fma(a, b));
            FloatVector lower =
                    load(m, x + xRow).fma(a, b).max(load(m, x + xRow + LANES).fma(a, b));
            FloatVector v = upper.max(lower);
            v.max(v.mul(below)).intoArray(m, y);
        }
    }

    static void poolKeeping(float[] m, Window k, int x, int y, Kernels.Norm n, int winners) {
        int columns = k.out().columns() * LANES;
        for (int row = 0; row < k.out().rows(); row++) {
            int to = y + row * k.yRow();
            int from = x + 2 * row * k.xRow();
            keepTwo(m, from, k.xRow(), to, to + columns, n.scale(), n.shift(), n.slope(), winners + row * columns);
        }
    }

    private static void keepTwo(
            float[] m, int from, int xRow, int to, int end, float scale, float shift, float slope, int winners) {
        FloatVector a = all(scale);
        FloatVector b = all(shift);
        FloatVector below = all(slope);
        for (int x = from, y = to, winner = winners; y < end; y += LANES, x += 2 * LANES, winner += LANES) {
            FloatVector x0 = load(m, x);
            FloatVector x1 = load(m, x + LANES);
            FloatVector x2 = load(m, x + xRow);
            FloatVector x3 = load(m, x + xRow + LANES);
            FloatVector v0 = x0.fma(a, b);
            FloatVector v1 = x1.fma(a, b);
            FloatVector v2 = x2.fma(a, b);
            FloatVector best = v0.max(v1).max(v2.max(x3.fma(a, b)));
            best.max(best.mul(below)).intoArray(m, y);
            x3.blend(x2, v2.compare(VectorOperators.EQ, best))
                    .blend(x1, v1.compare(VectorOperators.EQ, best))
                    .blend(x0, v0.compare(VectorOperators.EQ, best))
                    .intoArray(m, winner);
        }
    }

    private static void poolAny(float[] m, Window k, int from, int to, int end, float scale, float shift, float slope) {
        FloatVector a = all(scale);
        FloatVector b = all(shift);
        FloatVector below = all(slope);
        int area = k.kernel() * k.kernel();
        for (int x = from, y = to; y < end; y += LANES, x += k.stride() * LANES) {
            FloatVector best = load(m, x).fma(a, b);
            for (int i = 1; i < area; i++) {
                best = best.max(load(m, x + k.xOffset(i, LANES)).fma(a, b));
            }
            best.max(best.mul(below)).intoArray(m, y);
        }
    }

    static void route(float[] m, Window k, int x, int dy, int dx, Kernels.Norm n, float p, float q, float r) {
        if (!k.tiles()) {
            add(m, k, x, dy, dx, n);
            combine(m, k, x, dx, p, q, r);
            return;
        }
        for (int row = 0; row < k.out().rows(); row++) {
            int source = dy + row * k.dyRow();
            int end = source + k.out().columns() * LANES;
            int from = x + row * k.stride() * k.xRow();
            int to = dx + row * k.stride() * k.dxRow();
            if (k.kernel() == 1) {
                routeOne(m, source, end, from, to, n.scale(), n.shift(), n.slope(), p, q, r);
            } else {
                routeTwo(m, source, end, from, k.xRow(), to, k.dxRow(), n.scale(), n.shift(), n.slope(), p, q, r);
            }
        }
    }

    private static void routeOne(
            float[] m,
            int dy,
            int end,
            int from,
            int to,
            float scale,
            float shift,
            float slope,
            float ofD,
            float ofX,
            float constant) {
        FloatVector a = all(scale);
        FloatVector b = all(shift);
        FloatVector p = all(ofD);
        FloatVector q = all(ofX);
        FloatVector r = all(constant);
        for (int d = dy, x = from, dx = to; d < end; d += LANES, x += LANES, dx += LANES) {
            FloatVector value = load(m, x);
            earned(load(m, d), value.fma(a, b), slope).fma(p, value.fma(q, r)).intoArray(m, dx);
        }
    }

    /** Windows of 2×2. The first of equal numbers takes all: what it took is gone for those after it. */
    private static void routeTwo(
            float[] m,
            int dy,
            int end,
            int from,
            int xRow,
            int to,
            int dxRow,
            float scale,
            float shift,
            float slope,
            float ofD,
            float ofX,
            float constant) {
        FloatVector a = all(scale);
        FloatVector b = all(shift);
        FloatVector p = all(ofD);
        FloatVector q = all(ofX);
        FloatVector r = all(constant);
        for (int d = dy, x = from, dx = to; d < end; d += LANES, x += 2 * LANES, dx += 2 * LANES) {
            FloatVector x0 = load(m, x);
            FloatVector x1 = load(m, x + LANES);
            FloatVector x2 = load(m, x + xRow);
            FloatVector x3 = load(m, x + xRow + LANES);
            FloatVector v0 = x0.fma(a, b);
            FloatVector v1 = x1.fma(a, b);
            FloatVector v2 = x2.fma(a, b);
            FloatVector best = v0.max(v1).max(v2.max(x3.fma(a, b)));
            FloatVector d0 = earned(load(m, d), best, slope);
            VectorMask<Float> first = v0.compare(VectorOperators.EQ, best);
            FloatVector d1 = d0.blend(zero(), first);
            VectorMask<Float> second = v1.compare(VectorOperators.EQ, best);
            FloatVector d2 = d1.blend(zero(), second);
            VectorMask<Float> third = v2.compare(VectorOperators.EQ, best);
            FloatVector d3 = d2.blend(zero(), third);
            d0.sub(d1).fma(p, x0.fma(q, r)).intoArray(m, dx);
            d1.sub(d2).fma(p, x1.fma(q, r)).intoArray(m, dx + LANES);
            d2.sub(d3).fma(p, x2.fma(q, r)).intoArray(m, dx + dxRow);
            d3.fma(p, x3.fma(q, r)).intoArray(m, dx + dxRow + LANES);
        }
    }

    static void routedSums(
            float[] m, Window k, int x, int dy, Kernels.Norm n, float mean, int plane, int out, Kernels kernels) {
        if (!k.tiles()) {
            add(m, k, x, dy, plane, n);
            kernels.sums(m, plane, k.dxRow(), x, k.xRow(), k.in(), mean, out);
        } else {
            zero().intoArray(m, out);
            zero().intoArray(m, out + LANES);
            for (int row = 0; row < k.out().rows(); row++) {
                int source = dy + row * k.dyRow();
                int end = source + k.out().columns() * LANES;
                int from = x + row * k.stride() * k.xRow();
                if (k.kernel() == 1) {
                    sumsOne(m, source, end, from, n.scale(), n.shift(), n.slope(), mean, out);
                } else {
                    sumsTwo(m, source, end, from, k.xRow(), n.scale(), n.shift(), n.slope(), mean, out);
                }
            }
        }
    }

    private static void sumsOne(
            float[] m, int dy, int end, int from, float scale, float shift, float slope, float mean, int out) {
        FloatVector a = all(scale);
        FloatVector b = all(shift);
        FloatVector center = all(mean);
        FloatVector sum = load(m, out);
        FloatVector products = load(m, out + LANES);
        for (int d = dy, x = from; d < end; d += LANES, x += LANES) {
            FloatVector value = load(m, x);
            FloatVector gradient = earned(load(m, d), value.fma(a, b), slope);
            sum = sum.add(gradient);
            products = value.sub(center).fma(gradient, products);
        }
        sum.intoArray(m, out);
        products.intoArray(m, out + LANES);
    }

    private static void sumsTwo(
            float[] m,
            int dy,
            int end,
            int from,
            int xRow,
            float scale,
            float shift,
            float slope,
            float mean,
            int out) {
        FloatVector a = all(scale);
        FloatVector b = all(shift);
        FloatVector center = all(mean);
        FloatVector sum = load(m, out);
        FloatVector products = load(m, out + LANES);
        for (int d = dy, x = from; d < end; d += LANES, x += 2 * LANES) {
            FloatVector x0 = load(m, x);
            FloatVector x1 = load(m, x + LANES);
            FloatVector x2 = load(m, x + xRow);
            FloatVector x3 = load(m, x + xRow + LANES);
            FloatVector v0 = x0.fma(a, b);
            FloatVector v1 = x1.fma(a, b);
            FloatVector v2 = x2.fma(a, b);
            FloatVector best = v0.max(v1).max(v2.max(x3.fma(a, b)));
            FloatVector gradient = earned(load(m, d), best, slope);
            FloatVector winner = x3.blend(x2, v2.compare(VectorOperators.EQ, best))
                    .blend(x1, v1.compare(VectorOperators.EQ, best))
                    .blend(x0, v0.compare(VectorOperators.EQ, best));
            sum = sum.add(gradient);
            products = winner.sub(center).fma(gradient, products);
        }
        sum.intoArray(m, out);
        products.intoArray(m, out + LANES);
    }

    /** Windows of any size that may overlap or leave gaps: d is summed into a plane of zeros. */
    private static void add(float[] m, Window k, int x, int dy, int plane, Kernels.Norm n) {
        for (int row = 0; row < k.in().rows(); row++) {
            int at = plane + row * k.dxRow();
            Arrays.fill(m, at, at + k.in().columns() * LANES, 0);
        }
        for (int row = 0; row < k.out().rows(); row++) {
            int source = dy + row * k.dyRow();
            int end = source + k.out().columns() * LANES;
            int from = x + row * k.stride() * k.xRow();
            int to = plane + row * k.stride() * k.dxRow();
            addRow(m, k, source, end, from, to, n.scale(), n.shift(), n.slope());
        }
    }

    private static void addRow(
            float[] m, Window k, int dy, int end, int from, int to, float scale, float shift, float slope) {
        FloatVector a = all(scale);
        FloatVector b = all(shift);
        int area = k.kernel() * k.kernel();
        int step = k.stride() * LANES;
        for (int d = dy, x = from, dx = to; d < end; d += LANES, x += step, dx += step) {
            FloatVector best = load(m, x).fma(a, b);
            for (int i = 1; i < area; i++) {
                best = best.max(load(m, x + k.xOffset(i, LANES)).fma(a, b));
            }
            FloatVector left = earned(load(m, d), best, slope);
            for (int i = 0; i < area; i++) {
                int target = dx + k.dxOffset(i, LANES);
                VectorMask<Float> wins =
                        load(m, x + k.xOffset(i, LANES)).fma(a, b).compare(VectorOperators.EQ, best);
                FloatVector after = left.blend(zero(), wins);
                load(m, target).add(left.sub(after)).intoArray(m, target);
                left = after;
            }
        }
    }

    private static void combine(float[] m, Window k, int x, int dx, float ofD, float ofX, float constant) {
        if (ofD == 1 && ofX == 0 && constant == 0) {
            return;
        }
        FloatVector p = all(ofD);
        FloatVector q = all(ofX);
        FloatVector r = all(constant);
        for (int row = 0; row < k.in().rows(); row++) {
            int from = x + row * k.xRow();
            int to = dx + row * k.dxRow();
            for (int i = 0; i < k.in().columns() * LANES; i += LANES) {
                load(m, to + i).fma(p, load(m, from + i).fma(q, r)).intoArray(m, to + i);
            }
        }
    }
}
