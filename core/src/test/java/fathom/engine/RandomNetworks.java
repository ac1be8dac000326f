package fathom.engine;

import fathom.data.Batch;
import fathom.model.Layer;
import fathom.model.Loss;
import fathom.model.Model;
import fathom.model.ModelException;
import fathom.model.Network;
import fathom.model.Parameter;
import fathom.model.Shape;
import fathom.random.Draws;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Small networks, weights and batches drawn at random, the same for the same seed. Pictures are rarely square. */
public final class RandomNetworks {
    /** How many classes each network tells apart. */
    public static final int CLASSES = 4;

    private static final int EXAMPLES = 5;

    private RandomNetworks() {}

    /** One case to check an engine with. */
    public record Case(Network network, Loss loss, SequencedMap<String, float[]> weights, Batch batch) {
        /** The same with so many examples, drawn anew. */
        public Case withExamples(int examples, long seed) {
            var draws = Draws.of(seed, "examples", examples);
            return new Case(network, loss, weights, RandomNetworks.batch(draws, network, loss, examples));
        }
    }

    /** A network of two to six layers of any kind that fit each other. */
    public static Case draw(long seed) {
        var draws = Draws.of(seed, "random network", 0);
        Shape input = draws.nextInt(4) == 0
                ? Shape.of(3 + draws.nextInt(6))
                : Shape.of(1 + draws.nextInt(3), 4 + draws.nextInt(6), 4 + draws.nextInt(6));
        var layers = new ArrayList<Layer>();
        for (int i = 2 + draws.nextInt(5); i > 0; i--) {
            layers.add(fitting(draws, layers, input));
        }
        return finished(draws, layers, input);
    }

    /** The layer between others with weights, so that its gradient in its input is checked too. */
    public static Case around(Layer layer, Shape before, long seed) {
        var draws = Draws.of(seed, "around a layer", 0);
        var layers = new ArrayList<Layer>();
        if (before.rank() == 3) {
            layers.add(Layer.convSame(before.size(0), 3));
            layers.add(layer);
            return finished(draws, layers, Shape.of(2, before.size(1), before.size(2)));
        }
        layers.add(Layer.linear(before.size(0)));
        layers.add(layer);
        return finished(draws, layers, Shape.of(5));
    }

    /** A network that begins with a linear layer, alone, behind a flattened picture or in blocks of its own; some are large. */
    public static Case beginningWithLinear(long seed) {
        var draws = Draws.of(seed, "beginning with a linear layer", 0);
        var linear = new Layer.Linear(1 + draws.nextInt(150), draws.nextInt(4) > 0);
        boolean isPicture = draws.nextInt(2) == 0;
        Shape input =
                isPicture ? Shape.of(1 + draws.nextInt(3), 9, 1 + draws.nextInt(9)) : Shape.of(1 + draws.nextInt(200));
        var layers = new ArrayList<Layer>();
        if (isPicture) {
            layers.add(draws.nextInt(2) == 0 ? Layer.flatten() : Layer.named("flat", Layer.flatten()));
        }
        layers.add(draws.nextInt(2) == 0 ? linear : Layer.named("first", linear, Layer.tanh()));
        return finished(draws, layers, input).withExamples(2 + draws.nextInt(120), seed);
    }

    /** A network of sequences: an embedding, up to four layers, an end, in random widths; texts of random lengths. */
    public static Case drawSequences(long seed) {
        var draws = Draws.of(seed, "random sequences", 0);
        int words = 3 + draws.nextInt(7);
        var layers = new ArrayList<Layer>();
        layers.add(Layer.wordDropout(0));
        layers.add(new Layer.Embedding(words, 2 + draws.nextInt(5), draws.nextInt(4) == 0, 1));
        boolean bidirectional = false;
        for (int i = draws.nextInt(5); i > 0; i--) {
            Layer layer = anyOfSequences(draws);
            layers.add(layer);
            bidirectional = layer instanceof Layer.Lstm(var _, boolean both) ? both : bidirectional;
        }
        layers.add(
                switch (draws.nextInt(4)) {
                    case 0 -> Layer.sequencePool(Layer.SequencePool.Kind.MEAN);
                    case 1 -> Layer.sequencePool(Layer.SequencePool.Kind.MAX);
                    default -> new Layer.LastToken(bidirectional);
                });
        return finished(draws, layers, Shape.of(1 + draws.nextInt(8)));
    }

    /** An autoencoder with that reconstruction; its examples have whatever shape its decoder gives. */
    public static Case drawAutoencoder(long seed, Loss.Reconstruction reconstruction) {
        var draws = Draws.of(seed, "random autoencoder", 0);
        int latent = 1 + draws.nextInt(5);
        var decoder = new ArrayList<Layer>();
        if (draws.nextInt(3) == 0) {
            decoder.add(Layer.linear(3 + draws.nextInt(6)));
        } else {
            Shape first = Shape.of(1 + draws.nextInt(3), 2 + draws.nextInt(4), 2 + draws.nextInt(4));
            decoder.add(Layer.linear(first.count()));
            decoder.add(Layer.unflatten(first.size(0), first.size(1), first.size(2)));
        }
        for (int i = draws.nextInt(4); i > 0; i--) {
            decoder.add(fitting(draws, decoder, Shape.of(latent)));
        }
        if (reconstruction == Loss.Reconstruction.BCE) {
            decoder.add(Layer.sigmoid());
        }
        Shape input = Network.of(new Layer.Chain(decoder), Shape.of(latent)).output();
        var encoder = new ArrayList<Layer>();
        for (int i = draws.nextInt(4); i > 0; i--) {
            encoder.add(fitting(draws, encoder, input));
        }
        encoder.add(Layer.flatten());
        var loss = new Loss.Elbo(reconstruction, 0.5 * draws.nextInt(9), 10L * draws.nextInt(2));
        var vae = new Model.Vae(new Layer.Chain(encoder), new Layer.Chain(decoder), latent, loss);
        var network = vae.on(input, 0);
        return new Case(network, loss, weights(draws, network), batch(draws, network, loss, EXAMPLES));
    }

    private static Layer anyOfSequences(Draws draws) {
        int units = 1 + draws.nextInt(6);
        return switch (draws.nextInt(10)) {
            case 0 -> Layer.layerNorm();
            case 1 -> Layer.tanh();
            case 2 -> Layer.leakyRelu();
            case 3 -> Layer.residual(Layer.chain(Layer.sigmoid(), Layer.dropout(0)));
            case 4, 5, 6 -> Layer.bidirectionalLstm(units);
            default -> Layer.lstm(units);
        };
    }

    private static Case finished(Draws draws, List<Layer> layers, Shape input) {
        layers.add(Layer.flatten());
        layers.add(Layer.linear(CLASSES));
        Loss loss = new Loss.CrossEntropy(draws.nextInt(2) * 0.1);
        if (draws.nextInt(3) == 0) {
            layers.add(Layer.logSoftmax());
            loss = new Loss.NegativeLogLikelihood();
        }
        var network = Network.of(new Layer.Chain(layers), input);
        return new Case(network, loss, weights(draws, network), batch(draws, network, loss, EXAMPLES));
    }

    private static Layer fitting(Draws draws, List<Layer> before, Shape input) {
        while (true) {
            Layer candidate = any(draws, 2);
            var layers = new ArrayList<>(before);
            layers.add(candidate);
            try {
                var network = Network.of(new Layer.Chain(layers), input);
                // A channel of few numbers has hardly a variance, and batch norm's gradient no digits left.
                if (network.output().count() >= 3 && network.multiplyAdds() < 200_000) {
                    return candidate;
                }
            } catch (ModelException | IllegalArgumentException e) {
                // does not fit here; draw another
            }
        }
    }

    private static Layer any(Draws draws, int depth) {
        int kernel = 1 + draws.nextInt(4);
        int stride = 1 + draws.nextInt(3);
        int channels = 1 + draws.nextInt(4);
        int padding = draws.nextInt(kernel);
        boolean bias = draws.nextInt(2) == 0;
        return switch (draws.nextInt(depth > 0 ? 20 : 14)) {
            case 0 -> new Layer.Linear(3 + draws.nextInt(6), bias);
            case 1, 2 -> new Layer.Conv(channels, kernel, stride, padding, bias);
            case 3 -> new Layer.TransposedConv(channels, kernel, stride, padding, draws.nextInt(stride), bias);
            case 4 -> new Layer.BatchNorm(1e-5, 0.1);
            case 5 -> new Layer.LayerNorm(1e-5);
            case 6 -> Layer.relu();
            case 7 -> Layer.leakyRelu();
            case 8 -> Layer.sigmoid();
            case 9 -> Layer.tanh();
            case 10 -> Layer.maxPool(kernel, stride);
            case 11 -> Layer.averagePool(kernel, stride);
            case 12 -> Layer.flatten();
            case 13 -> Layer.dropout(0);
            case 14, 15 -> Layer.branches(any(draws, depth - 1), any(draws, depth - 1));
            case 16, 17 -> Layer.residual(any(draws, depth - 1));
            case 18 -> Layer.named("block", any(draws, depth - 1), any(draws, depth - 1));
            default -> Layer.chain(any(draws, depth - 1), any(draws, depth - 1));
        };
    }

    private static SequencedMap<String, float[]> weights(Draws draws, Network network) {
        var weights = network.initialWeights(draws.nextLong());
        for (Parameter parameter : network.parameters()) {
            if (parameter.start() instanceof Parameter.Start.Constant(double value)) {
                weights.put(parameter.name(), floats(draws, parameter.shape().count(), value, 0.2));
            }
        }
        return weights;
    }

    private static Batch batch(Draws draws, Network network, Loss loss, int examples) {
        for (Network.Place place : network.leaves()) {
            if (place.layer() instanceof Layer.Embedding(int words, var _, var _, var _)) {
                return texts(draws, 1 + draws.nextInt(network.input().count()), words, examples);
            }
        }
        if (loss instanceof Loss.Elbo(var reconstruction, var _, var _) && reconstruction == Loss.Reconstruction.BCE) {
            return greys(draws, network.input(), examples);
        }
        return batch(draws, network.input(), examples);
    }

    /** Pictures between 0 and 1, both of which occur. */
    private static Batch greys(Draws draws, Shape shape, int examples) {
        float[] values = floats(draws, examples * shape.count(), 0.5, 0.4);
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.clamp(values[i], 0f, 1f);
        }
        return new Batch(shape, values, new int[examples]);
    }

    /** Texts of random words and lengths, padded to {@code tokens}. */
    public static Batch texts(Draws draws, int tokens, int words, int examples) {
        var labels = new int[examples];
        var lengths = new int[examples];
        var inputs = new float[examples * tokens];
        for (int i = 0; i < examples; i++) {
            labels[i] = draws.nextInt(CLASSES);
            lengths[i] = 1 + draws.nextInt(tokens);
            for (int t = 0; t < lengths[i]; t++) {
                inputs[i * tokens + t] = 1 + draws.nextInt(words - 1);
            }
        }
        return new Batch(Shape.of(tokens), inputs, labels, lengths);
    }

    /** Pictures of noise. */
    public static Batch batch(Draws draws, Shape shape, int examples) {
        var labels = new int[examples];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = draws.nextInt(CLASSES);
        }
        return new Batch(shape, floats(draws, examples * shape.count(), 0, 1), labels);
    }

    private static float[] floats(Draws draws, int count, double mean, double deviation) {
        var values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (mean + deviation * draws.nextGaussian());
        }
        return values;
    }

    /** The same numbers as 64-bit floats. */
    public static SequencedMap<String, double[]> doubles(SequencedMap<String, float[]> arrays) {
        var doubles = new LinkedHashMap<String, double[]>();
        arrays.forEach((name, array) -> doubles.put(name, doubles(array, 0, array.length)));
        return doubles;
    }

    /** The inputs of a batch, examples × numbers, as 64-bit floats. */
    public static double[][] rows(Batch batch) {
        int count = batch.shape().count();
        var rows = new double[batch.size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = doubles(batch.inputs(), i * count, count);
        }
        return rows;
    }

    private static double[] doubles(float[] array, int from, int count) {
        var doubles = new double[count];
        for (int i = 0; i < count; i++) {
            doubles[i] = array[from + i];
        }
        return doubles;
    }
}
