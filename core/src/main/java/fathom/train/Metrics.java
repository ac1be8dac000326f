package fathom.train;

/**
 * How well a network does on many examples.
 *
 * @param loss mean negative log-likelihood, nats an example
 * @param accuracy share of examples whose own class came out on top, 0 … 1
 */
public record Metrics(double loss, double accuracy) {}
