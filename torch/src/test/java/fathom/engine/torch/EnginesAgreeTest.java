package fathom.engine.torch;

import static fathom.model.Layer.*;
import static org.assertj.core.api.Assertions.assertThat;

import fathom.data.Batch;
import fathom.engine.Engine;
import fathom.engine.EngineChecks;
import fathom.engine.Learner;
import fathom.engine.Learners;
import fathom.engine.Optimizer;
import fathom.engine.RandomNetworks;
import fathom.engine.vector.VectorEngine;
import fathom.model.Network;
import fathom.model.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The two engines on 200 random networks with batches of 2 to 36 examples. Both compute in 32-bit floats, each in its own
 * order of summation, so they differ in the last digits; a difference is measured against the largest number of its array.
 */
class EnginesAgreeTest {
    private static final int NETWORKS = 200;
    private static final double TOLERANCE = 1e-4;

    /** Twenty steps carry a difference on, so what is left of the digits is less. */
    private static final double TOLERANCE_AFTER_STEPS = 1e-3;

    private static final int STEPS = 20;

    /**
     * As in {@link EngineChecks}, an array that vanishes by symmetry is measured against others; here both sides bring the
     * rounding of sums over some thousand numbers.
     */
    private static final double SYMMETRY = 0.5;

    private static final Engine VECTOR = new VectorEngine();
    private static final Engine TORCH = new TorchEngine();

    @Test
    void onOutputsGradientsAndTwentySteps() {
        var cases = LongStream.range(5000, 6000)
                .mapToObj(seed -> RandomNetworks.draw(seed).withExamples((int) (2 + seed % 35), seed))
                .filter(EngineChecks::isSmooth)
                .limit(NETWORKS)
                .toList();
        assertThat(cases).hasSize(NETWORKS);
        for (int i = 0; i < NETWORKS; i++) {
            compare(cases.get(i), optimizer(i));
        }
    }

    @Test
    void onNetworksOfSequences() {
        var cases = LongStream.range(7000, 8000)
                .mapToObj(seed -> RandomNetworks.drawSequences(seed).withExamples((int) (2 + seed % 35), seed))
                .filter(EngineChecks::isSmooth)
                .limit(NETWORKS / 4)
                .toList();
        assertThat(cases).hasSize(NETWORKS / 4);
        for (int i = 0; i < cases.size(); i++) {
            compare(cases.get(i), optimizer(i));
        }
    }

    /**
     * A batch large enough that the vector engine computes the first convolution again instead of keeping it, and that
     * several slices of groups add to each weight's gradient. It has no bends, which so many numbers would surely meet.
     */
    @Test
    void onTheGradientsOfALargeBatch() {
        Network network = Network.of(
                chain(convSame(32, 3), batchNorm(), averagePool(2, 2), convSame(8, 3), flatten(), linear(10)),
                Shape.of(1, 28, 28));
        Batch batch = Learners.noise(network.input(), 256);
        try (Learner vector = new Learners(VECTOR).open(network, Optimizer.sgd(0.1));
                Learner torch = new Learners(TORCH).open(network, Optimizer.sgd(0.1))) {
            assertClose("256 digits", vector.gradients(batch, 0), torch.gradients(batch, 0), SYMMETRY, TOLERANCE);
        }
    }

    /**
     * Adam divides by the size of a gradient, and so makes a step of the rounding where a gradient is 0 by symmetry (a bias
     * before batch norm); the large epsilon keeps it from that.
     */
    private static Optimizer optimizer(int number) {
        return switch (number % 3) {
            case 0 -> new Optimizer.Sgd(0.02, 0.9, true, 1e-3);
            case 1 -> new Optimizer.Adam(1e-3, 0.9, 0.99, 1e-2, 1e-3);
            default -> new Optimizer.AdamW(1e-3, 0.9, 0.99, 1e-2, 1e-2);
        };
    }

    private static void compare(RandomNetworks.Case it, Optimizer optimizer) {
        String name =
                "%d examples of %s".formatted(it.batch().size(), it.network().root());
        try (Learner vector = new Learners(VECTOR).open(it.network(), it.loss(), optimizer, 0, 1, 1);
                Learner torch = new Learners(TORCH).open(it.network(), it.loss(), optimizer, 0, 1, 1)) {
            vector.restore(it.weights(), new LinkedHashMap<>(), 0);
            torch.restore(it.weights(), new LinkedHashMap<>(), 0);
            Batch batch = it.batch();
            assertClose(name, outputs(vector, it), outputs(torch, it), 0, TOLERANCE);
            assertClose(name, vector.gradients(batch, 0), torch.gradients(batch, 0), SYMMETRY, TOLERANCE);
            for (int step = 0; step < STEPS; step++) {
                vector.step(batch, step, optimizer.rate());
                torch.step(batch, step, optimizer.rate());
            }
            assertClose(name, vector.weights(), torch.weights(), 0, TOLERANCE_AFTER_STEPS);
        }
    }

    /** What every layer gives out, and the log-probabilities. */
    private static SequencedMap<String, float[]> outputs(Learner learner, RandomNetworks.Case it) {
        var paths = it.network().places().stream().map(Network.Place::path).toList();
        List<float[]> answer = learner.predict(it.batch(), paths);
        var outputs = new LinkedHashMap<String, float[]>();
        outputs.put("log-probabilities", answer.getFirst());
        for (int i = 0; i < paths.size(); i++) {
            outputs.put("output of layer \"%s\"".formatted(paths.get(i)), answer.get(i + 1));
        }
        return outputs;
    }

    private static void assertClose(
            String name,
            SequencedMap<String, float[]> actual,
            SequencedMap<String, float[]> expected,
            double symmetry,
            double tolerance) {
        assertThat(actual.keySet()).as(name).isEqualTo(expected.keySet());
        double largest = expected.values().stream()
                .mapToDouble(EnginesAgreeTest::largest)
                .max()
                .orElse(0);
        expected.forEach((array, values) -> {
            float[] others = Learners.array(actual, array);
            assertThat(others).as(name + ": " + array).hasSameSizeAs(values);
            double scale = Math.max(largest(values), symmetry * largest);
            for (int i = 0; i < values.length; i++) {
                assertThat(Math.abs(others[i] - values[i]))
                        .as("%s: %s[%d] is %s and %s", name, array, i, others[i], values[i])
                        .isLessThanOrEqualTo((float) (tolerance * scale));
            }
        });
    }

    private static double largest(float[] values) {
        double largest = 1e-6;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
