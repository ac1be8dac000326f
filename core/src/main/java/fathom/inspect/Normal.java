package fathom.inspect;

/** Tails of the standard normal distribution. */
final class Normal {
    private static final double SERIES_UNTIL = 3;
    private static final int TERMS = 300;

    private Normal() {}

    /**
     * P(|X| ≥ z) = erfc(z / √2), to about 1e-13 of itself: by the series of erf (Abramowitz and Stegun 7.1.6) for small z, by
     * the continued fraction of erfc (7.1.14) beyond.
     *
     * @param z at least 0
     */
    static double twoTails(double z) {
        double x = z / Math.sqrt(2);
        return z < SERIES_UNTIL ? 1 - series(x) : fraction(x);
    }

    private static double series(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; n < TERMS; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }

    private static double fraction(double x) {
        double tail = x;
        for (int n = TERMS; n >= 1; n--) {
            tail = x + n / 2.0 / tail;
        }
        return Math.exp(-x * x) / Math.sqrt(Math.PI) / tail;
    }
}
