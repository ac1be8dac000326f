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

    /** Normalises all numbers of one example, then scales and shifts each (Ba, Kiros and Hinton 2016). */
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
