package fathom.data;

import fathom.model.Shape;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Labelled examples in three splits, ready for a network. Open on purpose: users bring their own.
 *
 * <p>A data set is immutable and may be read by several threads.
 */
public interface Dataset {
    /** What tables and run folders call it. */
    String name();

    /** The shape of one example. */
    Shape shape();

    /** The names of the classes; a label is an index into them. */
    List<String> classes();

    /** One split; it may be empty. */
    Examples examples(Split split);

    /**
     * Changes a batch of training examples in place, in ways that keep their classes; does nothing unless overridden.
     * The same arguments make the same changes.
     *
     * @param step counted over the whole training
     * @param done how much of the training lies behind, from 0 to below 1
     */
    default void augment(Batch batch, long seed, long step, double done) {}

    /** What is known of the examples of a split besides their classes; of most sets nothing. */
    default Optional<Attributes> attributes(Split split) {
        return Optional.empty();
    }

    /** The words of a set of sentences: what the numbers in its batches mean; empty for pictures. */
    default Optional<Vocabulary> vocabulary() {
        return Optional.empty();
    }

    /** Vectors of its words that an embedding begins with, if the user gave some. */
    default Optional<WordVectors> vectors() {
        return Optional.empty();
    }

    /** What the data was made of: file name and SHA-256, or a seed; goes into the spec of every run. */
    SequencedMap<String, String> provenance();
}
