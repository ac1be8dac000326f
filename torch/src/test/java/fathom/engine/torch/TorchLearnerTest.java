package fathom.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;

import fathom.data.Batch;
import fathom.engine.Assignment;
import fathom.engine.AveragesChecks;
import fathom.engine.BoundChecks;
import fathom.engine.Compute;
import fathom.engine.Device;
import fathom.engine.GoldenChecks;
import fathom.engine.Learner;
import fathom.engine.LearnerChecks;
import fathom.engine.Learners;
import fathom.engine.ModelChecks;
import fathom.engine.Optimizer;
import fathom.engine.OptimizerChecks;
import fathom.engine.Precision;
import fathom.engine.ReferenceChecks;
import fathom.engine.SequenceChecks;
import fathom.model.Loss;
import fathom.model.Network;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What holds for every engine, of this one, and half precision. */
class TorchLearnerTest {
    private static final TorchEngine ENGINE = new TorchEngine();

    @TestFactory
    Stream<DynamicTest> itDoesWhatEveryLearnerDoes() {
        return LearnerChecks.of(ENGINE);
    }

    @TestFactory
    Stream<DynamicTest> itReadsSequences() {
        return SequenceChecks.of(ENGINE);
    }

    @TestFactory
    Stream<DynamicTest> itTrainsEveryNamedNetwork() {
        return ModelChecks.of(ENGINE);
    }

    @TestFactory
    Stream<DynamicTest> itAgreesWithTheReference() {
        return ReferenceChecks.of(ENGINE);
    }

    @TestFactory
    Stream<DynamicTest> itsOptimizersFollowTheirFormulas() {
        return OptimizerChecks.of(ENGINE);
    }

    @TestFactory
    Stream<DynamicTest> itsAveragesFollowTheirFormula() {
        return AveragesChecks.of(ENGINE);
    }

    @TestFactory
    Stream<DynamicTest> itTrainsAutoencoders() {
        return BoundChecks.of(ENGINE);
    }

    @TestFactory
    Stream<DynamicTest> itAgreesWithPyTorch() {
        return GoldenChecks.of(ENGINE);
    }

    @Test
    void halfPrecisionLearnsTooAndStaysNearFullPrecision() {
        Network network = Learners.network("digits-cnn");
        Batch batch = Learners.noise(network.input(), 6);
        var assignment = new Assignment(
                network,
                new Loss.NegativeLogLikelihood(),
                Optimizer.adam(1e-3),
                0,
                0,
                1,
                new Compute("torch", Device.CPU, Precision.BF16, 1));
        try (Learner half = ENGINE.open(assignment);
                Learner full = new Learners(ENGINE).open(network, Optimizer.adam(1e-3))) {
            double difference =
                    Math.abs(half.evaluate(batch).loss() - full.evaluate(batch).loss());
            assertThat(difference).isBetween(1e-7, 0.05); // 8 bits of mantissa: near, and not the same
            for (int step = 0; step < 30; step++) {
                half.step(batch, step, 1e-3 + step * 1e-4);
            }
            assertThat(half.evaluate(batch).correct()).contains(6);
        }
    }
}
