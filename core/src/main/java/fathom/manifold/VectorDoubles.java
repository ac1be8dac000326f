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

    /** As {@link Doubles#addDots}. */
    static void addDots(
            double[] a, double[] b0, double[] b1, double[] b2, double[] b3, int from, int to, double[] sums, int at) {
        var s0 = DoubleVector.zero(SPECIES);
        var s1 = s0;
        var s2 = s0;
        var s3 = s0;
        int i = from;
        for (; i <= to - LANES; i += LANES) {
            var x = DoubleVector.fromArray(SPECIES, a, i);
            s0 = x.fma(DoubleVector.fromArray(SPECIES, b0, i), s0);
            s1 = x.fma(DoubleVector.fromArray(SPECIES, b1, i), s1);
            s2 = x.fma(DoubleVector.fromArray(SPECIES, b2, i), s2);
            s3 = x.fma(DoubleVector.fromArray(SPECIES, b3, i), s3);
        }
        sums[at] += sum(s0);
        sums[at + 1] += sum(s1);
        sums[at + 2] += sum(s2);
        sums[at + 3] += sum(s3);
        for (; i < to; i++) {
            sums[at] += a[i] * b0[i];
            sums[at + 1] += a[i] * b1[i];
            sums[at + 2] += a[i] * b2[i];
            sums[at + 3] += a[i] * b3[i];
        }
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
