package fathom.engine.vector;

import static fathom.model.Layer.*;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import fathom.data.Batch;
import fathom.engine.Assignment;
import fathom.engine.Compute;
import fathom.engine.Learner;
import fathom.engine.Learners;
import fathom.engine.Optimizer;
import fathom.model.Loss;
import fathom.model.Network;
import fathom.model.Shape;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Steps leave nothing behind: all arrays are laid out before the first one. */
class AllocationTest {
    private static final int STEPS = 100;

    /** Room for the objects that name a pass and its tasks (about 20 kB); the first layer's numbers alone are 138 kB. */
    private static final long MOST_BYTES_A_STEP = 48 << 10;

    private static final Network NETWORK = Network.of(
            chain(
                    convSame(6, 3),
                    batchNorm(),
                    relu(),
                    maxPool(2),
                    dropout(0.25),
                    residual(convSame(6, 3)),
                    branches(relu(), chain(convSame(4, 1), tanh())),
                    flatten(),
                    linear(32),
                    relu(),
                    linear(10)),
            Shape.of(1, 12, 12));

    /** By plain loops, since vectors are objects until the JVM has compiled all that handles them. */
    @Test
    void aStepAllocatesNextToNothing() {
        try (Learner learner = open()) {
            Batch batch = Learners.noise(NETWORK.input(), 40);
            Batch smaller = Learners.noise(NETWORK.input(), 17);
            train(learner, batch, smaller);
            long before = allocatedBytes();
            train(learner, batch, smaller);
            assertThat((allocatedBytes() - before) / STEPS).isLessThan(MOST_BYTES_A_STEP);
        }
    }

    /** The gauge itself. */
    @Test
    void anArrayIsCounted() {
        long before = allocatedBytes();
        float[] array = new float[1 << 20];
        assertThat(allocatedBytes() - before).isGreaterThanOrEqualTo(4L * array.length);
    }

    private static void train(Learner learner, Batch batch, Batch smaller) {
        for (int step = 0; step < STEPS; step++) {
            learner.step(step % 10 == 9 ? smaller : batch, step, 1e-3);
        }
    }

    private static Learner open() {
        var assignment = new Assignment(
                NETWORK,
                new Loss.CrossEntropy(0),
                Optimizer.adam(1e-3),
                1,
                0.99,
                1,
                Compute.auto().withThreads(1));
        return new VectorLearner(assignment, new PlainKernels(), 1);
    }

    private static long allocatedBytes() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getCurrentThreadAllocatedBytes();
    }
}
