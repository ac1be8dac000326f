package fathom.manifold;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The loops over dense tables, with a tile of 4 rows × 2 vectors held in registers. */
final class VectorTiles implements Tiles {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int WIDTH = 2 * LANES;

    @Override
    public int width() {
        return WIDTH;
    }

    @Override
    public void addProducts(
            float[] a,
            int aAt,
            int aRow,
            int aStep,
            float[] b,
            int bAt,
            int depth,
            float[] out,
            int outAt,
            int stride) {
        int row1 = outAt + stride;
        int row2 = row1 + stride;
        int row3 = row2 + stride;
        var s00 = FloatVector.fromArray(SPECIES, out, outAt);
        var s01 = FloatVector.fromArray(SPECIES, out, outAt + LANES);
        var s10 = FloatVector.fromArray(SPECIES, out, row1);
        var s11 = FloatVector.fromArray(SPECIES, out, row1 + LANES);
        var s20 = FloatVector.fromArray(SPECIES, out, row2);
        var s21 = FloatVector.fromArray(SPECIES, out, row2 + LANES);
        var s30 = FloatVector.fromArray(SPECIES, out, row3);
        var s31 = FloatVector.fromArray(SPECIES, out, row3 + LANES);
        int i = aAt;
        int j = bAt;
        for (int k = 0; k < depth; k++) {
            var b0 = FloatVector.fromArray(SPECIES, b, j);
            var b1 = FloatVector.fromArray(SPECIES, b, j + LANES);
            var factor = FloatVector.broadcast(SPECIES, a[i]);
            s00 = factor.fma(b0, s00);
            s01 = factor.fma(b1, s01);
            factor = FloatVector.broadcast(SPECIES, a[i + aRow]);
            s10 = factor.fma(b0, s10);
            s11 = factor.fma(b1, s11);
            factor = FloatVector.broadcast(SPECIES, a[i + 2 * aRow]);
            s20 = factor.fma(b0, s20);
            s21 = factor.fma(b1, s21);
            factor = FloatVector.broadcast(SPECIES, a[i + 3 * aRow]);
            s30 = factor.fma(b0, s30);
            s31 = factor.fma(b1, s31);
            i += aStep;
            j += WIDTH;
        }
        s00.intoArray(out, outAt);
        s01.intoArray(out, outAt + LANES);
        s10.intoArray(out, row1);
        s11.intoArray(out, row1 + LANES);
        s20.intoArray(out, row2);
        s21.intoArray(out, row2 + LANES);
        s30.intoArray(out, row3);
        s31.intoArray(out, row3 + LANES);
    }

    @Override
    public void addSquaredDistances(
            float[] a, int aAt, float[] b, int bAt, int depth, float[] out, int outAt, int stride) {
        int row1 = outAt + stride;
        int row2 = row1 + stride;
        int row3 = row2 + stride;
        var s00 = FloatVector.fromArray(SPECIES, out, outAt);
        var s01 = FloatVector.fromArray(SPECIES, out, outAt + LANES);
        var s10 = FloatVector.fromArray(SPECIES, out, row1);
        var s11 = FloatVector.fromArray(SPECIES, out, row1 + LANES);
        var s20 = FloatVector.fromArray(SPECIES, out, row2);
        var s21 = FloatVector.fromArray(SPECIES, out, row2 + LANES);
        var s30 = FloatVector.fromArray(SPECIES, out, row3);
        var s31 = FloatVector.fromArray(SPECIES, out, row3 + LANES);
        int i = aAt;
        int j = bAt;
        for (int k = 0; k < depth; k++) {
            var b0 = FloatVector.fromArray(SPECIES, b, j);
            var b1 = FloatVector.fromArray(SPECIES, b, j + LANES);
            var from = FloatVector.broadcast(SPECIES, a[i]);
            var d0 = b0.sub(from);
            var d1 = b1.sub(from);
            s00 = d0.fma(d0, s00);
            s01 = d1.fma(d1, s01);
            from = FloatVector.broadcast(SPECIES, a[i + 1]);
            d0 = b0.sub(from);
            d1 = b1.sub(from);
            s10 = d0.fma(d0, s10);
            s11 = d1.fma(d1, s11);
            from = FloatVector.broadcast(SPECIES, a[i + 2]);
            d0 = b0.sub(from);
            d1 = b1.sub(from);
            s20 = d0.fma(d0, s20);
            s21 = d1.fma(d1, s21);
            from = FloatVector.broadcast(SPECIES, a[i + 3]);
            d0 = b0.sub(from);
            d1 = b1.sub(from);
            s30 = d0.fma(d0, s30);
            s31 = d1.fma(d1, s31);
            i += WIDTH;
            j += WIDTH;
        }
        s00.intoArray(out, outAt);
        s01.intoArray(out, outAt + LANES);
        s10.intoArray(out, row1);
        s11.intoArray(out, row1 + LANES);
        s20.intoArray(out, row2);
        s21.intoArray(out, row2 + LANES);
        s30.intoArray(out, row3);
        s31.intoArray(out, row3 + LANES);
    }

    @Override
    public int notAbove(float[] values, int at, int count, float[] limits, int limitsAt, int limitStep, int[] hits) {
        int found = 0;
        int i = 0;
        var limit = FloatVector.broadcast(SPECIES, limits[limitsAt]);
        for (; i <= count - LANES; i += LANES) {
            if (limitStep == 1) {
                limit = FloatVector.fromArray(SPECIES, limits, limitsAt + i);
            }
            long mask = FloatVector.fromArray(SPECIES, values, at + i)
                    .compare(VectorOperators.LE, limit)
                    .toLong();
            while (mask != 0) {
                hits[found++] = i + Long.numberOfTrailingZeros(mask);
                mask &= mask - 1;
            }
        }
        for (; i < count; i++) {
            if (values[at + i] <= limits[limitsAt + i * limitStep]) {
                hits[found++] = i;
            }
        }
        return found;
    }

    @Override
    public int below(float[] values, int at, int count, float limit) {
        int found = 0;
        int i = at;
        for (int end = at + count; i <= end - LANES; i += LANES) {
            found += FloatVector.fromArray(SPECIES, values, i)
                    .compare(VectorOperators.LT, limit)
                    .trueCount();
        }
        for (int end = at + count; i < end; i++) {
            if (values[i] < limit) {
                found++;
            }
        }
        return found;
    }
}
