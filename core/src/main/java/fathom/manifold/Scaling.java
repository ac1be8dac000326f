package fathom.manifold;

import java.util.Arrays;

/**
 * A shift and a power of two that brings the largest number near 1, so that squares of very small and very large data
 * neither vanish nor overflow. A power of two changes no digit.
 */
final class Scaling {
    private final float[] shift;
    private final float factor;
    private final double[] rest;

    private Scaling(float[] shift, float factor, double[] rest) {
        this.shift = shift;
        this.factor = factor;
        this.rest = rest;
    }

    /**
     * A shift to the mean.
     *
     * @throws IllegalArgumentException if a number is not finite, with its row and column, or numbers lie so far apart that
     *     float32 cannot hold their difference
     */
    static Scaling of(Matrix matrix, String what, Team team) {
        Columns columns = Columns.of(matrix, what, team);
        float largest = 0;
        for (int c = 0; c < matrix.columns(); c++) {
            float mean = (float) columns.mean(c);
            largest = Math.max(largest, Math.max(columns.largest(c) - mean, mean - columns.smallest(c)));
        }
        float factor = factor(largest, what);
        float[] shift = columns.means();
        double[] rest = new double[shift.length];
        Arrays.setAll(rest, c -> (columns.mean(c) - shift[c]) * factor);
        return new Scaling(shift, factor, rest);
    }

    /**
     * For distances, which need no mean. The shift takes no digit from a number: it is 0, or, where all numbers of a column
     * have one sign and are within a factor of two, the one nearest 0 (Sterbenz 1974). So points stay apart beside far ones.
     *
     * @throws IllegalArgumentException as {@link #of}
     */
    static Scaling forDistances(Matrix matrix, String what, Team team) {
        Columns columns = Columns.of(matrix, what, team);
        float[] shift = new float[matrix.columns()];
        float widest = 0;
        for (int c = 0; c < shift.length; c++) {
            float low = columns.smallest(c);
            float high = columns.largest(c);
            shift[c] = low > 0 && high <= 2 * low ? low : high < 0 && low >= 2 * high ? high : 0;
            widest = Math.max(widest, high - low);
        }
        return new Scaling(shift, factor(widest, what), new double[shift.length]);
    }

    private static float factor(float largest, String what) {
        if (Float.isInfinite(largest)) {
            throw new IllegalArgumentException(
                    what + " has numbers too far apart for float32 to hold their difference: divide all by 1000, say");
        }
        int exponent = largest == 0 ? 0 : -Math.getExponent(largest);
        return Math.scalb(1f, Math.min(exponent, Float.MAX_EXPONENT));
    }

    /** A shift alone. */
    static Scaling around(float[] mean) {
        return new Scaling(mean, 1, new double[mean.length]);
    }

    /** What is taken from every row first. */
    float[] shift() {
        return shift;
    }

    /** What the difference is multiplied by: a power of two. */
    float factor() {
        return factor;
    }

    /** What the rounding of the mean to float32 leaves of it, scaled: the mean of what the shift makes of a column. */
    double[] rest() {
        return rest;
    }

    /** Sets {@code to} to (x − shift) · factor, in float64, for numbers from {@code at} on that begin in a column. */
    void apply(float[] values, int at, int column, double[] to) {
        double scale = factor;
        for (int c = 0; c < to.length; c++) {
            to[c] = ((double) values[at + c] - shift[column + c]) * scale;
        }
    }
}
