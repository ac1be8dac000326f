package fathom.model;

import fathom.config.Default;
import java.util.List;

/**
 * One layer of a network, or several joined to one, as a plain value. Input sizes are not part of it: they are inferred
 * where the network meets its input ({@link Network}), so a model never repeats {@code 16 * 5 * 5}.
 *
 * <p>The value serves every use: shape check, parameter count, layer table, YAML and JSON, building in an engine, and the
 * paths at which one can look inside. A new layer is one record here; the compiler then lists each {@code switch} that it
 * must join. Kernels, strides and paddings are square, in pixels.
 */
public sealed interface Layer {

    /** {@code y = x Wᵀ + b} on a vector: {@code units} outputs. */
    record Linear(int units, @Default("true") boolean bias) implements Layer {
        public Linear {
            Require.positive("units", units);
        }
    }

    /** Cross-correlation of a picture with {@code channels} filters, zero padding on each side. */
    record Conv(
            int channels,
            int kernel,
            @Default("1") int stride,
            @Default("0") int padding,
            @Default("true") boolean bias)
            implements Layer {
        public Conv {
            Require.positive("channels", channels);
            Require.window(kernel, stride);
            Require.between("padding", padding, 0, kernel - 1);
        }
    }

    /**
     * The transpose of a convolution (its gradient in the input): side {@code (n − 1)·stride − 2·padding + kernel +
     * outputPadding}.
     */
    record TransposedConv(
            int channels,
            int kernel,
            @Default("1") int stride,
            @Default("0") int padding,
            @Default("0") int outputPadding,
            @Default("true") boolean bias)
            implements Layer {
        public TransposedConv {
            Require.positive("channels", channels);
            Require.window(kernel, stride);
            Require.between("padding", padding, 0, kernel - 1);
            Require.between("outputPadding", outputPadding, 0, stride - 1);
        }
    }

    /**
     * Normalises each channel of a picture, or each unit of a vector, over the batch; at evaluation by running averages
     * (Ioffe and Szegedy 2015). {@code momentum} is the weight of the newest batch in them.
     */
    record BatchNorm(
            @Default("1e-5") double epsilon, @Default("0.1") double momentum) implements Layer {
        public BatchNorm {
            Require.fraction("epsilon", epsilon);
            Require.fraction("momentum", momentum);
        }
    }

    /**
     * Normalises all numbers of one example, or the features of each token of a sequence, then scales and shifts each (Ba,
     * Kiros and Hinton 2016).
     */
    record LayerNorm(@Default("1e-5") double epsilon) implements Layer {
        public LayerNorm {
            Require.fraction("epsilon", epsilon);
        }
    }

    /** {@code max(0, x)}. */
    record Relu() implements Layer {}

    /** {@code x} where positive, {@code slope · x} elsewhere (Maas et al. 2013). */
    record LeakyRelu(@Default("0.01") double slope) implements Layer {
        public LeakyRelu {
            Require.fraction("slope", slope);
        }
    }

    /** {@code 1 / (1 + e⁻ˣ)}. */
    record Sigmoid() implements Layer {}

    /** Hyperbolic tangent. */
    record Tanh() implements Layer {}

    /** Logarithm of the softmax over a vector. */
    record LogSoftmax() implements Layer {}

    /** The largest of each window, without padding; windows overlap where the stride is below the kernel. */
    record MaxPool(int kernel, int stride) implements Layer {
        public MaxPool {
            Require.window(kernel, stride);
        }
    }

    /** The mean of each window, without padding; windows overlap where the stride is below the kernel. */
    record AveragePool(int kernel, int stride) implements Layer {
        public AveragePool {
            Require.window(kernel, stride);
        }
    }

    /** Sets each number to zero with probability {@code rate} and scales the rest by 1 / (1 − rate); training only. */
    record Dropout(double rate) implements Layer {
        public Dropout {
            if (!(rate >= 0 && rate < 1)) {
                throw new IllegalArgumentException("rate must be at least 0 and below 1, got " + rate);
            }
        }
    }

    /**
     * Means, then as many logarithms of variances, to draws of these normal numbers: {@code z = μ + e^(½ log σ²)·ε}, ε
     * standard normal (Kingma and Welling 2014, section 2.4). Half as many numbers leave it. A prediction takes the means.
     */
    record Reparameterise() implements Layer {}

    /** Any shape as a vector. */
    record Flatten() implements Layer {}

    /** A vector as a picture of this many channels, rows and columns. */
    record Unflatten(int channels, int height, int width) implements Layer {
        public Unflatten {
            Require.positive("channels", channels);
            Require.positive("height", height);
            Require.positive("width", width);
        }
    }

    /**
     * Numbers of words to vectors: T → T×{@code units}. Number 0 is padding, whose vector is zero and stays so; the others
     * begin normally distributed around 0.
     *
     * @param words how many numbers there are, 0 and 1 (unknown) among them
     * @param frozen whether the vectors stay as they are given
     * @param deviation of the first vectors; 1 is PyTorch's
     */
    record Embedding(
            int words,
            int units,
            @Default("false") boolean frozen,
            @Default("1") double deviation) implements Layer {
        public Embedding {
            Require.atLeast("words", words, 2);
            Require.positive("units", units);
            Require.fraction("deviation", deviation);
        }
    }

    /**
     * A long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000) over the tokens
     * of a sequence, T×F → T×{@code units}; its state is zero before the first token. With {@code bidirectional} a second
     * one walks from each example's own last token to its first, and its states stand behind those of the first:
     * T×2·{@code units}.
     */
    record Lstm(int units, @Default("false") boolean bidirectional) implements Layer {
        public Lstm {
            Require.between("units", units, 1, 1 << 16);
        }
    }

    /**
     * The state after reading the whole sequence, T×F → F: the features of each example's last real token. With
     * {@code bidirectional}, for an LSTM of both directions, the second half is that of token 0, where the way back ends.
     */
    record LastToken(@Default("false") boolean bidirectional) implements Layer {}

    /** The mean, or the largest, of each feature over an example's real tokens: T×F → F. */
    record SequencePool(Kind kind) implements Layer {
        /** What is taken of a feature. */
        public enum Kind {
            MEAN,
            MAX
        }
    }

    /** Makes each real token the unknown one (number 1) with probability {@code rate}; training only. */
    record WordDropout(double rate) implements Layer {
        public WordDropout {
            if (!(rate >= 0 && rate < 1)) {
                throw new IllegalArgumentException("rate must be at least 0 and below 1, got " + rate);
            }
        }
    }

    /** Every branch sees the same input; their outputs are joined along the channels (or units). */
    record Branches(List<Layer> branches) implements Layer {
        public Branches {
            branches = List.copyOf(branches);
            Require.atLeast("branches", branches.size(), 2);
        }
    }

    /** {@code body(x) + shortcut(x)} (He et al. 2016); an empty chain as shortcut is the identity. */
    record Residual(Layer body, @Default("{chain: []}") Layer shortcut) implements Layer {}

    /** One layer after the other. */
    record Chain(List<Layer> layers) implements Layer {
        public Chain {
            layers = List.copyOf(layers);
        }
    }

    /** A layer whose path is {@code name} instead of a number, for tables, taps and saved weights. */
    record Named(String name, Layer layer) implements Layer {
        public Named {
            Require.name(name);
        }
    }

    static Layer linear(int units) {
        return new Linear(units, true);
    }

    static Layer conv(int channels, int kernel) {
        return conv(channels, kernel, 1, 0);
    }

    static Layer conv(int channels, int kernel, int stride, int padding) {
        return new Conv(channels, kernel, stride, padding, true);
    }

    /** A convolution of stride 1 that keeps the picture's size; the kernel must be odd. */
    static Layer convSame(int channels, int kernel) {
        if (kernel % 2 == 0) {
            throw new IllegalArgumentException("only an odd kernel keeps the size, got " + kernel);
        }
        return conv(channels, kernel, 1, kernel / 2);
    }

    static Layer transposedConv(int channels, int kernel, int stride, int padding, int outputPadding) {
        return new TransposedConv(channels, kernel, stride, padding, outputPadding, true);
    }

    static Layer batchNorm() {
        return new BatchNorm(1e-5, 0.1);
    }

    static Layer layerNorm() {
        return new LayerNorm(1e-5);
    }

    static Layer relu() {
        return new Relu();
    }

    static Layer leakyRelu() {
        return new LeakyRelu(0.01);
    }

    static Layer sigmoid() {
        return new Sigmoid();
    }

    static Layer tanh() {
        return new Tanh();
    }

    static Layer logSoftmax() {
        return new LogSoftmax();
    }

    static Layer maxPool(int kernel) {
        return new MaxPool(kernel, kernel);
    }

    static Layer maxPool(int kernel, int stride) {
        return new MaxPool(kernel, stride);
    }

    static Layer averagePool(int kernel, int stride) {
        return new AveragePool(kernel, stride);
    }

    static Layer dropout(double rate) {
        return new Dropout(rate);
    }

    static Layer flatten() {
        return new Flatten();
    }

    static Layer unflatten(int channels, int height, int width) {
        return new Unflatten(channels, height, width);
    }

    static Layer embedding(int words, int units) {
        return new Embedding(words, units, false, 1);
    }

    static Layer lstm(int units) {
        return new Lstm(units, false);
    }

    static Layer bidirectionalLstm(int units) {
        return new Lstm(units, true);
    }

    /** The last token's state of an LSTM of one direction. */
    static Layer lastToken() {
        return new LastToken(false);
    }

    static Layer sequencePool(SequencePool.Kind kind) {
        return new SequencePool(kind);
    }

    static Layer wordDropout(double rate) {
        return new WordDropout(rate);
    }

    static Layer branches(Layer... branches) {
        return new Branches(List.of(branches));
    }

    static Layer residual(Layer body) {
        return new Residual(body, chain());
    }

    static Layer residual(Layer body, Layer shortcut) {
        return new Residual(body, shortcut);
    }

    static Layer chain(Layer... layers) {
        return new Chain(List.of(layers));
    }

    static Layer named(String name, Layer... layers) {
        return new Named(name, layers.length == 1 ? layers[0] : chain(layers));
    }
}
