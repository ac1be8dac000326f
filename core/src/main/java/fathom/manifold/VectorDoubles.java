package fathom.manifold;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Inner products of doubles with four vectors of partial sums; the lanes are added in a fixed order. */
final class VectorDoubles {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private VectorDoubles() {}

    /** Σ a[i]·b[i] over i ≥ from. */
    static double dot(double[] a, double[] b, int from) {
        var s0 = DoubleVector.zero(SPECIES);
        var s1 = s0;
        var s2 = s0;
        var s3 = s0;
        int i = from;
        for (; i <= a.length - 4 * LANES; i += 4 * LANES) {
            s0 = DoubleVector.fromArray(SPECIES, a, i).fma(DoubleVector.fromArray(SPECIES, b, i), s0);
            s1 = DoubleVector.fromArray(SPECIES, a, i + LANES).fma(DoubleVector.fromArray(SPECIES, b, i + LANES), s1);
            s2 = DoubleVector.fromArray(SPECIES, a, i + 2 * LANES)
                    .fma(DoubleVector.fromArray(SPECIES, b, i + 2 * LANES), s2);
            s3 = DoubleVector.fromArray(SPECIES, a, i + 3 * LANES)
                    .fma(DoubleVector.fromArray(SPECIES, b, i + 3 * LANES), s3);
        }
        double sum = sum(s0.add(s1).add(s2.add(s3)));
        for (; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** As {@link Doubles#addDots}: four vectors are held against four others, so that each number read serves four times. */
    static void addDots(double[][] a, int first, double[][] b, int second, int from, int to, double[][] sums) {
        double[] a0 = a[first + 0];
        double[] a1 = a[first + 1];
        double[] a2 = a[first + 2];
        double[] a3 = a[first + 3];
        double[] b0 = b[second + 0];
        double[] b1 = b[second + 1];
        double[] b2 = b[second + 2];
        double[] b3 = b[second + 3];
        var s00 = DoubleVector.zero(SPECIES);
        var s01 = s00;
        var s02 = s00;
        var s03 = s00;
        var s10 = s00;
        var s11 = s00;
        var s12 = s00;
        var s13 = s00;
        var s20 = s00;
        var s21 = s00;
        var s22 = s00;
        var s23 = s00;
        var s30 = s00;
        var s31 = s00;
        var s32 = s00;
        var s33 = s00;
        int i = from;
        for (; i <= to - LANES; i += LANES) {
            var y0 = DoubleVector.fromArray(SPECIES, b0, i);
            var y1 = DoubleVector.fromArray(SPECIES, b1, i);
            var y2 = DoubleVector.fromArray(SPECIES, b2, i);
            var y3 = DoubleVector.fromArray(SPECIES, b3, i);
            var x = DoubleVector.fromArray(SPECIES, a0, i);
            s00 = x.fma(y0, s00);
            s01 = x.fma(y1, s01);
            s02 = x.fma(y2, s02);
            s03 = x.fma(y3, s03);
            x = DoubleVector.fromArray(SPECIES, a1, i);
            s10 = x.fma(y0, s10);
            s11 = x.fma(y1, s11);
            s12 = x.fma(y2, s12);
            s13 = x.fma(y3, s13);
            x = DoubleVector.fromArray(SPECIES, a2, i);
            s20 = x.fma(y0, s20);
            s21 = x.fma(y1, s21);
            s22 = x.fma(y2, s22);
            s23 = x.fma(y3, s23);
            x = DoubleVector.fromArray(SPECIES, a3, i);
            s30 = x.fma(y0, s30);
            s31 = x.fma(y1, s31);
            s32 = x.fma(y2, s32);
            s33 = x.fma(y3, s33);
        }
        add(sums[first + 0], second, s00, s01, s02, s03);
        add(sums[first + 1], second, s10, s11, s12, s13);
        add(sums[first + 2], second, s20, s21, s22, s23);
        add(sums[first + 3], second, s30, s31, s32, s33);
        for (; i < to; i++) {
            for (int r = first; r < first + 4; r++) {
                for (int c = second; c < second + 4; c++) {
                    sums[r][c] += a[r][i] * b[c][i];
                }
            }
        }
    }

    private static void add(double[] sums, int at, DoubleVector s0, DoubleVector s1, DoubleVector s2, DoubleVector s3) {
        sums[at] += sum(s0);
        sums[at + 1] += sum(s1);
        sums[at + 2] += sum(s2);
        sums[at + 3] += sum(s3);
    }

    private static double sum(DoubleVector vector) {
        double[] lanes = new double[LANES];
        vector.intoArray(lanes, 0);
        double sum = 0;
        for (double lane : lanes) {
            sum += lane;
        }
        return sum;
    }
}
