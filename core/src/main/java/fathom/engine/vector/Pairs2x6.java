package fathom.engine.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** 2 × 6 pairs of streams of {@link Kernels#correlate}: 12 sums of vectors, each in a register of its own. */
final class Pairs2x6 {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

    private Pairs2x6() {}

    /** Writes the sum of pair (i, j) at {@code scratch + (6·i + j)·lanes}. */
    static void run(Overlap o, float[] m, int a0, int a1, int b0, int b1, int b2, int b3, int b4, int b5, int scratch) {

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
        int columns = o.columns;
        int leftStep = o.leftStep;
        int rightStep = o.rightStep;
        for (int r = 0; r < o.rows; r++) {
            int left = r * o.leftRow;
            int right = r * o.rightRow;
            for (int p = 0; p < columns; p++) {
                FloatVector u0 = FloatVector.fromArray(S, m, a0 + left);
                FloatVector u1 = FloatVector.fromArray(S, m, a1 + left);
                FloatVector v = FloatVector.fromArray(S, m, b0 + right);
                s00 = v.fma(u0, s00);
                s10 = v.fma(u1, s10);
                v = FloatVector.fromArray(S, m, b1 + right);
                s01 = v.fma(u0, s01);
                s11 = v.fma(u1, s11);
                v = FloatVector.fromArray(S, m, b2 + right);
                s02 = v.fma(u0, s02);
                s12 = v.fma(u1, s12);
                v = FloatVector.fromArray(S, m, b3 + right);
                s03 = v.fma(u0, s03);
                s13 = v.fma(u1, s13);
                v = FloatVector.fromArray(S, m, b4 + right);
                s04 = v.fma(u0, s04);
                s14 = v.fma(u1, s14);
                v = FloatVector.fromArray(S, m, b5 + right);
                s05 = v.fma(u0, s05);
                s15 = v.fma(u1, s15);
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
    }
}
