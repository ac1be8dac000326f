package fathom.engine;

import static fathom.model.Layer.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import fathom.model.Network;
import fathom.model.Shape;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Averages of the arrays of any engine against their formula in 64-bit floats. */
public final class AveragesChecks {
    /** Each of 20 steps rounds a 32-bit float near 1 twice: 20 · 2 · 6e-8. */
    private static final double TOLERANCE = 3e-6;

    private static final double AVERAGING = 0.6;
    private static final int STEPS = 20;
    private static final Network NETWORK = Network.of(
            chain(convSame(3, 3), batchNorm(), relu(), flatten(), linear(7), batchNorm(), tanh(), linear(10)),
            Shape.of(2, 5, 5));

    private final Learners learners;

    private AveragesChecks(Engine engine) {
        learners = new Learners(engine);
    }

    /** The checks, by name. */
    public static Stream<DynamicTest> of(Engine engine) {
        var checks = new AveragesChecks(engine);
        return Stream.of(
                dynamicTest("averages follow every array by their formula", checks::follow),
                dynamicTest("averages are state: a learner that takes them back goes on to the bit", checks::resume),
                dynamicTest("without state the averages begin at the weights", checks::begin),
                dynamicTest("without averaging there are none, and the weights are judged", checks::none));
    }

    private void follow() {
        try (Learner learner = learners.openAveraging(NETWORK, Optimizer.adam(0.01), AVERAGING)) {
            var expected = RandomNetworks.doubles(learner.weights());
            for (int step = 0; step < STEPS; step++) {
                learner.step(Learners.noise(NETWORK.input(), 12, step), step, 0.01);
                double kept = Math.min(AVERAGING, (step + 1) / (step + 10.0));
                RandomNetworks.doubles(learner.weights()).forEach((name, now) -> {
                    double[] average = expected.getOrDefault(name, now);
                    for (int i = 0; i < now.length; i++) {
                        average[i] = kept * average[i] + (1 - kept) * now[i];
                    }
                });
            }
            var judged = RandomNetworks.doubles(Averages.orWeights(learner.weights(), learner.optimizerState()));
            assertThat(judged.keySet()).isEqualTo(expected.keySet());
            judged.forEach((name, values) -> {
                double[] should = expected.getOrDefault(name, new double[0]);
                for (int i = 0; i < values.length; i++) {
                    assertThat(Math.abs(values[i] - should[i]) / Math.max(1, Math.abs(should[i])))
                            .as("%s[%d]", name, i)
                            .isLessThan(TOLERANCE);
                }
            });
            assertThat(judged.get("1.running_mean"))
                    .isNotEqualTo(RandomNetworks.doubles(learner.weights()).get("1.running_mean"));
        }
    }

    private void resume() {
        try (Learner whole = learners.openAveraging(NETWORK, Optimizer.adam(0.01), AVERAGING);
                Learner second = learners.openAveraging(NETWORK, Optimizer.adam(0.01), AVERAGING)) {
            steps(whole, 0, 4);
            second.restore(whole.weights(), whole.optimizerState(), 4);
            steps(whole, 4, 9);
            steps(second, 4, 9);
            assertThat(Learners.bits(second.optimizerState())).isEqualTo(Learners.bits(whole.optimizerState()));
        }
    }

    private static void steps(Learner learner, int from, int to) {
        for (int step = from; step < to; step++) {
            learner.step(Learners.noise(NETWORK.input(), 12, step), step, 0.01);
        }
    }

    private void begin() {
        try (Learner learner = learners.openAveraging(NETWORK, Optimizer.adam(0.01), AVERAGING)) {
            assertThat(Learners.bits(judged(learner))).isEqualTo(Learners.bits(learner.weights()));
            steps(learner, 0, 3);
            assertThat(Learners.bits(judged(learner))).isNotEqualTo(Learners.bits(learner.weights()));
            learner.restore(learner.weights(), new LinkedHashMap<>(), 3);
            assertThat(Learners.bits(judged(learner))).isEqualTo(Learners.bits(learner.weights()));
        }
    }

    private void none() {
        try (Learner learner = learners.openAveraging(NETWORK, Optimizer.adam(0.01), 0)) {
            steps(learner, 0, 3);
            assertThat(learner.optimizerState().keySet()).noneMatch(name -> name.endsWith("/" + Averages.KIND));
            assertThat(Learners.bits(judged(learner))).isEqualTo(Learners.bits(learner.weights()));
        }
    }

    private static SequencedMap<String, float[]> judged(Learner learner) {
        return Averages.orWeights(learner.weights(), learner.optimizerState());
    }
}
