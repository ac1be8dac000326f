package fathom.inspect;

/** A share with the interval in which the true one lies with a confidence of 95 %; all 0 … 1. */
public record Interval(double share, double low, double high) {
    /** The 97.5 % quantile of the standard normal. */
    private static final double Z = 1.959963984540054;

    /**
     * Wilson's score interval (E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22,
     * 1927), without continuity correction.
     *
     * @param hits 0 … trials
     * @param trials at least 1
     */
    public static Interval wilson(long hits, long trials) {
        if (trials < 1 || hits < 0 || hits > trials) {
            throw new IllegalArgumentException("hits must be in 0 … trials, got %d of %d".formatted(hits, trials));
        }
        double share = (double) hits / trials;
        double z2 = Z * Z / trials;
        double middle = (share + z2 / 2) / (1 + z2);
        double half = Z * Math.sqrt(share * (1 - share) / trials + z2 / (4 * trials)) / (1 + z2);
        double low = hits == 0 ? 0 : Math.max(0, middle - half);
        double high = hits == trials ? 1 : Math.min(1, middle + half);
        return new Interval(share, low, high);
    }
}
