package fathom.manifold;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Fourier transforms of a vector of signals side by side, by Stockham's self-sorting stages of radix 3, 4 and 2 (Van Loan,
 * "Computational Frameworks for the Fast Fourier Transform", 1992, section 1.7).
 */
final class VectorWaves {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private VectorWaves() {}

    static void transform(float[] re, float[] im, float[] re2, float[] im2, Twiddles twiddles, boolean isInverse) {
        float[] a = re;
        float[] b = im;
        float[] c = re2;
        float[] d = im2;
        float sign = isInverse ? -1 : 1;
        int groups = 1;
        boolean isInPlace = true;
        for (int length = twiddles.n; length > 1; isInPlace = !isInPlace) {
            int radix = length % 3 == 0 ? 3 : length % 4 == 0 ? 4 : 2;
            switch (radix) {
                case 3 -> stage3(a, b, c, d, length / 3, groups, twiddles, sign);
                case 4 -> stage4(a, b, c, d, length / 4, groups, twiddles, sign);
                default -> stage2(a, b, c, d, groups);
            }
            length /= radix;
            groups *= radix;
            float[] swap = a;
            a = c;
            c = swap;
            swap = b;
            b = d;
            d = swap;
        }
        if (!isInPlace) {
            System.arraycopy(a, 0, re, 0, twiddles.n * LANES);
            System.arraycopy(b, 0, im, 0, twiddles.n * LANES);
        }
    }

    private static void stage4(
            float[] a, float[] b, float[] c, float[] d, int quarter, int groups, Twiddles twiddles, float sign) {
        int hop = groups * quarter * LANES;
        int step = groups * LANES;
        for (int p = 0; p < quarter; p++) {
            int k = p * groups;
            float c1 = twiddles.cos[k];
            float s1 = sign * twiddles.sin[k];
            float c2 = twiddles.cos[2 * k];
            float s2 = sign * twiddles.sin[2 * k];
            float c3 = twiddles.cos[3 * k];
            float s3 = sign * twiddles.sin[3 * k];
            int from = p * step;
            int to = 4 * p * step;
            for (int end = from + step; from < end; from += LANES, to += LANES) {
                var r0 = FloatVector.fromArray(SPECIES, a, from);
                var i0 = FloatVector.fromArray(SPECIES, b, from);
                var r1 = FloatVector.fromArray(SPECIES, a, from + hop);
                var i1 = FloatVector.fromArray(SPECIES, b, from + hop);
                var r2 = FloatVector.fromArray(SPECIES, a, from + 2 * hop);
                var i2 = FloatVector.fromArray(SPECIES, b, from + 2 * hop);
                var r3 = FloatVector.fromArray(SPECIES, a, from + 3 * hop);
                var i3 = FloatVector.fromArray(SPECIES, b, from + 3 * hop);
                var rSum = r0.add(r2);
                var iSum = i0.add(i2);
                var rDifference = r0.sub(r2);
                var iDifference = i0.sub(i2);
                var rOdd = r1.add(r3);
                var iOdd = i1.add(i3);
                var rTurned = i1.sub(i3).mul(sign);
                var iTurned = r3.sub(r1).mul(sign);
                rSum.add(rOdd).intoArray(c, to);
                iSum.add(iOdd).intoArray(d, to);
                turned(rDifference.add(rTurned), iDifference.add(iTurned), c1, s1, c, d, to + step);
                turned(rSum.sub(rOdd), iSum.sub(iOdd), c2, s2, c, d, to + 2 * step);
                turned(rDifference.sub(rTurned), iDifference.sub(iTurned), c3, s3, c, d, to + 3 * step);
            }
        }
    }

    private static void turned(FloatVector r, FloatVector i, float cos, float sin, float[] c, float[] d, int to) {
        r.mul(cos).sub(i.mul(sin)).intoArray(c, to);
        r.mul(sin).add(i.mul(cos)).intoArray(d, to);
    }

    private static void stage3(
            float[] a, float[] b, float[] c, float[] d, int third, int groups, Twiddles twiddles, float sign) {
        float height = (float) Math.sqrt(0.75) * sign;
        int hop = groups * third * LANES;
        int step = groups * LANES;
        for (int p = 0; p < third; p++) {
            int k = p * groups;
            float c1 = twiddles.cos[k];
            float s1 = sign * twiddles.sin[k];
            float c2 = twiddles.cos[2 * k];
            float s2 = sign * twiddles.sin[2 * k];
            int from = p * step;
            int to = 3 * p * step;
            for (int end = from + step; from < end; from += LANES, to += LANES) {
                var r0 = FloatVector.fromArray(SPECIES, a, from);
                var i0 = FloatVector.fromArray(SPECIES, b, from);
                var r1 = FloatVector.fromArray(SPECIES, a, from + hop);
                var i1 = FloatVector.fromArray(SPECIES, b, from + hop);
                var r2 = FloatVector.fromArray(SPECIES, a, from + 2 * hop);
                var i2 = FloatVector.fromArray(SPECIES, b, from + 2 * hop);
                var rSum = r1.add(r2);
                var iSum = i1.add(i2);
                var rMiddle = r0.sub(rSum.mul(0.5f));
                var iMiddle = i0.sub(iSum.mul(0.5f));
                var rTurned = i1.sub(i2).mul(height);
                var iTurned = r2.sub(r1).mul(height);
                r0.add(rSum).intoArray(c, to);
                i0.add(iSum).intoArray(d, to);
                turned(rMiddle.add(rTurned), iMiddle.add(iTurned), c1, s1, c, d, to + step);
                turned(rMiddle.sub(rTurned), iMiddle.sub(iTurned), c2, s2, c, d, to + 2 * step);
            }
        }
    }

    private static void stage2(float[] a, float[] b, float[] c, float[] d, int groups) {
        int hop = groups * LANES;
        for (int from = 0; from < hop; from += LANES) {
            var r0 = FloatVector.fromArray(SPECIES, a, from);
            var i0 = FloatVector.fromArray(SPECIES, b, from);
            var r1 = FloatVector.fromArray(SPECIES, a, from + hop);
            var i1 = FloatVector.fromArray(SPECIES, b, from + hop);
            r0.add(r1).intoArray(c, from);
            i0.add(i1).intoArray(d, from);
            r0.sub(r1).intoArray(c, from + hop);
            i0.sub(i1).intoArray(d, from + hop);
        }
    }
}
