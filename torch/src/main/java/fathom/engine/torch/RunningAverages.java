package fathom.engine.torch;

import static org.bytedeco.pytorch.global.torch.zeros_like;

import fathom.engine.Averages;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** The running averages of all arrays ({@link Averages}), or none. */
final class RunningAverages {
    private final double averaging;
    private final SequencedMap<String, Tensor> arrays;
    private final SequencedMap<String, Tensor> state = new LinkedHashMap<>();

    /** @param averaging 0 for none */
    RunningAverages(double averaging, SequencedMap<String, Tensor> arrays, Owned owned) {
        this.averaging = averaging;
        this.arrays = averaging > 0 ? arrays : new LinkedHashMap<>();
        this.arrays.forEach((name, array) -> {
            Tensor average = owned.keep(zeros_like(array));
            average.detach_();
            state.put(name + "/" + Averages.KIND, average);
        });
    }

    /** By name, as the optimiser's arrays. */
    SequencedMap<String, Tensor> state() {
        return state;
    }

    /** Begins at what the arrays are. */
    void begin() {
        try (var _ = new NoGradGuard()) {
            forEach(Tensor::copy_);
        }
    }

    /** Moves towards the arrays after a step, counted from 1. Call inside a scope, without recording gradients. */
    void follow(long step) {
        if (!state.isEmpty()) {
            var moved = new Scalar(1 - Averages.kept(averaging, step));
            forEach((average, array) -> average.lerp_(array, moved));
        }
    }

    private interface Change {
        Tensor apply(Tensor average, Tensor array);
    }

    private void forEach(Change change) {
        var averages = state.values().iterator();
        for (Tensor array : arrays.values()) {
            change.apply(averages.next(), array);
        }
    }
}
