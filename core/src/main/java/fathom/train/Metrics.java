package fathom.train;

import java.util.Optional;

/**
 * How well a network does on many examples.
 *
 * @param loss mean over the examples, nats: of a classifier the negative log-likelihood, of a variational autoencoder the
 *     negative evidence lower bound
 * @param accuracy share of examples whose own class came out on top, 0 … 1; only of a classifier
 * @param divergence how much of the loss is KL(q(z|x) ‖ N(0, 1)), the rest is reconstruction; only of a variational
 *     autoencoder
 */
public record Metrics(double loss, Optional<Double> accuracy, Optional<Double> divergence) {

    public static Metrics ofClasses(double loss, double accuracy) {
        return new Metrics(loss, Optional.of(accuracy), Optional.empty());
    }

    public static Metrics ofBound(double loss, double divergence) {
        return new Metrics(loss, Optional.empty(), Optional.of(divergence));
    }

    /** Whether every number is finite. */
    public boolean isFinite() {
        return Double.isFinite(loss)
                && accuracy.filter(a -> !Double.isFinite(a)).isEmpty()
                && divergence.filter(d -> !Double.isFinite(d)).isEmpty();
    }

    /** The loss without its divergence; only of a variational autoencoder. */
    public Optional<Double> reconstruction() {
        return divergence.map(d -> loss - d);
    }
}
