package fathom.model;

/**
 * One named array of a network: {@code block1.0.weight}, its sizes, and how it begins.
 *
 * <p>Names and layouts are those of a PyTorch {@code Sequential}: linear weights are units × inputs, convolutions
 * channels × inputs × kernel × kernel, transposed convolutions inputs × channels × kernel × kernel, embeddings words ×
 * units, those of an LSTM four gates (input, forget, candidate, output) of {@code units} rows each.
 *
 * @param trained whether the optimiser moves it; running averages of batch norm are kept, not trained
 */
public record Parameter(String name, Shape shape, Start start, boolean trained) {

    /** How the array is filled before the first step. */
    public sealed interface Start {
        /** Uniform in ±{@code bound}; PyTorch's default for weights and biases is 1 / √(fan in). */
        record Uniform(double bound) implements Start {}

        /** Normal around 0; the first so many numbers (an embedding's padding) are 0. */
        record Normal(double deviation, int zeros) implements Start {}

        /** Every number the same. */
        record Constant(double value) implements Start {}
    }

    static Parameter uniform(String name, Shape shape, int fanIn) {
        return new Parameter(name, shape, new Start.Uniform(1 / Math.sqrt(fanIn)), true);
    }

    static Parameter constant(String name, Shape shape, double value, boolean trained) {
        return new Parameter(name, shape, new Start.Constant(value), trained);
    }
}
