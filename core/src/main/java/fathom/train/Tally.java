package fathom.train;

import fathom.engine.Learner.Score;
import java.util.Optional;

/**
 * Scores of several batches together.
 *
 * @param lossSum sum of the examples' losses
 * @param correct hits among them; only of a classifier
 * @param divergenceSum sum of their divergences; only of a variational autoencoder
 * @param seen how many examples
 */
public record Tally(double lossSum, Optional<Long> correct, Optional<Double> divergenceSum, long seen) {

    /** Of no example. */
    public static final Tally NOTHING = new Tally(0, Optional.empty(), Optional.empty(), 0);

    /** With one batch more. */
    Tally plus(Score score, int examples) {
        return new Tally(
                lossSum + score.loss() * examples,
                score.correct().map(hits -> correct.orElse(0L) + hits),
                score.divergence().map(mean -> divergenceSum.orElse(0.0) + mean * examples),
                seen + examples);
    }

    /** Means over the examples; there must be one. */
    Metrics metrics() {
        return new Metrics(
                lossSum / seen, correct.map(hits -> (double) hits / seen), divergenceSum.map(sum -> sum / seen));
    }
}
