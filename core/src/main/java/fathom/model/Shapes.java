package fathom.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The rules of each layer: which shape it makes, which arrays it owns, how much it multiplies. */
final class Shapes {
    private Shapes() {}

    /** What a layer makes of {@code in}, or an exception that a newcomer can act on. */
    static Shape after(Layer layer, String path, Shape in) {
        return switch (layer) {
            case Layer.Linear(int units, var _) -> {
                require(in.rank() == 1, layer, path, "needs a flat vector, got %s: put flatten before it", in);
                yield Shape.of(units);
            }
            case Layer.Conv(int channels, int kernel, int stride, int padding, var _) -> {
                requirePicture(layer, path, in);
                yield array(
                        layer,
                        path,
                        channels,
                        windows(layer, path, in, in.height() + 2L * padding, kernel, stride),
                        windows(layer, path, in, in.width() + 2L * padding, kernel, stride));
            }
            case Layer.TransposedConv t -> {
                requirePicture(layer, path, in);
                yield picture(layer, path, t.channels(), transposed(t, in.height()), transposed(t, in.width()));
            }
            case Layer.MaxPool(int kernel, int stride) -> pooled(layer, path, in, kernel, stride);
            case Layer.AveragePool(int kernel, int stride) -> pooled(layer, path, in, kernel, stride);
            case Layer.BatchNorm _ -> {
                require(in.rank() != 2, layer, path, "needs a picture or a flat vector, got %s", in);
                yield in;
            }
            case Layer.LogSoftmax _ -> {
                require(in.rank() == 1, layer, path, "needs a flat vector, got %s: put flatten before it", in);
                yield in;
            }
            case Layer.Flatten _ -> {
                require(
                        in.rank() != 2,
                        layer,
                        path,
                        "would mix real tokens with padding, got a sequence %s: put lastToken or sequencePool before it",
                        in);
                yield Shape.of(in.count());
            }
            case Layer.Embedding(int words, int units, var _, var _) -> {
                requireTokens(layer, path, in);
                array(layer, path, words, units);
                yield array(layer, path, in.count(), units);
            }
            case Layer.Lstm(int units, boolean bidirectional) -> {
                requireSequence(layer, path, in);
                yield array(layer, path, in.size(0), bidirectional ? 2L * units : units);
            }
            case Layer.LastToken(boolean bidirectional) -> {
                requireSequence(layer, path, in);
                require(
                        !bidirectional || in.size(1) % 2 == 0,
                        layer,
                        path,
                        "needs an even number of features to take half of each direction, got %s",
                        in);
                yield Shape.of(in.size(1));
            }
            case Layer.SequencePool _ -> {
                requireSequence(layer, path, in);
                yield Shape.of(in.size(1));
            }
            case Layer.WordDropout _ -> {
                requireTokens(layer, path, in);
                yield in;
            }
            case Layer.Reparameterise _ -> {
                require(
                        in.rank() == 1 && in.count() % 2 == 0,
                        layer,
                        path,
                        "needs a flat vector of means and as many log-variances, got %s",
                        in);
                yield Shape.of(in.count() / 2);
            }
            case Layer.Unflatten(int channels, int height, int width) -> {
                Shape out = picture(layer, path, channels, height, width);
                require(
                        in.rank() == 1 && in.count() == out.count(),
                        layer,
                        path,
                        "needs a flat vector of %d numbers, got %s",
                        out.count(),
                        in);
                yield out;
            }
            case Layer.LayerNorm _, Layer.Relu _, Layer.LeakyRelu _, Layer.Sigmoid _, Layer.Tanh _, Layer.Dropout _ ->
                in;
            case Layer.Chain _, Layer.Named _, Layer.Branches _, Layer.Residual _ ->
                throw new IllegalArgumentException("a composite has its shape from its parts: " + layer);
        };
    }

    /** The shape of branches joined along the first axis. */
    static Shape joined(String path, List<Shape> shapes) {
        Shape first = shapes.getFirst();
        if (first.rank() == 2) {
            throw new ModelException(
                    "%s: branches of sequences cannot be joined, got %s: put lastToken or sequencePool into each"
                            .formatted(at(path), shapes));
        }
        int channels = 0;
        for (Shape shape : shapes) {
            boolean fits = shape.rank() == first.rank()
                    && shape.sizes()
                            .subList(1, shape.rank())
                            .equals(first.sizes().subList(1, first.rank()));
            if (!fits) {
                throw new ModelException(
                        ("%s: branches can be joined on channels only if the rest of their shapes agrees,"
                                        + " got %s: change padding or stride in one of them")
                                .formatted(at(path), shapes));
            }
            channels += shape.size(0);
        }
        var sizes = new java.util.ArrayList<>(first.sizes());
        sizes.set(0, channels);
        return new Shape(sizes);
    }

    /** The shape of a residual sum. */
    static Shape summed(String path, Shape body, Shape shortcut) {
        if (!body.equals(shortcut)) {
            throw new ModelException(
                    "%s: a residual sum needs equal shapes, but the body gives %s and the shortcut %s: add a 1×1 convolution as shortcut"
                            .formatted(at(path), body, shortcut));
        }
        return body;
    }

    /** The arrays that a layer owns, given its input. */
    static List<Parameter> parameters(Layer layer, String path, Shape in) {
        String prefix = path.isEmpty() ? "" : path + ".";
        return switch (layer) {
            case Layer.Linear(int units, boolean bias) ->
                weightAndBias(prefix, array(layer, path, units, in.count()), in.count(), units, bias);
            case Layer.Conv(int channels, int kernel, var _, var _, boolean bias) ->
                weightAndBias(
                        prefix,
                        array(layer, path, channels, in.channels(), kernel, kernel),
                        in.channels() * kernel * kernel,
                        channels,
                        bias);
            // PyTorch takes the fan of a transposed convolution from its second axis, the output channels.
            case Layer.TransposedConv t ->
                weightAndBias(
                        prefix,
                        array(layer, path, in.channels(), t.channels(), t.kernel(), t.kernel()),
                        t.channels() * t.kernel() * t.kernel(),
                        t.channels(),
                        t.bias());
            case Layer.BatchNorm _ -> {
                Shape perChannel = Shape.of(in.size(0));
                yield List.of(
                        Parameter.constant(prefix + "weight", perChannel, 1, true),
                        Parameter.constant(prefix + "bias", perChannel, 0, true),
                        Parameter.constant(prefix + "running_mean", perChannel, 0, false),
                        Parameter.constant(prefix + "running_var", perChannel, 1, false));
            }
            case Layer.LayerNorm _ -> {
                Shape normalised = in.rank() == 2 ? Shape.of(in.size(1)) : in;
                yield List.of(
                        Parameter.constant(prefix + "weight", normalised, 1, true),
                        Parameter.constant(prefix + "bias", normalised, 0, true));
            }
            case Layer.Embedding(int words, int units, boolean frozen, double deviation) ->
                List.of(new Parameter(
                        prefix + "weight",
                        Shape.of(words, units),
                        new Parameter.Start.Normal(deviation, units),
                        !frozen));
            case Layer.Lstm(int units, boolean bidirectional) -> {
                var arrays = new ArrayList<>(ofDirection(layer, path, in.size(1), units, ""));
                if (bidirectional) {
                    arrays.addAll(ofDirection(layer, path, in.size(1), units, "_reverse"));
                }
                yield arrays;
            }
            case Layer.Relu _,
                    Layer.LeakyRelu _,
                    Layer.Sigmoid _,
                    Layer.Tanh _,
                    Layer.LogSoftmax _,
                    Layer.MaxPool _,
                    Layer.AveragePool _,
                    Layer.Dropout _,
                    Layer.Reparameterise _,
                    Layer.Flatten _,
                    Layer.Unflatten _,
                    Layer.LastToken _,
                    Layer.SequencePool _,
                    Layer.WordDropout _,
                    Layer.Chain _,
                    Layer.Named _,
                    Layer.Branches _,
                    Layer.Residual _ -> List.of();
        };
    }

    /** One direction of an LSTM; PyTorch takes the bound of all its arrays from the units. */
    private static List<Parameter> ofDirection(Layer layer, String path, int features, int units, String suffix) {
        String prefix = path.isEmpty() ? "" : path + ".";
        long gates = 4L * units;
        return List.of(
                Parameter.uniform(prefix + "weight_ih_l0" + suffix, array(layer, path, gates, features), units),
                Parameter.uniform(prefix + "weight_hh_l0" + suffix, array(layer, path, gates, units), units),
                Parameter.uniform(prefix + "bias_ih_l0" + suffix, array(layer, path, gates), units),
                Parameter.uniform(prefix + "bias_hh_l0" + suffix, array(layer, path, gates), units));
    }

    static long multiplyAdds(Layer layer, Shape in, Shape out) {
        return switch (layer) {
            case Layer.Linear(int units, var _) -> (long) units * in.count();
            case Layer.Conv(var _, int kernel, var _, var _, var _) ->
                (long) out.count() * in.channels() * kernel * kernel;
            case Layer.TransposedConv t -> (long) in.count() * t.channels() * t.kernel() * t.kernel();
            case Layer.Lstm(int units, boolean bidirectional) ->
                4L * units * (in.size(1) + units) * in.size(0) * (bidirectional ? 2 : 1);
            default -> 0;
        };
    }

    /** How a message names a place. */
    static String at(String path) {
        return path.isEmpty() ? "the network" : "layer " + path;
    }

    /** The kind of a layer as tables and documents spell it: {@code maxPool}. */
    static String kind(Layer layer) {
        String name = layer.getClass().getSimpleName();
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    /** A layer in a few words, for tables. */
    static String title(Layer layer) {
        return switch (layer) {
            case Layer.Linear(int units, var _) -> "linear " + units;
            case Layer.Conv c -> "conv %s, %d".formatted(window(c.kernel(), c.stride(), c.padding()), c.channels());
            case Layer.TransposedConv c ->
                "transposedConv %s, %d".formatted(window(c.kernel(), c.stride(), c.padding()), c.channels());
            case Layer.MaxPool(int kernel, int stride) -> "maxPool " + window(kernel, stride, 0);
            case Layer.AveragePool(int kernel, int stride) -> "averagePool " + window(kernel, stride, 0);
            case Layer.Dropout(double rate) -> "dropout " + rate;
            case Layer.LeakyRelu(double slope) -> "leakyRelu " + slope;
            case Layer.Embedding(int words, int units, boolean frozen, var _) ->
                "embedding %d of %d words%s".formatted(units, words, frozen ? ", frozen" : "");
            case Layer.Lstm(int units, boolean bidirectional) ->
                "lstm " + units + (bidirectional ? ", both directions" : "");
            case Layer.LastToken(boolean bidirectional) -> "lastToken" + (bidirectional ? " of both directions" : "");
            case Layer.SequencePool(var kind) -> "sequencePool " + kind.name().toLowerCase(Locale.ROOT);
            case Layer.WordDropout(double rate) -> "wordDropout " + rate;
            default -> kind(layer);
        };
    }

    private static String window(int kernel, int stride, int padding) {
        return "%d×%d".formatted(kernel, kernel)
                + (stride == 1 ? "" : " stride " + stride)
                + (padding == 0 ? "" : " pad " + padding);
    }

    private static List<Parameter> weightAndBias(String prefix, Shape weight, int fanIn, int outputs, boolean bias) {
        var weights = Parameter.uniform(prefix + "weight", weight, fanIn);
        return bias ? List.of(weights, Parameter.uniform(prefix + "bias", Shape.of(outputs), fanIn)) : List.of(weights);
    }

    private static Shape pooled(Layer layer, String path, Shape in, int kernel, int stride) {
        requirePicture(layer, path, in);
        return array(
                layer,
                path,
                in.channels(),
                windows(layer, path, in, in.height(), kernel, stride),
                windows(layer, path, in, in.width(), kernel, stride));
    }

    private static int windows(Layer layer, String path, Shape in, long side, int kernel, int stride) {
        require(
                side >= kernel,
                layer,
                path,
                "has a %d×%d window, larger than its (padded) input %s: use a smaller kernel, more padding or less pooling before it",
                kernel,
                kernel,
                in);
        return Math.toIntExact((side - kernel) / stride + 1);
    }

    private static long transposed(Layer.TransposedConv t, int side) {
        return (side - 1L) * t.stride() - 2L * t.padding() + t.kernel() + t.outputPadding();
    }

    private static void requirePicture(Layer layer, String path, Shape in) {
        require(
                in.isPicture(),
                layer,
                path,
                "needs a picture (channels × height × width), got %s: put unflatten before it, or move it before flatten",
                in);
    }

    private static void requireTokens(Layer layer, String path, Shape in) {
        require(
                in.rank() == 1,
                layer,
                path,
                "needs a sequence of word numbers, got %s: it stands at the beginning",
                in);
    }

    static void requireWords(Layer layer, String path, boolean areWords) {
        if (!areWords) {
            throw new ModelException(
                    "%s (%s) needs word numbers as the batch holds them: only wordDropout may stand before it"
                            .formatted(at(path), kind(layer)));
        }
    }

    private static void requireSequence(Layer layer, String path, Shape in) {
        require(
                in.rank() == 2,
                layer,
                path,
                "needs a sequence (tokens × features), got %s: put embedding before it",
                in);
    }

    private static Shape picture(Layer layer, String path, long channels, long height, long width) {
        require(
                height > 0 && width > 0,
                layer,
                path,
                "would make a picture of %d×%d pixels: use less padding or a larger kernel",
                height,
                width);
        return array(layer, path, channels, height, width);
    }

    private static Shape array(Layer layer, String path, long... sizes) {
        double count = java.util.Arrays.stream(sizes).asDoubleStream().reduce(1, (a, b) -> a * b);
        require(count < 1L << 31, layer, path, "would need an array of %.0f numbers; 2^31 − 1 is the most", count);
        return Shape.of(
                java.util.Arrays.stream(sizes).mapToInt(Math::toIntExact).toArray());
    }

    private static void require(boolean holds, Layer layer, String path, String message, Object... details) {
        if (!holds) {
            throw new ModelException(
                    "%s (%s) %s".formatted(at(path), kind(layer), String.format(Locale.ROOT, message, details)));
        }
    }
}
