package fathom.manifold;

/** Sums over arrays of doubles, in a fixed order with eight partial sums. */
final class Doubles {
    private static final boolean HAS_VECTORS = Kernels.hasVectors();
    private static final int LONG = 1_000;

    private Doubles() {}

    static double dot(double[] a, double[] b) {
        return dot(a, b, 0);
    }

    /** Σ a[i]·b[i] over i ≥ from. */
    static double dot(double[] a, double[] b, int from) {
        return HAS_VECTORS && a.length - from >= LONG ? VectorDoubles.dot(a, b, from) : plainDot(a, b, from);
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

    static void scale(double[] values, double factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
    }
}
