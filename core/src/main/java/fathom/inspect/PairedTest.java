package fathom.inspect;

import java.util.Optional;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Whether two ways of doing something differ, measured in pairs (here: with the same seeds): Student's t test of the
 * differences against 0.
 *
 * @param difference mean of second less first, its deviation and its 95 % interval
 * @param outcome empty if there is only one pair, or all differences are the same number: then nothing can be said
 */
public record PairedTest(Spread difference, Optional<Outcome> outcome) {

    /**
     * What the test says.
     *
     * @param t the mean in units of its standard error, with n − 1 degrees of freedom
     * @param p the probability of a t at least as far from 0, if the true difference were 0; two-sided
     */
    public record Outcome(double t, double p) {}

    /**
     * Tests second against first, pair by pair.
     *
     * @throws IllegalArgumentException if there are not as many of each, or none
     */
    public static PairedTest of(double[] first, double[] second) {
        if (first.length != second.length) {
            throw new IllegalArgumentException(
                    "a paired test needs as many of each, got %d and %d".formatted(first.length, second.length));
        }
        var differences = new double[first.length];
        for (int i = 0; i < first.length; i++) {
            differences[i] = second[i] - first[i];
        }
        Spread spread = Spread.of(differences);
        return new PairedTest(spread, spread.width().flatMap(width -> outcome(spread.n(), spread.mean(), width)));
    }

    private static Optional<Outcome> outcome(int n, double mean, Spread.Width width) {
        if (!(width.deviation() > 1e-12 * Math.abs(mean))) {
            return Optional.empty();
        }
        double t = mean / (width.deviation() / Math.sqrt(n));
        double p = Math.min(1, 2 * TDistribution.of(n - 1).survivalProbability(Math.abs(t)));
        return Optional.of(new Outcome(t, p));
    }
}
