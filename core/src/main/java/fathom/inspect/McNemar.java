package fathom.inspect;

/**
 * McNemar's test of two classifiers on the same examples (Q. McNemar, "Note on the sampling error of the difference between
 * correlated proportions or percentages", Psychometrika 12, 1947): only examples that exactly one of them gets right count.
 *
 * @param onlyFirst examples that only the first got right
 * @param onlySecond examples that only the second got right
 * @param kind how p was computed
 * @param p the probability of a split at least as uneven, if both were equally good; two-sided
 */
public record McNemar(int onlyFirst, int onlySecond, Kind kind, double p) {
    /** Below this many examples the chi-squared distribution is too coarse. */
    private static final int FEW = 25;

    /** How p is computed. */
    public enum Kind {
        /** Fewer than 25 such examples: twice the tail of the binomial distribution with ½, at most 1. */
        EXACT_BINOMIAL,
        /**
         * From 25 on: (|b − c| − 1)² / (b + c) against chi-squared with one degree of freedom, with the continuity correction
         * of A. L. Edwards ("Note on the correction for continuity in testing the significance of the difference between
         * correlated proportions", Psychometrika 13, 1948).
         */
        CHI_SQUARED
    }

    /** The test for b and c examples that only the one or only the other got right. */
    public static McNemar of(int onlyFirst, int onlySecond) {
        if (onlyFirst < 0 || onlySecond < 0) {
            throw new IllegalArgumentException(
                    "counts must not be negative, got %d and %d".formatted(onlyFirst, onlySecond));
        }
        int n = Math.addExact(onlyFirst, onlySecond);
        if (n < FEW) {
            return new McNemar(
                    onlyFirst, onlySecond, Kind.EXACT_BINOMIAL, binomial(n, Math.min(onlyFirst, onlySecond)));
        }
        double excess = Math.max(0, Math.abs(onlyFirst - onlySecond) - 1);
        double chiSquared = excess * excess / n;
        return new McNemar(onlyFirst, onlySecond, Kind.CHI_SQUARED, Normal.twoTails(Math.sqrt(chiSquared)));
    }

    /**
     * The test for two sets of answers to the same examples.
     *
     * @throws IllegalArgumentException if they are not about the same examples
     */
    public static McNemar of(Answers first, Answers second) {
        if (!first.hasSameExamplesAs(second)) {
            throw new IllegalArgumentException(
                    "the answers are to different examples: %d and %d of them".formatted(first.size(), second.size()));
        }
        int onlyFirst = 0;
        int onlySecond = 0;
        for (int i = 0; i < first.size(); i++) {
            if (first.isRight(i) && !second.isRight(i)) {
                onlyFirst++;
            } else if (second.isRight(i) && !first.isRight(i)) {
                onlySecond++;
            }
        }
        return of(onlyFirst, onlySecond);
    }

    /** min(1, 2 · P(X ≤ k)) for X binomial with n trials of ½. */
    private static double binomial(int n, int k) {
        double term = Math.scalb(1.0, -n);
        double sum = 0;
        for (int i = 0; i <= k; i++) {
            sum += term;
            term *= (double) (n - i) / (i + 1);
        }
        return Math.min(1, 2 * sum);
    }
}
