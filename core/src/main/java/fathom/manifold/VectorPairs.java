package fathom.manifold;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** All pairs of points: attraction and repulsion in one pass over a dense row of affinities. */
final class VectorPairs {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final float[] ONES_ROUND_ZERO = Motion.filled(2 * LANES - 1, 1);

    static {
        ONES_ROUND_ZERO[LANES - 1] = 0;
    }

    private VectorPairs() {}

    /** Where the vector begins that holds a point; below 0 for point −1, which is none. */
    private static int vectorOf(int point) {
        return point & -LANES;
    }

    /**
     * 1 in every lane but that of a point: with it as the numerator the point's own w is 0. Beside a 1 the sum of w over far
     * points would lose its digits.
     */
    private static FloatVector othersOf(int point) {
        return FloatVector.fromArray(SPECIES, ONES_ROUND_ZERO, LANES - 1 - (point - vectorOf(point)));
    }

    static void inPlane(
            float[] affinities,
            int stride,
            int from,
            int to,
            float[][] at,
            float[][] pull,
            float[][] push,
            double[] z) {
        float[] allX = at[0];
        float[] allY = at[1];
        var one = FloatVector.broadcast(SPECIES, 1);
        for (int i = from; i < to; i++) {
            int row = i * stride;
            int own = vectorOf(i);
            var others = othersOf(i);
            var x = FloatVector.broadcast(SPECIES, allX[i]);
            var y = FloatVector.broadcast(SPECIES, allY[i]);
            var pullX = FloatVector.zero(SPECIES);
            var pullY = pullX;
            var pushX = pullX;
            var pushY = pullX;
            var sumW = pullX;
            for (int j = 0; j < stride; j += LANES) {
                var dx = x.sub(FloatVector.fromArray(SPECIES, allX, j));
                var dy = y.sub(FloatVector.fromArray(SPECIES, allY, j));
                var w = (j == own ? others : one).div(dx.fma(dx, dy.fma(dy, one)));
                var toward = FloatVector.fromArray(SPECIES, affinities, row + j).mul(w);
                var away = w.mul(w);
                sumW = sumW.add(w);
                pullX = toward.fma(dx, pullX);
                pullY = toward.fma(dy, pullY);
                pushX = away.fma(dx, pushX);
                pushY = away.fma(dy, pushY);
            }
            pull[0][i] = VectorLoops.sum(pullX);
            pull[1][i] = VectorLoops.sum(pullY);
            push[0][i] = VectorLoops.sum(pushX);
            push[1][i] = VectorLoops.sum(pushY);
            z[i] = VectorLoops.sum(sumW);
        }
    }

    static void inSpace(
            float[] affinities,
            int stride,
            int from,
            int to,
            float[][] at,
            float[][] pull,
            float[][] push,
            double[] z) {
        var one = FloatVector.broadcast(SPECIES, 1);
        for (int i = from; i < to; i++) {
            int row = i * stride;
            int own = vectorOf(i);
            var others = othersOf(i);
            var x = FloatVector.broadcast(SPECIES, at[0][i]);
            var y = FloatVector.broadcast(SPECIES, at[1][i]);
            var h = FloatVector.broadcast(SPECIES, at[2][i]);
            var pullX = FloatVector.zero(SPECIES);
            var pullY = pullX;
            var pullH = pullX;
            var pushX = pullX;
            var pushY = pullX;
            var pushH = pullX;
            var sumW = pullX;
            for (int j = 0; j < stride; j += LANES) {
                var dx = x.sub(FloatVector.fromArray(SPECIES, at[0], j));
                var dy = y.sub(FloatVector.fromArray(SPECIES, at[1], j));
                var dh = h.sub(FloatVector.fromArray(SPECIES, at[2], j));
                var w = (j == own ? others : one).div(dx.fma(dx, dy.fma(dy, dh.fma(dh, one))));
                var toward = FloatVector.fromArray(SPECIES, affinities, row + j).mul(w);
                var away = w.mul(w);
                sumW = sumW.add(w);
                pullX = toward.fma(dx, pullX);
                pullY = toward.fma(dy, pullY);
                pullH = toward.fma(dh, pullH);
                pushX = away.fma(dx, pushX);
                pushY = away.fma(dy, pushY);
                pushH = away.fma(dh, pushH);
            }
            pull[0][i] = VectorLoops.sum(pullX);
            pull[1][i] = VectorLoops.sum(pullY);
            pull[2][i] = VectorLoops.sum(pullH);
            push[0][i] = VectorLoops.sum(pushX);
            push[1][i] = VectorLoops.sum(pushY);
            push[2][i] = VectorLoops.sum(pushH);
            z[i] = VectorLoops.sum(sumW);
        }
    }

    /** Sums of 4096 numbers in float, and those in double. */
    static double pushAway(float[][] at, int padded, int own, float[] place, float[] push) {
        double[] sums = new double[4];
        for (int from = 0; from < padded; from += 4096) {
            pushAway(at, from, Math.min(padded, from + 4096), own, place, sums);
        }
        for (int c = 0; c < 3; c++) {
            push[c] = (float) sums[c];
        }
        return sums[3];
    }

    private static void pushAway(float[][] at, int from, int to, int own, float[] place, double[] sums) {
        float[] allX = at[0];
        float[] allY = at[1];
        float[] allH = at[2];
        int ownVector = vectorOf(own);
        var others = othersOf(own);
        var one = FloatVector.broadcast(SPECIES, 1);
        var pushX = FloatVector.zero(SPECIES);
        var pushY = pushX;
        var pushH = pushX;
        var sumW = pushX;
        for (int j = from; j < to; j += LANES) {
            var dx = FloatVector.fromArray(SPECIES, allX, j).sub(place[0]);
            var dy = FloatVector.fromArray(SPECIES, allY, j).sub(place[1]);
            var dh = FloatVector.fromArray(SPECIES, allH, j).sub(place[2]);
            var w = (j == ownVector ? others : one).div(dx.fma(dx, dy.fma(dy, dh.fma(dh, one))));
            var away = w.mul(w);
            sumW = sumW.add(w);
            pushX = away.fma(dx, pushX);
            pushY = away.fma(dy, pushY);
            pushH = away.fma(dh, pushH);
        }
        sums[0] -= VectorLoops.sum(pushX);
        sums[1] -= VectorLoops.sum(pushY);
        sums[2] -= VectorLoops.sum(pushH);
        sums[3] += VectorLoops.sum(sumW);
    }
}
