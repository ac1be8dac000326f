package fathom.manifold;

import java.util.Arrays;

/**
 * Turns the squared distances of one point's neighbours into probabilities p(j|i) ∝ exp(−β·d²) whose entropy is the
 * logarithm of the perplexity (van der Maaten and Hinton 2008), to 1e-6.
 *
 * <p>Where no β can do that the limit is taken: with no more neighbours than the perplexity all are equally likely, and with
 * at least so many at the smallest distance those are, and the others have 0.
 */
final class Calibration {
    private static final double TOLERANCE = 1e-6;
    private static final int MOST_STEPS = 200;

    private final double perplexity;
    private final double[] above;
    private final double[] weights;

    Calibration(double perplexity, int k) {
        this.perplexity = perplexity;
        this.above = new double[k];
        this.weights = new double[k];
    }

    /** The probabilities of k neighbours whose squared distances stand at {@code at}; the array is used again. */
    double[] calibrate(float[] squared, int at) {
        int k = above.length;
        double least = Double.POSITIVE_INFINITY;
        for (int j = 0; j < k; j++) {
            least = Math.min(least, squared[at + j]);
        }
        int nearest = 0;
        double mean = 0;
        for (int j = 0; j < k; j++) {
            above[j] = squared[at + j] - least;
            mean += above[j] / k;
            nearest += above[j] == 0 ? 1 : 0;
        }
        if (k <= perplexity || mean == 0) {
            Arrays.fill(weights, 1.0 / k);
        } else if (nearest >= perplexity) {
            for (int j = 0; j < k; j++) {
                weights[j] = above[j] == 0 ? 1.0 / nearest : 0;
            }
        } else {
            solve(1 / mean);
        }
        return weights;
    }

    /** Newton's steps on the entropy, whose slope in β is −β·Var(d²), kept inside a bracket that halves when they leave it. */
    private void solve(double start) {
        double target = Math.log(perplexity);
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double beta = start;
        double sum = 0;
        for (int step = 0; step < MOST_STEPS; step++) {
            sum = 0;
            double first = 0;
            double second = 0;
            for (int j = 0; j < above.length; j++) {
                double weight = Math.exp(-beta * above[j]);
                weights[j] = weight;
                sum += weight;
                first += weight * above[j];
                second += weight * above[j] * above[j];
            }
            double mean = first / sum;
            double excess = Math.log(sum) + beta * mean - target;
            if (Math.abs(excess) < TOLERANCE) {
                break;
            }
            if (excess > 0) {
                low = beta;
            } else {
                high = beta;
            }
            double newton = beta + excess / (beta * (second / sum - mean * mean));
            beta = newton > low && newton < high ? newton : Double.isInfinite(high) ? beta * 2 : (low + high) / 2;
        }
        for (int j = 0; j < weights.length; j++) {
            weights[j] /= sum;
        }
    }
}
