package fathom.engine.torch;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import fathom.data.Batch;
import fathom.engine.Learner;
import fathom.engine.Learners;
import fathom.engine.Optimizer;
import fathom.model.Network;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** No native object outlives its step, and none its learner. */
class NativeMemoryTest {
    private static final Learners LEARNERS = new Learners(new TorchEngine());
    private static final Network NETWORK = Learners.network("lenet");
    private static final Batch BATCH = Learners.noise(NETWORK.input(), 64);

    @Test
    void stepsLeaveNoNativeObjectsBehind() {
        try (Learner learner = LEARNERS.open(NETWORK, Optimizer.adam(1e-3))) {
            useEverything(learner, 2);
            long before = Pointer.totalCount();
            useEverything(learner, 50);
            assertThat(Pointer.totalCount() - before).isZero();
        }
    }

    /** Catches what the counter of Java handles cannot see: arrays that only native code holds. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void stepsLeaveNoNativeBytesBehind() throws Throwable {
        try (Learner learner = LEARNERS.open(NETWORK, Optimizer.adam(1e-3))) {
            useEverything(learner, 20);
            long before = allocatedBytes();
            useEverything(learner, 300);
            // One batch of inputs held in each of the 300 rounds would be 75 MiB.
            assertThat(allocatedBytes() - before).isLessThan(32L << 20);
        }
    }

    @Test
    void aClosedLearnerLeavesNothing() {
        useEverything(2);
        long before = Pointer.totalCount();
        useEverything(2);
        assertThat(Pointer.totalCount() - before).isZero();
    }

    /** The gauge itself: were a tensor left out of the step's scope, the counter would show it. */
    @Test
    void aTensorOutsideOfAScopeIsCounted() {
        useEverything(1);
        long before = Pointer.totalCount();
        try (var _ = new PointerScope()) {
            torch.ones(3);
        }
        assertThat(Pointer.totalCount() - before).isZero();
        try (var _ = torch.ones(3)) {
            assertThat(Pointer.totalCount() - before).isPositive();
        }
    }

    /** What malloc has given out and not got back, by glibc. */
    @SuppressWarnings("restricted")
    private static long allocatedBytes() throws Throwable {
        var numbers = MemoryLayout.structLayout(MemoryLayout.sequenceLayout(10, JAVA_LONG));
        var linker = Linker.nativeLinker();
        var mallinfo =
                linker.downcallHandle(linker.defaultLookup().findOrThrow("mallinfo2"), FunctionDescriptor.of(numbers));
        try (var arena = Arena.ofConfined()) {
            var info = (MemorySegment) mallinfo.invokeExact((SegmentAllocator) arena);
            return info.getAtIndex(JAVA_LONG, 4) + info.getAtIndex(JAVA_LONG, 7); // mapped blocks, blocks in use
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theBytesOfATensorAreCounted() throws Throwable {
        useEverything(1);
        long before = allocatedBytes();
        try (var _ = torch.ones(10 << 20)) {
            assertThat(allocatedBytes() - before).isGreaterThan(32L << 20); // 40, less what the JVM frees meanwhile
        }
        assertThat(allocatedBytes() - before).isLessThan(8L << 20);
    }

    private static void useEverything(int rounds) {
        try (Learner learner = LEARNERS.open(NETWORK, Optimizer.adam(1e-3))) {
            useEverything(learner, rounds);
        }
    }

    private static void useEverything(Learner learner, int rounds) {
        for (int step = 0; step < rounds; step++) {
            learner.step(BATCH, step, 1e-3);
            learner.evaluate(BATCH);
            if (step % 10 == 0) {
                learner.predict(BATCH, List.of("0", "11"));
                learner.gradients(BATCH, step);
                learner.restore(learner.weights(), learner.optimizerState(), step + 1);
            }
        }
    }
}
