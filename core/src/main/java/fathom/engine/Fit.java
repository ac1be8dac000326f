package fathom.engine;

import fathom.data.Batch;
import fathom.model.Layer;
import fathom.model.Loss;
import fathom.model.Network;

/** Whether a batch is one that a network can read. */
public final class Fit {
    private Fit() {}

    /**
     * Checks the shape of a batch, every label if the loss is one of classes and, if the network reads sequences, every
     * word number.
     *
     * @throws IllegalArgumentException if the shape is neither the network's nor that of a shorter sequence, a label is not
     *     in 0 … classes − 1, or a word number is not a whole one in 0 … words − 1; the message says what was expected
     */
    public static void require(Network network, Loss loss, Batch batch) {
        network.on(batch.shape());
        if (loss instanceof Loss.OfClasses) {
            requireLabels(network.output().count(), batch);
        }
        for (Network.Place place : network.leaves()) {
            if (place.layer() instanceof Layer.Embedding(int words, var _, var _, var _)) {
                requireWords(place.path(), words, batch);
            }
        }
    }

    private static void requireLabels(int classes, Batch batch) {
        for (int label : batch.labels()) {
            if (label < 0 || label >= classes) {
                throw new IllegalArgumentException(
                        "a label must be in 0 … %d for this network, got %d".formatted(classes - 1, label));
            }
        }
    }

    private static void requireWords(String path, int words, Batch batch) {
        for (float number : batch.inputs()) {
            if (!(number >= 0 && number < words && number == Math.rint(number))) {
                throw new IllegalArgumentException(
                        "layer %s (embedding) knows words 0 … %d, got %s: read the text with the vocabulary of this network"
                                .formatted(path, words - 1, number));
            }
        }
    }
}
