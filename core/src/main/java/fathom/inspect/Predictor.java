package fathom.inspect;

import fathom.data.Batch;
import java.util.List;

/** Whatever answers for examples: {@link fathom.run.Trained#predict} or {@link fathom.engine.Learner#predict}. */
@FunctionalInterface
public interface Predictor {
    /**
     * Log-probabilities of the classes, examples × classes, then for each tap examples × numbers of its shape.
     *
     * @param taps paths of layers
     */
    List<float[]> predict(Batch batch, List<String> taps);
}
