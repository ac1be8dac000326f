package fathom.engine.vector;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Kernels#pool} and the way back, by the Vector API: with its own loops for no pooling and for windows of 2×2 that
 * lie side by side, and one for all others.
 */
final class VectorPooling {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = S.length();

    private VectorPooling() {}

    private static FloatVector load(float[] m, int at) {
        return FloatVector.fromArray(S, m, at);
    }

    private static FloatVector zero() {
        return FloatVector.zero(S);
    }

    static void pool(float[] m, Window k, int x, int y, Kernels.Norm n) {
        FloatVector a = FloatVector.broadcast(S, n.scale());
        FloatVector b = FloatVector.broadcast(S, n.shift());
        FloatVector slope = FloatVector.broadcast(S, n.slope());
        int xRow = k.xRow();
        int step = k.stride() * LANES;
        int columns = k.out().columns();
        for (int row = 0; row < k.out().rows(); row++) {
            int to = y + row * k.yRow();
            int from = x + row * k.stride() * xRow;
            if (k.kernel() == 1) {
                for (int column = 0; column < columns; column++) {
                    FloatVector v = load(m, from).fma(a, b);
                    v.max(v.mul(slope)).intoArray(m, to);
                    from += step;
                    to += LANES;
                }
            } else if (k.kernel() == 2) {
                for (int column = 0; column < columns; column++) {
                    FloatVector upper =
                            load(m, from).fma(a, b).max(load(m, from + LANES).fma(a, b));
                    FloatVector lower = load(m, from + xRow)
                            .fma(a, b)
                            .max(load(m, from + xRow + LANES).fma(a, b));
                    FloatVector v = upper.max(lower);
                    v.max(v.mul(slope)).intoArray(m, to);
                    from += step;
                    to += LANES;
                }
            } else {
                for (int column = 0; column < columns; column++) {
                    FloatVector v = largest(m, from, xRow, k.kernel(), a, b);
                    v.max(v.mul(slope)).intoArray(m, to);
                    from += step;
                    to += LANES;
                }
            }
        }
    }

    private static FloatVector largest(float[] m, int from, int xRow, int kernel, FloatVector a, FloatVector b) {
        FloatVector best = load(m, from).fma(a, b);
        for (int i = 0; i < kernel; i++) {
            int at = from + i * xRow;
            for (int j = 0; j < kernel; j++) {
                best = best.max(load(m, at).fma(a, b));
                at += LANES;
            }
        }
        return best;
    }

    static void route(float[] m, Window k, int x, int dy, int dx, Kernels.Norm n, float ofD, float ofX, float shift) {
        if (!k.tiles()) {
            add(m, k, x, dy, dx, n);
            combine(m, k, x, dx, ofD, ofX, shift);
            return;
        }
        FloatVector a = FloatVector.broadcast(S, n.scale());
        FloatVector b = FloatVector.broadcast(S, n.shift());
        FloatVector p = FloatVector.broadcast(S, ofD);
        FloatVector q = FloatVector.broadcast(S, ofX);
        FloatVector r = FloatVector.broadcast(S, shift);
        for (int row = 0; row < k.out().rows(); row++) {
            int source = dy + row * k.dyRow();
            int from = x + row * k.stride() * k.xRow();
            int to = dx + row * k.stride() * k.dxRow();
            if (k.kernel() == 1) {
                for (int column = 0; column < k.out().columns(); column++) {
                    FloatVector value = load(m, from);
                    FloatVector d = earned(load(m, source), value.fma(a, b), n.slope());
                    d.fma(p, value.fma(q, r)).intoArray(m, to);
                    source += LANES;
                    from += LANES;
                    to += LANES;
                }
            } else {
                for (int column = 0; column < k.out().columns(); column++) {
                    routeTwo(m, k.xRow(), k.dxRow(), from, source, to, a, b, n.slope(), p, q, r);
                    source += LANES;
                    from += 2 * LANES;
                    to += 2 * LANES;
                }
            }
        }
    }

    /** What a window earned: its gradient, by the activation's slope at its largest number. */
    private static FloatVector earned(FloatVector gradient, FloatVector best, float slope) {
        return gradient.mul(slope).blend(gradient, best.compare(VectorOperators.GT, 0f));
    }

    /** One window of 2×2. The first of equal numbers takes all: what it took is gone for those after it. */
    private static void routeTwo(
            float[] m,
            int xRow,
            int dxRow,
            int from,
            int source,
            int to,
            FloatVector a,
            FloatVector b,
            float slope,
            FloatVector p,
            FloatVector q,
            FloatVector r) {
        FloatVector x0 = load(m, from);
        FloatVector x1 = load(m, from + LANES);
        FloatVector x2 = load(m, from + xRow);
        FloatVector x3 = load(m, from + xRow + LANES);
        FloatVector v0 = x0.fma(a, b);
        FloatVector v1 = x1.fma(a, b);
        FloatVector v2 = x2.fma(a, b);
        FloatVector best = v0.max(v1).max(v2.max(x3.fma(a, b)));
        FloatVector d0 = earned(load(m, source), best, slope);
        VectorMask<Float> first = v0.compare(VectorOperators.EQ, best);
        FloatVector d1 = d0.blend(zero(), first);
        VectorMask<Float> second = v1.compare(VectorOperators.EQ, best);
        FloatVector d2 = d1.blend(zero(), second);
        VectorMask<Float> third = v2.compare(VectorOperators.EQ, best);
        FloatVector d3 = d2.blend(zero(), third);
        zero().blend(d0, first).fma(p, x0.fma(q, r)).intoArray(m, to);
        zero().blend(d1, second).fma(p, x1.fma(q, r)).intoArray(m, to + LANES);
        zero().blend(d2, third).fma(p, x2.fma(q, r)).intoArray(m, to + dxRow);
        d3.fma(p, x3.fma(q, r)).intoArray(m, to + dxRow + LANES);
    }

    static void routedSums(
            float[] m, Window k, int x, int dy, Kernels.Norm n, float mean, int plane, int out, Kernels kernels) {
        if (!k.tiles()) {
            add(m, k, x, dy, plane, n);
            kernels.sums(m, plane, k.dxRow(), x, k.xRow(), k.in(), mean, out);
            return;
        }
        FloatVector a = FloatVector.broadcast(S, n.scale());
        FloatVector b = FloatVector.broadcast(S, n.shift());
        FloatVector center = FloatVector.broadcast(S, mean);
        FloatVector sum = zero();
        FloatVector products = zero();
        int xRow = k.xRow();
        for (int row = 0; row < k.out().rows(); row++) {
            int source = dy + row * k.dyRow();
            int from = x + row * k.stride() * xRow;
            if (k.kernel() == 1) {
                for (int column = 0; column < k.out().columns(); column++) {
                    FloatVector value = load(m, from);
                    FloatVector d = earned(load(m, source), value.fma(a, b), n.slope());
                    sum = sum.add(d);
                    products = value.sub(center).fma(d, products);
                    source += LANES;
                    from += LANES;
                }
            } else {
                for (int column = 0; column < k.out().columns(); column++) {
                    FloatVector x0 = load(m, from);
                    FloatVector x1 = load(m, from + LANES);
                    FloatVector x2 = load(m, from + xRow);
                    FloatVector x3 = load(m, from + xRow + LANES);
                    FloatVector v0 = x0.fma(a, b);
                    FloatVector v1 = x1.fma(a, b);
                    FloatVector v2 = x2.fma(a, b);
                    FloatVector best = v0.max(v1).max(v2.max(x3.fma(a, b)));
                    FloatVector d = earned(load(m, source), best, n.slope());
                    FloatVector winner = x3.blend(x2, v2.compare(VectorOperators.EQ, best))
                            .blend(x1, v1.compare(VectorOperators.EQ, best))
                            .blend(x0, v0.compare(VectorOperators.EQ, best));
                    sum = sum.add(d);
                    products = winner.sub(center).fma(d, products);
                    source += LANES;
                    from += 2 * LANES;
                }
            }
        }
        sum.intoArray(m, out);
        products.intoArray(m, out + LANES);
    }

    /** Windows of any size that may overlap or leave gaps: d is summed into a plane of zeros. */
    private static void add(float[] m, Window k, int x, int dy, int plane, Kernels.Norm n) {
        FloatVector a = FloatVector.broadcast(S, n.scale());
        FloatVector b = FloatVector.broadcast(S, n.shift());
        for (int row = 0; row < k.in().rows(); row++) {
            int at = plane + row * k.dxRow();
            Arrays.fill(m, at, at + k.in().columns() * LANES, 0);
        }
        int step = k.stride() * LANES;
        for (int row = 0; row < k.out().rows(); row++) {
            int source = dy + row * k.dyRow();
            int from = x + row * k.stride() * k.xRow();
            int to = plane + row * k.stride() * k.dxRow();
            for (int column = 0; column < k.out().columns(); column++) {
                FloatVector best = largest(m, from, k.xRow(), k.kernel(), a, b);
                FloatVector left = earned(load(m, source), best, n.slope());
                for (int i = 0; i < k.kernel(); i++) {
                    int at = from + i * k.xRow();
                    int target = to + i * k.dxRow();
                    for (int j = 0; j < k.kernel(); j++) {
                        VectorMask<Float> wins = load(m, at).fma(a, b).compare(VectorOperators.EQ, best);
                        load(m, target).add(zero().blend(left, wins)).intoArray(m, target);
                        left = left.blend(zero(), wins);
                        at += LANES;
                        target += LANES;
                    }
                }
                source += LANES;
                from += step;
                to += step;
            }
        }
    }

    private static void combine(float[] m, Window k, int x, int dx, float ofD, float ofX, float shift) {
        if (ofD == 1 && ofX == 0 && shift == 0) {
            return;
        }
        FloatVector p = FloatVector.broadcast(S, ofD);
        FloatVector q = FloatVector.broadcast(S, ofX);
        FloatVector r = FloatVector.broadcast(S, shift);
        for (int row = 0; row < k.in().rows(); row++) {
            int from = x + row * k.xRow();
            int to = dx + row * k.dxRow();
            for (int i = 0; i < k.in().columns() * LANES; i += LANES) {
                load(m, to + i).fma(p, load(m, from + i).fma(q, r)).intoArray(m, to + i);
            }
        }
    }
}
