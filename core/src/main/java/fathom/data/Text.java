package fathom.data;

import fathom.config.Default;

/**
 * How sentences are read and become numbers; only data sets of text look at it.
 *
 * @param form which of the published forms of the treebank is read
 * @param split who decides what is trained on
 * @param phrases whether every labelled phrase of the training trees is an example, not only whole sentences
 * @param minCount how often a word stands in the training examples, at least, to be known
 * @param padding to which length the sentences of a batch are filled up
 * @param lowerCase whether all words are written small
 * @param vectors a file of word vectors (GloVe or word2vec, as text) that an embedding begins with; empty for none
 */
public record Text(
        @Default("stsa") Form form,
        @Default("official") Division split,
        @Default("false") boolean phrases,
        @Default("1") int minCount,
        @Default("batch") Padding padding,
        @Default("true") boolean lowerCase,
        @Default("\"\"") String vectors) {

    /** The published forms of the Stanford Sentiment Treebank. */
    public enum Form {
        /** One sentence a line after its label. */
        STSA,
        /** Tab-separated, training phrases and sentences; the test sentences are those of {@link #STSA}. */
        GLUE,
        /** The trees. */
        TREES
    }

    /** Who decides which sentences are trained on, validated by and tested on. */
    public enum Division {
        /** Those who published the set. */
        OFFICIAL,
        /** We: of the training sentences 0.8, 0.1 and 0.1, drawn by the split's seed. */
        TENTHS
    }

    /** To which length the sentences of a batch are filled up. */
    public enum Padding {
        /** The longest of the batch; sentences of like length stand together. */
        BATCH,
        /** The longest of the whole data set. */
        LONGEST
    }

    /** @throws IllegalArgumentException if a number is out of its range */
    public Text {
        if (minCount < 1) {
            throw new IllegalArgumentException("minCount must be at least 1, got " + minCount);
        }
    }

    /** Official sentences in small letters, every word known, padded to the longest of a batch. */
    public static Text usual() {
        return new Text(Form.STSA, Division.OFFICIAL, false, 1, Padding.BATCH, true, "");
    }

    public Text withForm(Form form) {
        return new Text(form, split, phrases, minCount, padding, lowerCase, vectors);
    }

    public Text withSplit(Division split) {
        return new Text(form, split, phrases, minCount, padding, lowerCase, vectors);
    }

    public Text withPhrases(boolean phrases) {
        return new Text(form, split, phrases, minCount, padding, lowerCase, vectors);
    }

    public Text withPadding(Padding padding) {
        return new Text(form, split, phrases, minCount, padding, lowerCase, vectors);
    }

    /** @param vectors path of a file of word vectors, or empty */
    public Text withVectors(String vectors) {
        return new Text(form, split, phrases, minCount, padding, lowerCase, vectors);
    }
}
