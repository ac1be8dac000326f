package fathom.engine;

import fathom.data.Batch;
import fathom.model.Loss;
import fathom.model.Models;
import fathom.model.Network;
import fathom.model.Shape;
import fathom.random.Draws;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Learners of one engine for tests, on the CPU in fp32, and batches for them. */
public record Learners(Engine engine) {
    /** A named network. */
    public static Network network(String name) {
        var entry = Models.find(name).orElseThrow();
        return Network.of(entry.network().get(), entry.input());
    }

    /** With one thread and seed 1. */
    public Learner open(Network network, Optimizer optimizer) {
        return open(network, optimizer, 1, 1);
    }

    public Learner open(Network network, Optimizer optimizer, long seed, int threads) {
        return open(network, new Loss.CrossEntropy(0), optimizer, 0, seed, threads);
    }

    public Learner open(Network network, Loss loss, Optimizer optimizer, double gradientNorm, long seed, int threads) {
        var compute = new Compute(engine.name(), Device.CPU, Precision.FP32, threads);
        return engine.open(new Assignment(network, loss, optimizer, gradientNorm, 0, seed, compute));
    }

    /** With averages of the arrays, one thread and seed 1. */
    public Learner openAveraging(Network network, Optimizer optimizer, double averaging) {
        var compute = new Compute(engine.name(), Device.CPU, Precision.FP32, 1);
        return engine.open(new Assignment(network, new Loss.CrossEntropy(0), optimizer, 0, averaging, 1, compute));
    }

    /** Pictures of noise in ten classes, 0, 1, 2 … */
    public static Batch noise(Shape shape, int examples) {
        return noise(shape, examples, 3);
    }

    /** Examples that fit a network: pictures of noise, or sentences of random words and lengths. */
    public static Batch examples(Network network, int examples) {
        int classes = network.output().count();
        if (!network.isOfSequences()) {
            return noise(network.input(), examples);
        }
        var draws = Draws.of(3, "words", 0);
        int room = network.input().count();
        var words = new float[examples * room];
        var labels = new int[examples];
        var lengths = new int[examples];
        for (int i = 0; i < examples; i++) {
            labels[i] = i % classes;
            lengths[i] = i == 0 ? room : 1 + draws.nextInt(room);
            for (int t = 0; t < lengths[i]; t++) {
                words[i * room + t] = 1 + draws.nextInt(100);
            }
        }
        return new Batch(network.input(), words, labels, lengths);
    }

    public static Batch noise(Shape shape, int examples, long seed) {
        var draws = Draws.of(seed, "noise", 0);
        var inputs = new float[examples * shape.count()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) draws.nextGaussian();
        }
        var labels = new int[examples];
        for (int i = 0; i < examples; i++) {
            labels[i] = i % 10;
        }
        return new Batch(shape, inputs, labels);
    }

    /** Hashes of the weights after so many steps of Adam on four examples of noise. */
    public SequencedMap<String, Integer> weightsAfter(int steps, Network network, long seed) {
        try (Learner learner = open(network, Optimizer.adam(1e-3), seed, 1)) {
            Batch batch = examples(network, 4);
            for (int step = 0; step < steps; step++) {
                learner.step(batch, step, 1e-3);
            }
            return bits(learner.weights());
        }
    }

    /** A hash of the bits of each array: equal if and (nearly) only if all bits are. */
    public static SequencedMap<String, Integer> bits(SequencedMap<String, float[]> arrays) {
        var bits = new LinkedHashMap<String, Integer>();
        arrays.forEach((name, array) -> {
            int hash = array.length;
            for (float value : array) {
                hash = hash * 31 + Float.floatToRawIntBits(value);
            }
            bits.put(name, hash);
        });
        return bits;
    }

    /** An array that must be there. */
    public static float[] array(SequencedMap<String, float[]> arrays, String name) {
        float[] array = arrays.get(name);
        if (array == null) {
            throw new IllegalArgumentException("no array " + name + " among " + arrays.keySet());
        }
        return array;
    }

    static float[] filled(int length, float value) {
        var values = new float[length];
        Arrays.fill(values, value);
        return values;
    }
}
