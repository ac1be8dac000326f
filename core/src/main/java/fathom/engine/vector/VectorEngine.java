package fathom.engine.vector;

import fathom.engine.Assignment;
import fathom.engine.Compute;
import fathom.engine.Device;
import fathom.engine.Engine;
import fathom.engine.EngineException;
import fathom.engine.Learner;
import fathom.engine.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** The engine in pure Java, for CPUs; it needs nothing but a JVM, and is fast where that has the Vector API. */
public final class VectorEngine implements Engine {
    /** More threads find no work in a batch of 256: weight gradients are summed in eight parts. */
    private static final int MOST_USEFUL_THREADS = 8;

    private static final boolean HAS_VECTORS =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

    /** The kernels of this JVM, made and compiled when they are first asked for. */
    private static final class Chosen {
        static final Kernels KERNELS;
        static final String SELF_CHECK;

        static {
            if (!HAS_VECTORS) {
                KERNELS = new PlainKernels();
                SELF_CHECK = "no Vector API: give the JVM --add-modules jdk.incubator.vector for speed";
            } else {
                var kernels = new VectorKernels();
                double gflops = WarmUp.run(kernels);
                KERNELS = WarmUp.isSlow(gflops) ? new PlainKernels() : kernels;
                SELF_CHECK = "matrix product at %.0f GFLOP/s%s"
                        .formatted(
                                gflops,
                                WarmUp.isSlow(gflops)
                                        ? ": the JVM made no vector instructions, so plain loops run"
                                        : "");
            }
        }
    }

    @Override
    public String name() {
        return "vector";
    }

    @Override
    public String about() {
        return "pure Java: CPU, fp32";
    }

    /** The fastest on a CPU; by plain loops it is the slowest. */
    @Override
    public int rank() {
        return HAS_VECTORS ? 0 : 2;
    }

    @Override
    public Optional<String> problem(Compute compute) {
        if (compute.device() != Device.CPU) {
            return Optional.of("the engine vector computes on the CPU only: use the engine torch for a GPU");
        }
        if (compute.precision() != Precision.FP32) {
            return Optional.of("the engine vector computes in fp32 only: use the engine torch for bf16");
        }
        return Optional.empty();
    }

    @Override
    public SequencedMap<String, String> facts() {
        var facts = new LinkedHashMap<String, String>();
        facts.put("kernels", Chosen.KERNELS.about());
        facts.put("lanes", String.valueOf(Chosen.KERNELS.lanes()));
        facts.put("self-check", Chosen.SELF_CHECK);
        return facts;
    }

    @Override
    public List<String> plan(Assignment assignment, int examples) {
        try (var learner = learner(assignment)) {
            var lines = new ArrayList<>(learner.plan(examples));
            lines.add("%,d MiB for batches of %d".formatted(learner.memory(examples) >> 20, examples));
            return lines;
        }
    }

    @Override
    public Learner open(Assignment assignment) {
        return learner(assignment);
    }

    private VectorLearner learner(Assignment assignment) {
        problem(assignment.compute()).ifPresent(problem -> {
            throw new EngineException(problem);
        });
        int asked = assignment.compute().threads();
        int threads = asked > 0 ? asked : Math.min(Runtime.getRuntime().availableProcessors(), MOST_USEFUL_THREADS);
        return new VectorLearner(assignment, Chosen.KERNELS, threads);
    }
}
