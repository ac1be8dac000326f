package fathom.engine.vector;

import static fathom.model.Layer.*;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fathom.engine.Assignment;
import fathom.engine.Compute;
import fathom.engine.EngineException;
import fathom.engine.Learner;
import fathom.engine.Optimizer;
import fathom.model.Layer;
import fathom.model.Loss;
import fathom.model.Network;
import fathom.model.Shape;
import org.junit.jupiter.api.Test;

/** What is larger than any memory is refused by name, before a number of it has overflowed. */
class WorkspaceTest {
    private static final String MESSAGE = "more than the 8 GiB of memory that the engine vector can use";

    @Test
    void aPictureOfTooManyNumbersIsRefused() {
        Layer wide = chain(convSame(140, 3), averagePool(1024, 1024), flatten(), linear(2));
        try (Learner learner = learner(Network.of(wide, Shape.of(1, 1024, 1024)))) {
            assertThatThrownBy(() -> learner.memory(16))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining(MESSAGE);
        }
    }

    @Test
    void aBatchOfTooManyExamplesIsRefused() {
        try (Learner learner = learner(Network.of(linear(8), Shape.of(300)))) {
            assertThatThrownBy(() -> learner.memory(100_000_000))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining(MESSAGE);
        }
    }

    @Test
    void weightsThatNoMemoryHoldsAreRefused() {
        var network = Network.of(chain(linear(40_000), linear(20_000)), Shape.of(100));
        assertThatThrownBy(() -> learner(network))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(MESSAGE);
    }

    private static Learner learner(Network network) {
        var assignment =
                new Assignment(network, new Loss.CrossEntropy(0), Optimizer.adam(1e-3), 0, 0, 1, Compute.auto());
        return new VectorLearner(assignment, new VectorKernels(), 1);
    }
}
