package fathom.manifold;

/** Sums over arrays of doubles, in a fixed order with eight partial sums. */
final class Doubles {
    private static final boolean HAS_VECTORS = Kernels.hasVectors();
    private static final int LONG = 1_000;
    private static final int SHORT = 64;

    private Doubles() {}

    static double dot(double[] a, double[] b) {
        return dot(a, b, 0);
    }

    /** Σ a[i]·b[i] over i ≥ from. */
    static double dot(double[] a, double[] b, int from) {
        return HAS_VECTORS && a.length - from >= LONG ? VectorDoubles.dot(a, b, from) : plainDot(a, b, from);
    }

    /**
     * Adds the inner products of a stretch of four vectors with that of four others to the sums of each pair:
     * {@code sums[first + r][second + c]}.
     */
    static void addDots(double[][] a, int first, double[][] b, int second, int from, int to, double[][] sums) {
        if (HAS_VECTORS && to - from >= SHORT) {
            VectorDoubles.addDots(a, first, b, second, from, to, sums);
            return;
        }
        for (int r = first; r < first + 4; r++) {
            for (int c = second; c < second + 4; c++) {
                double sum = 0;
                for (int i = from; i < to; i++) {
                    sum += a[r][i] * b[c][i];
                }
                sums[r][c] += sum;
            }
        }
    }

    private static double plainDot(double[] a, double[] b, int from) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int i = from;
        for (; i <= a.length - 8; i += 8) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
            s4 += a[i + 4] * b[i + 4];
            s5 += a[i + 5] * b[i + 5];
            s6 += a[i + 6] * b[i + 6];
            s7 += a[i + 7] * b[i + 7];
        }
        for (; i < a.length; i++) {
            s0 += a[i] * b[i];
        }
        return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
    }

    static void addScaled(double[] to, double factor, double[] from) {
        addScaled(to, factor, from, 0);
    }

    /** to[i] += factor · from[i] over i ≥ first. */
    static void addScaled(double[] to, double factor, double[] from, int first) {
        for (int i = first; i < to.length; i++) {
            to[i] += factor * from[i];
        }
    }

    /** Adds to a stretch of a vector that of four others from {@code at} on, times their factors. */
    static void addScaled(double[] to, double[] factors, double[][] from, int at, int first, int end) {
        double[] from0 = from[at];
        double[] from1 = from[at + 1];
        double[] from2 = from[at + 2];
        double[] from3 = from[at + 3];
        double f0 = factors[at];
        double f1 = factors[at + 1];
        double f2 = factors[at + 2];
        double f3 = factors[at + 3];
        for (int i = first; i < end; i++) {
            to[i] += f0 * from0[i] + f1 * from1[i] + (f2 * from2[i] + f3 * from3[i]);
        }
    }

    static void scale(double[] values, double factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
    }
}
