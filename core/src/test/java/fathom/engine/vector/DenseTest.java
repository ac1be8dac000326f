package fathom.engine.vector;

import static fathom.model.Layer.*;
import static org.assertj.core.api.Assertions.assertThat;

import fathom.engine.Assignment;
import fathom.engine.Compute;
import fathom.engine.Learners;
import fathom.engine.Optimizer;
import fathom.model.Loss;
import fathom.model.Network;
import fathom.model.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers of which every number reads every other: how threads share them out. */
class DenseTest {
    /**
     * The first layer's inputs are summed in halves; the second's weight gradient is cut by units, the third's, of more
     * inputs, is not.
     */
    private static final Network NETWORK =
            Network.of(chain(flatten(), linear(40), relu(), linear(600), tanh(), linear(10)), Shape.of(1, 19, 19));

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64, 250})
    void anyNumberOfThreadsGivesTheSameBits(int examples) {
        for (Kernels kernels : List.of(new VectorKernels(), new PlainKernels())) {
            Object one = trained(kernels, examples, 1);
            assertThat(trained(kernels, examples, 2)).as("two threads").isEqualTo(one);
            assertThat(trained(kernels, examples, 3)).as("three threads").isEqualTo(one);
        }
    }

    private static Object trained(Kernels kernels, int examples, int threads) {
        try (var learner = learner(kernels, threads)) {
            double loss = 0;
            for (int step = 0; step < 3; step++) {
                loss += learner.step(Learners.noise(NETWORK.input(), examples, step), step, 1e-2)
                        .loss();
            }
            return List.of(loss, Learners.bits(learner.weights()), Learners.bits(learner.optimizerState()));
        }
    }

    @Test
    void theGradientsOfWeightsAndInputsAreFoundBetweenTheSameTwoMeetings() {
        try (var learner = learner(new VectorKernels(), 1)) {
            List<String> plan = learner.plan(64);
            assertThat(segment(plan, "3 linear 600, input gradient"))
                    .isEqualTo(segment(plan, "3 linear 600, weight gradient"));
        }
    }

    private static String segment(List<String> plan, String title) {
        return plan.stream()
                .filter(line -> line.endsWith(title))
                .map(line -> line.substring(0, 3))
                .findFirst()
                .orElseThrow();
    }

    private static VectorLearner learner(Kernels kernels, int threads) {
        var assignment = new Assignment(
                NETWORK,
                new Loss.CrossEntropy(0),
                Optimizer.adam(1e-2),
                1,
                0,
                7,
                Compute.auto().withThreads(threads));
        return new VectorLearner(assignment, kernels, threads);
    }
}
