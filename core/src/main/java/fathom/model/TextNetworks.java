package fathom.model;

import static fathom.model.Layer.*;

import java.util.ArrayList;

/** Networks that read sentences. Trailing comments are shapes after the layer, on a sentence of T words. */
public final class TextNetworks {
    /** Numbers of words in the training sentences of the Stanford Sentiment Treebank, padding and unknown counted. */
    private static final int TREEBANK_WORDS = 14_832;

    /** Likewise in all its training phrases that have an opinion. */
    private static final int TREEBANK_PHRASE_WORDS = 16_384;

    private TextNetworks() {}

    /** A small LSTM whose last state is classified, for the made-up reviews. */
    public static Layer lstmReviews() {
        return chain(
                embedding(128, 16), // T×16
                lstm(32), // T×32
                lastToken(), // 32
                linear(2));
    }

    /**
     * So many LSTM, a layer norm after each; the state at the last word goes through two linear layers. The
     * report gives no size of the embedding and of the first linear layer: we take 300 and 128. Nor does it say how the
     * embedding begins: with a deviation of 1, PyTorch's default, 105 epochs at 0.0001 hardly move it, and the network learns
     * the noise in it by heart; 0.1 leaves room for what is learnt.
     */
    public static Layer lstmStack(int layers, int units) {
        return stack(lstm(units), lastToken(), layers);
    }

    /**
     * {@link #lstmStack} that reads from both ends.
     *
     * @param units in each direction
     */
    public static Layer bilstmStack(int layers, int units) {
        return stack(bidirectionalLstm(units), new LastToken(true), layers);
    }

    private static Layer stack(Layer lstm, Layer last, int layers) {
        var parts = new ArrayList<Layer>();
        parts.add(named("embedding", new Embedding(TREEBANK_WORDS, 300, false, 0.1))); // T×300
        for (int i = 1; i <= layers; i++) {
            parts.add(named("lstm" + i, lstm, layerNorm(), dropout(0.2))); // T×units
        }
        parts.add(last); // units
        parts.add(named("linear1", linear(128)));
        parts.add(named("linear2", linear(2)));
        parts.add(logSoftmax());
        return new Chain(parts);
    }

    /** One LSTM of both directions under max pooling (Conneau et al. 2017), much dropout. */
    public static Layer bilstmMax() {
        return chain(
                named("embedding", new Embedding(TREEBANK_PHRASE_WORDS, 200, false, 0.1), dropout(0.3)), // T×200
                named("lstm", bidirectionalLstm(200)), // T×400
                sequencePool(SequencePool.Kind.MAX), // 400
                dropout(0.5),
                named("linear", linear(2)));
    }
}
