package fathom.engine;

import fathom.model.Layer;
import java.util.Arrays;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Layers of sequences in 64-bit floats, one example and one token at a time; part of {@link ReferenceNetwork}. */
final class ReferenceSequences {
    private final Map<String, double[]> weights;
    private final String prefix;
    private final ToDoubleFunction<double[]> largest;

    /** @param largest takes the largest of some numbers, and notes how far the others are */
    ReferenceSequences(Map<String, double[]> weights, String path, ToDoubleFunction<double[]> largest) {
        this.weights = weights;
        this.largest = largest;
        prefix = path.isEmpty() ? "" : path + ".";
    }

    /** One example, of which {@code length} tokens are real. */
    double[] run(Layer layer, int features, double[] x, int length) {
        return switch (layer) {
            case Layer.Embedding e -> embedding(e.units(), x, length);
            case Layer.LayerNorm(double epsilon) -> layerNorm(epsilon, features, x, length);
            case Layer.Lstm lstm -> lstm(lstm, features, x, length);
            case Layer.LastToken(boolean bidirectional) -> lastToken(bidirectional, features, x, length);
            case Layer.SequencePool(var kind) -> pool(kind, features, x, length);
            default -> throw new IllegalArgumentException("not a layer of sequences: " + layer);
        };
    }

    private double[] pool(Layer.SequencePool.Kind kind, int features, double[] x, int length) {
        var y = new double[features];
        for (int f = 0; f < features; f++) {
            double[] column = column(features, f, x, length);
            y[f] = kind == Layer.SequencePool.Kind.MAX
                    ? largest.applyAsDouble(column)
                    : Arrays.stream(column).sum() / length;
        }
        return y;
    }

    private double[] array(String name) {
        double[] array = weights.get(prefix + name);
        if (array == null) {
            throw new IllegalArgumentException("no array " + prefix + name);
        }
        return array;
    }

    /** @param length how many of the tokens are real */
    private double[] embedding(int units, double[] x, int length) {
        var y = new double[x.length * units];
        for (int t = 0; t < length; t++) {
            System.arraycopy(array("weight"), ((int) x[t]) * units, y, t * units, units);
        }
        return y;
    }

    private double[] layerNorm(double epsilon, int features, double[] x, int length) {
        var y = new double[x.length];
        for (int t = 0; t < length; t++) {
            double mean = 0;
            double variance = 0;
            for (int f = 0; f < features; f++) {
                mean += x[t * features + f] / features;
            }
            for (int f = 0; f < features; f++) {
                variance += Math.pow(x[t * features + f] - mean, 2) / features;
            }
            for (int f = 0; f < features; f++) {
                y[t * features + f] = (x[t * features + f] - mean) / Math.sqrt(variance + epsilon) * array("weight")[f]
                        + array("bias")[f];
            }
        }
        return y;
    }

    private double[] lstm(Layer.Lstm layer, int features, double[] x, int length) {
        int units = layer.units();
        int out = layer.bidirectional() ? 2 * units : units;
        var y = new double[x.length / features * out];
        direction("", units, features, x, length, y, out, 0, false);
        if (layer.bidirectional()) {
            direction("_reverse", units, features, x, length, y, out, units, true);
        }
        return y;
    }

    private void direction(
            String suffix,
            int units,
            int features,
            double[] x,
            int length,
            double[] y,
            int out,
            int first,
            boolean backwards) {
        var h = new double[units];
        var c = new double[units];
        for (int step = 0; step < length; step++) {
            int t = backwards ? length - 1 - step : step;
            var sums = new double[4 * units];
            for (int row = 0; row < 4 * units; row++) {
                sums[row] = array("bias_ih_l0" + suffix)[row] + array("bias_hh_l0" + suffix)[row];
                for (int f = 0; f < features; f++) {
                    sums[row] += array("weight_ih_l0" + suffix)[row * features + f] * x[t * features + f];
                }
                for (int u = 0; u < units; u++) {
                    sums[row] += array("weight_hh_l0" + suffix)[row * units + u] * h[u];
                }
            }
            for (int u = 0; u < units; u++) {
                c[u] = sigmoid(sums[units + u]) * c[u] + sigmoid(sums[u]) * Math.tanh(sums[2 * units + u]);
                h[u] = sigmoid(sums[3 * units + u]) * Math.tanh(c[u]);
                y[t * out + first + u] = h[u];
            }
        }
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double[] lastToken(boolean bidirectional, int features, double[] x, int length) {
        var y = new double[features];
        for (int f = 0; f < features; f++) {
            int token = bidirectional && f >= features / 2 ? 0 : length - 1;
            y[f] = x[token * features + f];
        }
        return y;
    }

    /** One feature of all real tokens. */
    private static double[] column(int features, int feature, double[] x, int length) {
        var column = new double[length];
        for (int t = 0; t < length; t++) {
            column[t] = x[t * features + feature];
        }
        return column;
    }
}
