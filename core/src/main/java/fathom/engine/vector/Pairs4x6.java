package fathom.engine.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** 4 × 6 pairs of streams of {@link Kernels#correlate}: 24 sums of vectors, each in a register of its own. */
final class Pairs4x6 {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

    private Pairs4x6() {}

    /** Writes the sum of pair (i, j) at {@code scratch + (6·i + j)·lanes}. */
    static void run(
            Overlap o,
            float[] m,
            int a0,
            int a1,
            int a2,
            int a3,
            int b0,
            int b1,
            int b2,
            int b3,
            int b4,
            int b5,
            int scratch) {

        FloatVector s00 = FloatVector.zero(S);
        FloatVector s01 = FloatVector.zero(S);
        FloatVector s02 = FloatVector.zero(S);
        FloatVector s03 = FloatVector.zero(S);
        FloatVector s04 = FloatVector.zero(S);
        FloatVector s05 = FloatVector.zero(S);
        FloatVector s10 = FloatVector.zero(S);
        FloatVector s11 = FloatVector.zero(S);
        FloatVector s12 = FloatVector.zero(S);
        FloatVector s13 = FloatVector.zero(S);
        FloatVector s14 = FloatVector.zero(S);
        FloatVector s15 = FloatVector.zero(S);
        FloatVector s20 = FloatVector.zero(S);
        FloatVector s21 = FloatVector.zero(S);
        FloatVector s22 = FloatVector.zero(S);
        FloatVector s23 = FloatVector.zero(S);
        FloatVector s24 = FloatVector.zero(S);
        FloatVector s25 = FloatVector.zero(S);
        FloatVector s30 = FloatVector.zero(S);
        FloatVector s31 = FloatVector.zero(S);
        FloatVector s32 = FloatVector.zero(S);
        FloatVector s33 = FloatVector.zero(S);
        FloatVector s34 = FloatVector.zero(S);
        FloatVector s35 = FloatVector.zero(S);
        int columns = o.columns;
        int leftStep = o.leftStep;
        int rightStep = o.rightStep;
        for (int r = 0; r < o.rows; r++) {
            int left = r * o.leftRow;
            int right = r * o.rightRow;
            for (int p = 0; p < columns; p++) {
                FloatVector u0 = FloatVector.fromArray(S, m, a0 + left);
                FloatVector u1 = FloatVector.fromArray(S, m, a1 + left);
                FloatVector u2 = FloatVector.fromArray(S, m, a2 + left);
                FloatVector u3 = FloatVector.fromArray(S, m, a3 + left);
                FloatVector v = FloatVector.fromArray(S, m, b0 + right);
                s00 = v.fma(u0, s00);
                s10 = v.fma(u1, s10);
                s20 = v.fma(u2, s20);
                s30 = v.fma(u3, s30);
                v = FloatVector.fromArray(S, m, b1 + right);
                s01 = v.fma(u0, s01);
                s11 = v.fma(u1, s11);
                s21 = v.fma(u2, s21);
                s31 = v.fma(u3, s31);
                v = FloatVector.fromArray(S, m, b2 + right);
                s02 = v.fma(u0, s02);
                s12 = v.fma(u1, s12);
                s22 = v.fma(u2, s22);
                s32 = v.fma(u3, s32);
                v = FloatVector.fromArray(S, m, b3 + right);
                s03 = v.fma(u0, s03);
                s13 = v.fma(u1, s13);
                s23 = v.fma(u2, s23);
                s33 = v.fma(u3, s33);
                v = FloatVector.fromArray(S, m, b4 + right);
                s04 = v.fma(u0, s04);
                s14 = v.fma(u1, s14);
                s24 = v.fma(u2, s24);
                s34 = v.fma(u3, s34);
                v = FloatVector.fromArray(S, m, b5 + right);
                s05 = v.fma(u0, s05);
                s15 = v.fma(u1, s15);
                s25 = v.fma(u2, s25);
                s35 = v.fma(u3, s35);
                left += leftStep;
                right += rightStep;
            }
        }
        int lanes = S.length();
        s00.intoArray(m, scratch);
        s01.intoArray(m, scratch + 1 * lanes);
        s02.intoArray(m, scratch + 2 * lanes);
        s03.intoArray(m, scratch + 3 * lanes);
        s04.intoArray(m, scratch + 4 * lanes);
        s05.intoArray(m, scratch + 5 * lanes);
        s10.intoArray(m, scratch + 6 * lanes);
        s11.intoArray(m, scratch + 7 * lanes);
        s12.intoArray(m, scratch + 8 * lanes);
        s13.intoArray(m, scratch + 9 * lanes);
        s14.intoArray(m, scratch + 10 * lanes);
        s15.intoArray(m, scratch + 11 * lanes);
        s20.intoArray(m, scratch + 12 * lanes);
        s21.intoArray(m, scratch + 13 * lanes);
        s22.intoArray(m, scratch + 14 * lanes);
        s23.intoArray(m, scratch + 15 * lanes);
        s24.intoArray(m, scratch + 16 * lanes);
        s25.intoArray(m, scratch + 17 * lanes);
        s30.intoArray(m, scratch + 18 * lanes);
        s31.intoArray(m, scratch + 19 * lanes);
        s32.intoArray(m, scratch + 20 * lanes);
        s33.intoArray(m, scratch + 21 * lanes);
        s34.intoArray(m, scratch + 22 * lanes);
        s35.intoArray(m, scratch + 23 * lanes);
    }
}
