package fathom.engine;

import fathom.data.Batch;
import fathom.model.Layer;
import fathom.model.Loss;
import fathom.model.Network;
import fathom.model.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The forward pass of a network in 64-bit floats and plain loops, written from the definitions of the layers: the oracle
 * for every engine. Slow; for small networks. Dropout must have rate 0, since its mask is an engine's own.
 */
public final class ReferenceNetwork {
    private final Network network;
    private final Map<String, double[]> weights;
    private final boolean training;
    private final int[] lengths;
    private final Map<String, double[][]> outputs = new LinkedHashMap<>();
    private final Map<String, double[]> averages = new LinkedHashMap<>();
    private double margin = Double.POSITIVE_INFINITY;
    private long bends;

    private ReferenceNetwork(Network network, Map<String, double[]> weights, int[] lengths, boolean training) {
        this.network = network;
        this.weights = weights;
        this.training = training;
        this.lengths = lengths;
    }

    /**
     * What one pass gave.
     *
     * @param outputs by path, examples × numbers
     * @param averages the running averages after the pass, by parameter name; empty at evaluation
     * @param margin how far the nearest ReLU input is from 0, or the nearest runner-up in a max pool from the maximum
     * @param bends names which side of each bend every number took; equal for passes on the same smooth piece
     */
    public record Pass(Map<String, double[][]> outputs, Map<String, double[]> averages, double margin, long bends) {
        /** What the whole network gives out. */
        public double[][] result() {
            return outputs.getOrDefault("", new double[0][]);
        }
    }

    /** @param x examples × numbers */
    public static Pass run(Network network, Map<String, double[]> weights, double[][] x, boolean training) {
        return run(network, weights, x, new int[0], training);
    }

    /** The same on a batch, which may be of sequences shorter than the network's. */
    public static Pass run(Network network, Map<String, double[]> weights, Batch batch, boolean training) {
        return run(network.on(batch.shape()), weights, RandomNetworks.rows(batch), batch.lengths(), training);
    }

    private static Pass run(
            Network network, Map<String, double[]> weights, double[][] x, int[] lengths, boolean training) {
        var reference = new ReferenceNetwork(network, weights, lengths, training);
        reference.layer(network.root(), "", x);
        return new Pass(reference.outputs, reference.averages, reference.margin, reference.bends);
    }

    /** The mean loss of rows of network output. */
    public static double loss(Loss loss, double[][] rows, int[] labels, boolean training) {
        double sum = 0;
        for (int i = 0; i < rows.length; i++) {
            double[] logs = loss instanceof Loss.CrossEntropy ? logSoftmax(rows[i]) : rows[i];
            double smoothing = training && loss instanceof Loss.CrossEntropy(double s) ? s : 0;
            sum -= (1 - smoothing) * logs[labels[i]];
            for (double log : logs) {
                sum -= smoothing / logs.length * log;
            }
        }
        return sum / rows.length;
    }

    /** Logarithm of the softmax of one row. */
    public static double[] logSoftmax(double[] row) {
        double most = Double.NEGATIVE_INFINITY;
        for (double value : row) {
            most = Math.max(most, value);
        }
        double sum = 0;
        for (double value : row) {
            sum += Math.exp(value - most);
        }
        var logs = new double[row.length];
        for (int i = 0; i < row.length; i++) {
            logs[i] = row[i] - most - Math.log(sum);
        }
        return logs;
    }

    private double[][] layer(Layer layer, String path, double[][] x) {
        if (layer instanceof Layer.Named(var _, Layer inner)) {
            return layer(inner, path, x);
        }
        double[][] y = switch (layer) {
            case Layer.Chain(List<Layer> layers) -> {
                double[][] walking = x;
                for (int i = 0; i < layers.size(); i++) {
                    Layer next = layers.get(i);
                    walking = layer(next, Network.childPath(path, next, String.valueOf(i)), walking);
                }
                yield walking;
            }
            case Layer.Branches(List<Layer> branches) -> {
                var parts = new ArrayList<double[][]>();
                for (int i = 0; i < branches.size(); i++) {
                    Layer next = branches.get(i);
                    parts.add(layer(next, Network.childPath(path, next, String.valueOf(i)), x));
                }
                yield join(parts);
            }
            case Layer.Residual(Layer body, Layer shortcut) -> {
                String prefix = path.isEmpty() ? "" : path + ".";
                double[][] left = layer(body, prefix + "body", x);
                double[][] right = layer(shortcut, prefix + "shortcut", x);
                yield each(x.length, i -> sum(left[i], right[i]));
            }
            case Layer.BatchNorm(double epsilon, double momentum) -> batchNorm(path, epsilon, momentum, x);
            case Layer.LayerNorm _ when place(path).in().rank() == 2 -> sequences(layer, path, x);
            case Layer.WordDropout(double rate) -> {
                requireNoDropout(rate);
                yield x;
            }
            case Layer.Embedding _, Layer.Lstm _, Layer.LastToken _, Layer.SequencePool _ -> sequences(layer, path, x);
            default -> each(x.length, i -> single(layer, path, x[i]));
        };
        outputs.put(path, y);
        return y;
    }

    private double[][] sequences(Layer layer, String path, double[][] x) {
        var reference = new ReferenceSequences(weights, path, this::largest);
        int features = place(path).in().size(place(path).in().rank() - 1);
        return each(
                x.length, i -> reference.run(layer, features, x[i], lengths.length == 0 ? x[i].length : lengths[i]));
    }

    /** Layers that see one example at a time. */
    private double[] single(Layer layer, String path, double[] x) {
        var place = place(path);
        return switch (layer) {
            case Layer.Linear _ -> linear(path, place.out().count(), x);
            case Layer.Conv(var _, int kernel, int stride, int padding, var _) ->
                convolution(path, place.in(), place.out(), kernel, stride, padding, x);
            case Layer.TransposedConv t -> transposed(path, place.in(), place.out(), t, x);
            case Layer.LayerNorm(double epsilon) -> layerNorm(path, epsilon, x);
            case Layer.Relu _ -> map(x, value -> bend(value) ? value : 0);
            case Layer.LeakyRelu(double slope) -> map(x, value -> bend(value) ? value : slope * value);
            case Layer.Sigmoid _ -> map(x, value -> 1 / (1 + Math.exp(-value)));
            case Layer.Tanh _ -> map(x, Math::tanh);
            case Layer.LogSoftmax _ -> logSoftmax(x);
            case Layer.MaxPool(int kernel, int stride) -> pool(place.in(), place.out(), kernel, stride, true, x);
            case Layer.AveragePool(int kernel, int stride) -> pool(place.in(), place.out(), kernel, stride, false, x);
            case Layer.Dropout(double rate) -> {
                requireNoDropout(rate);
                yield x;
            }
            case Layer.Flatten _, Layer.Unflatten _ -> x;
            case Layer.Reparameterise _ -> Arrays.copyOf(x, x.length / 2); // without noise, as in a prediction
            case Layer.Embedding _,
                    Layer.Lstm _,
                    Layer.LastToken _,
                    Layer.SequencePool _,
                    Layer.WordDropout _,
                    Layer.BatchNorm _,
                    Layer.Chain _,
                    Layer.Named _,
                    Layer.Branches _,
                    Layer.Residual _ -> throw new IllegalArgumentException("not a layer of single examples: " + layer);
        };
    }

    private void requireNoDropout(double rate) {
        if (training && rate > 0) {
            throw new IllegalArgumentException("the reference has no dropout; use rate 0");
        }
    }

    private double[] linear(String path, int units, double[] x) {
        double[] weight = array(path, "weight");
        double[] bias = arrayOrZeros(path, "bias", units);
        var y = bias.clone();
        for (int u = 0; u < units; u++) {
            for (int i = 0; i < x.length; i++) {
                y[u] += weight[u * x.length + i] * x[i];
            }
        }
        return y;
    }

    private double[] convolution(String path, Shape in, Shape out, int kernel, int stride, int padding, double[] x) {
        double[] weight = array(path, "weight");
        double[] bias = arrayOrZeros(path, "bias", out.size(0));
        var y = new double[out.count()];
        for (int to = 0; to < out.size(0); to++) {
            for (int row = 0; row < out.size(1); row++) {
                for (int column = 0; column < out.size(2); column++) {
                    double sum = bias[to];
                    for (int from = 0; from < in.size(0); from++) {
                        for (int i = 0; i < kernel; i++) {
                            for (int j = 0; j < kernel; j++) {
                                sum += at(weight, in.size(0), kernel, to, from, i, j)
                                        * pixel(in, x, from, row * stride - padding + i, column * stride - padding + j);
                            }
                        }
                    }
                    y[(to * out.size(1) + row) * out.size(2) + column] = sum;
                }
            }
        }
        return y;
    }

    /** Each input pixel adds its filter, scaled, to the output around {@code position · stride − padding}. */
    private double[] transposed(String path, Shape in, Shape out, Layer.TransposedConv t, double[] x) {
        double[] weight = array(path, "weight");
        double[] bias = arrayOrZeros(path, "bias", out.size(0));
        var y = new double[out.count()];
        for (int to = 0; to < out.size(0); to++) {
            for (int pixel = 0; pixel < out.size(1) * out.size(2); pixel++) {
                y[to * out.size(1) * out.size(2) + pixel] = bias[to];
            }
            for (int from = 0; from < in.size(0); from++) {
                for (int row = 0; row < in.size(1); row++) {
                    for (int column = 0; column < in.size(2); column++) {
                        for (int i = 0; i < t.kernel(); i++) {
                            for (int j = 0; j < t.kernel(); j++) {
                                int r = row * t.stride() - t.padding() + i;
                                int c = column * t.stride() - t.padding() + j;
                                if (r >= 0 && r < out.size(1) && c >= 0 && c < out.size(2)) {
                                    y[(to * out.size(1) + r) * out.size(2) + c] +=
                                            at(weight, out.size(0), t.kernel(), from, to, i, j)
                                                    * pixel(in, x, from, row, column);
                                }
                            }
                        }
                    }
                }
            }
        }
        return y;
    }

    private double[][] batchNorm(String path, double epsilon, double momentum, double[][] x) {
        int channels = place(path).in().size(0);
        int positions = x[0].length / channels;
        double count = (double) x.length * positions;
        double[] runningMean = array(path, "running_mean").clone();
        double[] runningVariance = array(path, "running_var").clone();
        var y = new double[x.length][x[0].length];
        for (int channel = 0; channel < channels; channel++) {
            double mean = runningMean[channel];
            double variance = runningVariance[channel];
            if (training) {
                mean = 0;
                for (double[] example : x) {
                    for (int p = 0; p < positions; p++) {
                        mean += example[channel * positions + p] / count;
                    }
                }
                variance = 0;
                for (double[] example : x) {
                    for (int p = 0; p < positions; p++) {
                        variance += Math.pow(example[channel * positions + p] - mean, 2) / count;
                    }
                }
                runningMean[channel] += momentum * (mean - runningMean[channel]);
                runningVariance[channel] += momentum * (variance * count / (count - 1) - runningVariance[channel]);
            }
            double scale = array(path, "weight")[channel] / Math.sqrt(variance + epsilon);
            for (int i = 0; i < x.length; i++) {
                for (int p = channel * positions; p < (channel + 1) * positions; p++) {
                    y[i][p] = (x[i][p] - mean) * scale + array(path, "bias")[channel];
                }
            }
        }
        if (training) {
            averages.put(name(path, "running_mean"), runningMean);
            averages.put(name(path, "running_var"), runningVariance);
        }
        return y;
    }

    private double[] layerNorm(String path, double epsilon, double[] x) {
        double mean = 0;
        for (double value : x) {
            mean += value / x.length;
        }
        double variance = 0;
        for (double value : x) {
            variance += (value - mean) * (value - mean) / x.length;
        }
        var y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = (x[i] - mean) / Math.sqrt(variance + epsilon) * array(path, "weight")[i] + array(path, "bias")[i];
        }
        return y;
    }

    private double[] pool(Shape in, Shape out, int kernel, int stride, boolean largest, double[] x) {
        var y = new double[out.count()];
        for (int channel = 0; channel < out.size(0); channel++) {
            for (int row = 0; row < out.size(1); row++) {
                for (int column = 0; column < out.size(2); column++) {
                    var window = new double[kernel * kernel];
                    for (int i = 0; i < kernel; i++) {
                        for (int j = 0; j < kernel; j++) {
                            window[i * kernel + j] = pixel(in, x, channel, row * stride + i, column * stride + j);
                        }
                    }
                    y[(channel * out.size(1) + row) * out.size(2) + column] =
                            largest ? largest(window) : Arrays.stream(window).sum() / window.length;
                }
            }
        }
        return y;
    }

    private double largest(double[] window) {
        int best = 0;
        for (int i = 1; i < window.length; i++) {
            if (window[i] > window[best]) {
                best = i;
            }
        }
        for (double other : window) {
            if (other < window[best]) { // equal numbers are zeros of a ReLU, which move together
                margin = Math.min(margin, window[best] - other);
            }
        }
        bends = bends * 31 + best;
        return window[best];
    }

    /** Whether the number is on the upper side of the bend at 0. */
    private boolean bend(double value) {
        if (value != 0 || !network.isOfSequences()) { // a zero of a sequence is padding
            margin = Math.min(margin, Math.abs(value));
        }
        bends = bends * 31 + (value > 0 ? 1 : 2);
        return value > 0;
    }

    private Network.Place place(String path) {
        return network.at(path);
    }

    private static String name(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private double[] array(String path, String name) {
        double[] array = weights.get(name(path, name));
        if (array == null) {
            throw new IllegalArgumentException("no array " + name(path, name));
        }
        return array;
    }

    private double[] arrayOrZeros(String path, String name, int length) {
        return weights.getOrDefault(name(path, name), new double[length]);
    }

    private static double at(double[] weight, int second, int kernel, int a, int b, int i, int j) {
        return weight[((a * second + b) * kernel + i) * kernel + j];
    }

    /** A pixel, or 0 in the padding. */
    private static double pixel(Shape shape, double[] x, int channel, int row, int column) {
        boolean inside = row >= 0 && row < shape.size(1) && column >= 0 && column < shape.size(2);
        return inside ? x[(channel * shape.size(1) + row) * shape.size(2) + column] : 0;
    }

    private static double[][] join(List<double[][]> parts) {
        return each(
                parts.getFirst().length,
                i -> parts.stream()
                        .flatMapToDouble(part -> Arrays.stream(part[i]))
                        .toArray());
    }

    private static double[] sum(double[] a, double[] b) {
        var y = new double[a.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = a[i] + b[i];
        }
        return y;
    }

    private static double[] map(double[] x, DoubleUnaryOperator function) {
        return Arrays.stream(x).map(function).toArray();
    }

    private static double[][] each(int examples, IntFunction<double[]> function) {
        return IntStream.range(0, examples).mapToObj(function).toArray(double[][]::new);
    }
}
