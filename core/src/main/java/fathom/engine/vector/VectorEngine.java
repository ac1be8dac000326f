package fathom.engine.vector;

import fathom.engine.Assignment;
import fathom.engine.Compute;
import fathom.engine.Device;
import fathom.engine.Engine;
import fathom.engine.EngineException;
import fathom.engine.Learner;
import fathom.engine.Precision;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/** The engine in pure Java, for CPUs; it needs nothing but a JVM, and is fast where that has the Vector API. */
public final class VectorEngine implements Engine {
    /** More threads find no work in a batch of 256: weight gradients are summed in eight parts. */
    private static final int MOST_USEFUL_THREADS = 8;

    private static final Kernels KERNELS =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
                    ? new VectorKernels()
                    : new PlainKernels();

    @Override
    public String name() {
        return "vector";
    }

    @Override
    public String about() {
        return "pure Java: CPU, fp32";
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
        facts.put("kernels", KERNELS.about());
        facts.put("lanes", String.valueOf(KERNELS.lanes()));
        return facts;
    }

    @Override
    public Learner open(Assignment assignment) {
        problem(assignment.compute()).ifPresent(problem -> {
            throw new EngineException(problem);
        });
        int asked = assignment.compute().threads();
        int threads = asked > 0 ? asked : Math.min(Runtime.getRuntime().availableProcessors(), MOST_USEFUL_THREADS);
        return new VectorLearner(assignment, KERNELS, threads);
    }
}
