package fathom.engine;

import fathom.data.Batch;
import fathom.model.Layer;
import fathom.model.Network;

/** Whether a batch is one that a network can read. */
public final class Fit {
    private Fit() {}

    /**
     * Checks the shape of a batch and, if the network reads sequences, every word number in it.
     *
     * @throws IllegalArgumentException if the shape is neither the network's nor that of a shorter sequence, or if a number
     *     is not a whole one in 0 … words − 1; the message says what was expected
     */
    public static void require(Network network, Batch batch) {
        network.on(batch.shape());
        for (Network.Place place : network.leaves()) {
            if (place.layer() instanceof Layer.Embedding(int words, var _, var _, var _)) {
                requireWords(place.path(), words, batch);
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
