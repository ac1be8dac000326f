package fathom.manifold;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of t-SNE with vector instructions.
 *
 * <p>Lanes are summed in a fixed order by {@link #sum}, never by {@code reduceLanes}, whose order for floats is undefined
 * and differs between interpreted and compiled code: results must not depend on when the compiler came by.
 */
final class VectorLoops implements Loops {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Long> PAIRS = LongVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int HALF = PAIRS.length();
    private static final VectorShuffle<Float> BY_8 = rotation(8);
    private static final VectorShuffle<Float> BY_4 = rotation(4);
    private static final VectorShuffle<Float> BY_2 = rotation(2);
    private static final VectorShuffle<Float> BY_1 = rotation(1);
    private static final long LOWER = 0xffffffffL;

    private static VectorShuffle<Float> rotation(int by) {
        return VectorShuffle.iota(SPECIES, by % LANES, 1, true);
    }

    @Override
    public int lanes() {
        return LANES;
    }

    /** The sum of all lanes, halves onto halves. */
    static float sum(FloatVector v) {
        var folded = v;
        if (LANES >= 16) {
            folded = folded.add(folded.rearrange(BY_8));
        }
        if (LANES >= 8) {
            folded = folded.add(folded.rearrange(BY_4));
        }
        if (LANES >= 4) {
            folded = folded.add(folded.rearrange(BY_2));
        }
        return folded.add(folded.rearrange(BY_1)).lane(0);
    }

    /**
     * Sixteen coordinates are read as two vectors of 64-bit pairs; the halves of the pairs of both are then put together by
     * shifts alone, which leaves the lanes in the order in which {@link Edges} keeps its weights.
     */
    @Override
    public void attract(Edges edges, int from, int to, long[] packed, float[][] at, float[][] pull) {
        int[] columns = edges.columns();
        float[] weights = edges.weights();
        for (int i = from; i < to; i++) {
            var x = FloatVector.broadcast(SPECIES, at[0][i]);
            var y = FloatVector.broadcast(SPECIES, at[1][i]);
            var sumX = FloatVector.zero(SPECIES);
            var sumY = FloatVector.zero(SPECIES);
            for (int e = edges.start(i), end = edges.end(i); e < end; e += LANES) {
                var a = LongVector.fromArray(PAIRS, packed, 0, columns, e);
                var b = LongVector.fromArray(PAIRS, packed, 0, columns, e + HALF);
                var otherX =
                        a.and(LOWER).or(b.lanewise(VectorOperators.LSHL, 32)).reinterpretAsFloats();
                var otherY =
                        a.lanewise(VectorOperators.LSHR, 32).or(b.and(~LOWER)).reinterpretAsFloats();
                var dx = x.sub(otherX);
                var dy = y.sub(otherY);
                var squared = dx.fma(dx, dy.mul(dy));
                var force = FloatVector.fromArray(SPECIES, weights, e).div(squared.add(1));
                sumX = force.fma(dx, sumX);
                sumY = force.fma(dy, sumY);
            }
            pull[0][i] = sum(sumX);
            pull[1][i] = sum(sumY);
        }
    }

    /** A vector of points at a time, and their neighbours one by one: no lane is wasted but at the ends of rows. */
    @Override
    public double repelNear(Cells cells, int row, float radius, float[] pushX, float[] pushY) {
        int reachX = cells.reachX(radius);
        int lowRow = Math.max(0, row - Cells.REACH);
        int highRow = Math.min(cells.rows - 1, row + Cells.REACH);
        int end = cells.start(row, cells.columns);
        float[] sums = new float[3 * LANES];
        double z = 0;
        for (int p = cells.rowStart(row); p < end; p += LANES) {
            int count = Math.min(LANES, end - p);
            int low = Math.max(0, cells.column(cells.x[p]) - reachX);
            int high = Math.min(cells.columns, cells.column(cells.x[p + count - 1]) + reachX + 1);
            repelNear(cells, p, low, high, lowRow, highRow, radius, sums);
            for (int v = 0; v < count; v++) {
                pushX[p + v] += sums[v];
                pushY[p + v] += sums[LANES + v];
                z += sums[2 * LANES + v];
            }
        }
        return z;
    }

    private static void repelNear(
            Cells cells, int p, int low, int high, int lowRow, int highRow, float radius, float[] sums) {
        float[] allX = cells.x;
        float[] allY = cells.y;
        float scale = 1 / (1 + radius * radius);
        var x = FloatVector.fromArray(SPECIES, allX, p);
        var y = FloatVector.fromArray(SPECIES, allY, p);
        var sumX = FloatVector.zero(SPECIES);
        var sumY = FloatVector.zero(SPECIES);
        var sumW = FloatVector.zero(SPECIES);
        var one = FloatVector.broadcast(SPECIES, 1);
        var zero = FloatVector.zero(SPECIES);
        var minusScale = FloatVector.broadcast(SPECIES, -scale);
        var reaches = FloatVector.broadcast(SPECIES, radius * radius * scale);
        var slope = FloatVector.broadcast(SPECIES, 4 * scale);
        for (int r = lowRow; r <= highRow; r++) {
            for (int j = cells.start(r, low), end = cells.start(r, high); j < end; j++) {
                var dx = x.sub(FloatVector.broadcast(SPECIES, allX[j]));
                var dy = y.sub(FloatVector.broadcast(SPECIES, allY[j]));
                var squared = dx.fma(dx, dy.mul(dy));
                var t = minusScale.fma(squared, reaches).max(zero);
                var w = one.div(squared.add(one));
                var t2 = t.mul(t);
                var t4w = t2.mul(t2).mul(w);
                var force = t2.mul(t).fma(slope, t4w).mul(w);
                sumW = sumW.add(t4w);
                sumX = force.fma(dx, sumX);
                sumY = force.fma(dy, sumY);
            }
        }
        sumX.intoArray(sums, 0);
        sumY.intoArray(sums, LANES);
        sumW.intoArray(sums, 2 * LANES);
    }

    @Override
    public void spread(Cells cells, int from, int to, Mesh mesh) {
        VectorSplines.spread(cells, from, to, mesh);
    }

    @Override
    public double gather(Cells cells, int from, int to, Mesh mesh, float[] pushX, float[] pushY) {
        return VectorSplines.gather(cells, from, to, mesh, pushX, pushY);
    }

    @Override
    public void pairs(
            float[] affinities,
            int stride,
            int from,
            int to,
            float[][] at,
            float[][] pull,
            float[][] push,
            double[] z) {
        if (at.length == 2) {
            VectorPairs.inPlane(affinities, stride, from, to, at, pull, push, z);
        } else {
            VectorPairs.inSpace(affinities, stride, from, to, at, pull, push, z);
        }
    }

    @Override
    public double pushAway(float[][] at, int padded, int own, float[] place, float[] push) {
        return VectorPairs.pushAway(at, padded, own, place, push);
    }

    @Override
    public void transform(float[] re, float[] im, float[] re2, float[] im2, Twiddles twiddles, boolean isInverse) {
        VectorWaves.transform(re, im, re2, im2, twiddles, isInverse);
    }
}
