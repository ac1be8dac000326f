package fathom.engine.torch;

import fathom.engine.Assignment;
import fathom.engine.Compute;
import fathom.engine.Device;
import fathom.engine.Engine;
import fathom.engine.EngineException;
import fathom.engine.Learner;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.bytedeco.pytorch.global.torch;

/** libtorch, the native library below PyTorch; natives are loaded on the first question that needs them. */
public final class TorchEngine implements Engine {

    @Override
    public String name() {
        return "torch";
    }

    @Override
    public String about() {
        return "libtorch: CPU and CUDA, fp32 and bf16";
    }

    @Override
    public int rank() {
        return 1;
    }

    @Override
    public Optional<String> problem(Compute compute) {
        var missing = Natives.problem();
        if (missing.isPresent()) {
            return missing;
        }
        if (compute.device() == Device.CUDA && !torch.cuda_is_available()) {
            return Optional.of(
                    torch.hasCUDA()
                            ? "libtorch finds no NVIDIA GPU: check the driver with nvidia-smi, or use the device cpu"
                            : "this build of libtorch is for CPUs only: build Fathom with -Pcuda, or use the device cpu");
        }
        return Optional.empty();
    }

    @Override
    public SequencedMap<String, String> facts() {
        Natives.problem().ifPresent(problem -> {
            throw new EngineException(problem);
        });
        return Natives.facts();
    }

    @Override
    public List<String> plan(Assignment assignment, int examples) {
        return List.of();
    }

    @Override
    public Learner open(Assignment assignment) {
        problem(assignment.compute()).ifPresent(problem -> {
            throw new EngineException(problem);
        });
        return new TorchLearner(assignment);
    }
}
