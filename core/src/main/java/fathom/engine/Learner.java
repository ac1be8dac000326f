package fathom.engine;

import fathom.data.Batch;
import java.util.List;
import java.util.SequencedMap;

/**
 * One network with its optimiser, alive in an engine. Not thread-safe; the same assignment and the same calls give the
 * same bits.
 */
public interface Learner extends AutoCloseable {
    /**
     * Loss and hits on one batch.
     *
     * @param loss mean over the batch
     * @param correct how many examples had their own class on top
     */
    record Score(double loss, int correct) {}

    /**
     * One training step.
     *
     * @param step counted from 0 over the whole training; with the seed it names the step's random numbers
     * @param rate the learning rate of this step
     * @return the score before the step, in training mode
     * @throws DivergedException if the loss is infinite or not a number; the weights are then unchanged
     */
    Score step(Batch batch, long step, double rate);

    /** The score in evaluation mode, without label smoothing. */
    Score evaluate(Batch batch);

    /**
     * Log-probabilities of the classes, one row an example, followed by the output of each tapped layer.
     *
     * @param taps paths of layers ({@link fathom.model.Network.Place#path})
     * @return first the log-probabilities, examples × classes, then for each tap examples × numbers of its shape
     */
    List<float[]> predict(Batch batch, List<String> taps);

    /** Every array of the network: weights and running averages, by parameter name, copied. */
    SequencedMap<String, float[]> weights();

    /**
     * The optimiser's arrays, copied: {@code name/momentum} (Sgd with momentum), {@code name/mean} and
     * {@code name/square} (Adam, AdamW) for each trained parameter.
     */
    SequencedMap<String, float[]> optimizerState();

    /**
     * Takes arrays back.
     *
     * @param optimizerState may be empty: the optimiser then begins anew
     * @param stepsDone how many steps had been taken (Adam's bias correction counts them)
     * @throws IllegalArgumentException if an array is missing, unknown or of another length
     */
    void restore(SequencedMap<String, float[]> weights, SequencedMap<String, float[]> optimizerState, long stepsDone);

    /** Gradients of the mean loss on one batch, by parameter name, in training mode; changes nothing. For checking engines. */
    SequencedMap<String, float[]> gradients(Batch batch, long step);

    /** How many bytes a training step on so many examples needs, weights and all; 0 if the engine does not know before. */
    long memory(int examples);

    /** How many threads it uses. */
    int threads();

    @Override
    void close();
}
