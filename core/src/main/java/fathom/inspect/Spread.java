package fathom.inspect;

import java.util.Optional;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The mean of several measurements and how sure it is.
 *
 * @param n how many, at least 1
 * @param width empty for a single one, which says nothing about others
 */
public record Spread(int n, double mean, Optional<Width> width) {
    private static final double CONFIDENCE = 0.95;

    /**
     * How far measurements lie apart.
     *
     * @param deviation of the sample: the sum of squares is divided by n − 1
     * @param low the lower end of the 95 % interval of the mean by Student's t with n − 1 degrees of freedom ("The probable
     *     error of a mean", Biometrika 6, 1908), which takes measurements to be normal and independent
     * @param high its upper end
     */
    public record Width(double deviation, double low, double high) {}

    /** @throws IllegalArgumentException if there is none, or one is not finite */
    public static Spread of(double... values) {
        int n = values.length;
        if (n == 0) {
            throw new IllegalArgumentException("a mean needs at least one value");
        }
        double mean = mean(values);
        if (!Double.isFinite(mean)) {
            throw new IllegalArgumentException("a mean needs finite values, got a sum of " + mean * n);
        }
        if (n == 1) {
            return new Spread(1, mean, Optional.empty());
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        double deviation = Math.sqrt(squares / (n - 1));
        double half =
                TDistribution.of(n - 1).inverseSurvivalProbability((1 - CONFIDENCE) / 2) * deviation / Math.sqrt(n);
        return new Spread(n, mean, Optional.of(new Width(deviation, mean - half, mean + half)));
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        double mean = sum / values.length;
        double rest = 0; // what rounding has lost
        for (double value : values) {
            rest += value - mean;
        }
        return mean + rest / values.length;
    }
}
