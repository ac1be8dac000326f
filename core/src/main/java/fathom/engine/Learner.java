package fathom.engine;

import fathom.data.Batch;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * One network with its optimiser, alive in an engine. Not thread-safe; the same assignment and the same calls give the
 * same bits.
 */
public interface Learner extends AutoCloseable {
    /**
     * How well one batch was done.
     *
     * @param loss mean over the batch; of an autoencoder the negative evidence lower bound, with the divergence's weight 1
     * @param correct how many examples had their own class on top; only of a classifier
     * @param divergence the part of the loss that is divergence, mean over the batch; only of a variational autoencoder
     */
    record Score(double loss, Optional<Integer> correct, Optional<Double> divergence) {
        public static Score ofClasses(double loss, int correct) {
            return new Score(loss, Optional.of(correct), Optional.empty());
        }

        public static Score ofBound(double loss, double divergence) {
            return new Score(loss, Optional.empty(), Optional.of(divergence));
        }
    }

    /**
     * One training step. An autoencoder goes down along reconstruction + weight · divergence.
     *
     * @param step counted from 0 over the whole training; with the seed it names the step's random numbers
     * @param rate the learning rate of this step
     * @return the score before the step, in training mode
     * @throws DivergedException if the loss is not a number or at least 1e30, or if gradients are to be clipped and their norm
     *     is not finite; the weights are then unchanged
     */
    Score step(Batch batch, long step, double rate);

    /**
     * The score in evaluation mode, without label smoothing. An autoencoder draws here, too, with the same noise for every
     * batch.
     */
    Score evaluate(Batch batch);

    /**
     * The answer to each example, one row an example, followed by the output of each tapped layer. Nothing is drawn: an
     * autoencoder's code is the means.
     *
     * @param taps paths of layers ({@link fathom.model.Network.Place#path})
     * @return first the log-probabilities of the classes, examples × classes (of an autoencoder the reconstructions, of a
     *     network without loss its output), then for each tap examples × numbers of its shape
     */
    List<float[]> predict(Batch batch, List<String> taps);

    /** Every array of the network: weights and running averages, by parameter name, copied. */
    SequencedMap<String, float[]> weights();

    /**
     * The optimiser's arrays, copied: {@code name/momentum} (Sgd with momentum), {@code name/mean} and
     * {@code name/square} (Adam, AdamW) for each trained parameter; with averaging {@code name/average} for
     * every array ({@link Averages}).
     */
    SequencedMap<String, float[]> optimizerState();

    /**
     * Takes arrays back.
     *
     * @param optimizerState may be empty: the optimiser then begins anew, and so do the averages
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
