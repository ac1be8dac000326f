package fathom.run;

import fathom.data.Dataset;
import fathom.engine.Learner;
import fathom.model.Layer;
import fathom.model.ModelException;
import fathom.model.Network;
import java.util.LinkedHashMap;
import java.util.Objects;

/** What sentences ask of a network, and what they give it. */
final class Wording {
    private Wording() {}

    /**
     * Makes sure that a network has a vector for every word of the data.
     *
     * @throws ModelException if it has not; the message names the number that it needs
     */
    static void requireFit(Network network, Dataset dataset) {
        if (dataset.vocabulary().isEmpty()) {
            return;
        }
        int words = dataset.vocabulary().get().size();
        if (!network.isOfSequences()) {
            throw new ModelException(
                    "%s holds sentences, but the network has no embedding: begin it with embedding: {words: %d, units: 128}"
                            .formatted(dataset.name(), words));
        }
        for (Network.Place place : network.leaves()) {
            if (place.layer() instanceof Layer.Embedding embedding && embedding.words() < words) {
                throw new ModelException(
                        "%s has %d words (padding and unknown counted), but the embedding at \"%s\" only %d: set its words to %d or more, or raise data.text.minCount"
                                .formatted(dataset.name(), words, place.path(), embedding.words(), words));
            }
        }
    }

    /**
     * Puts the user's word vectors, if there are any, into the network's embeddings before the first step.
     *
     * @throws fathom.data.DataException if they have another size than the embedding
     */
    static void giveVectors(Learner learner, Network network, Dataset dataset) {
        if (dataset.vectors().isEmpty()) {
            return;
        }
        var weights = learner.weights();
        for (Network.Place place : network.leaves()) {
            if (place.layer() instanceof Layer.Embedding embedding) {
                String name = place.parameters().getFirst().name();
                float[] table = Objects.requireNonNull(weights.get(name), name);
                weights.put(name, dataset.vectors().get().into(table, embedding.units()));
            }
        }
        learner.restore(weights, new LinkedHashMap<>(), 0);
    }
}
