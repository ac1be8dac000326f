package fathom.engine.torch;

import fathom.data.Batch;
import fathom.engine.Assignment;
import fathom.engine.Compute;
import fathom.engine.Device;
import fathom.engine.Learner;
import fathom.engine.Optimizer;
import fathom.engine.Precision;
import fathom.model.Loss;
import fathom.model.Models;
import fathom.model.Network;
import fathom.model.Shape;
import fathom.random.Draws;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Learners and batches for tests. */
final class Learners {
    private static final Compute ONE_THREAD = new Compute("torch", Device.CPU, Precision.FP32, 1);

    private Learners() {}

    static Network network(String name) {
        var entry = Models.find(name).orElseThrow();
        return Network.of(entry.network().get(), entry.input());
    }

    static Learner open(Network network, Optimizer optimizer) {
        return open(network, optimizer, 1, ONE_THREAD);
    }

    static Learner open(Network network, Optimizer optimizer, long seed, Compute compute) {
        return new TorchEngine().open(new Assignment(network, new Loss.CrossEntropy(0), optimizer, 0, seed, compute));
    }

    /** Pictures of noise in ten classes, 0, 1, 2 … */
    static Batch noise(Shape shape, int examples) {
        var draws = Draws.of(3, "noise", 0);
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

    static SequencedMap<String, Integer> weightsAfter(int steps, Network network, long seed) {
        try (Learner learner = open(network, Optimizer.adam(1e-3), seed, ONE_THREAD)) {
            Batch batch = noise(network.input(), 4);
            for (int step = 0; step < steps; step++) {
                learner.step(batch, step, 1e-3);
            }
            return bits(learner.weights());
        }
    }

    /** A hash of the bits of each array: equal if and (nearly) only if all bits are. */
    static SequencedMap<String, Integer> bits(SequencedMap<String, float[]> arrays) {
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
}
