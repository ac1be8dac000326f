package fathom.data;

import fathom.model.Shape;
import java.util.Arrays;
import java.util.List;

/** Sentences as the numbers of their words, filled up with 0. */
final class SentenceExamples implements Examples {
    private final List<Sentence> sentences;
    private final int[][] numbers;
    private final Shape shape;
    private final Text.Padding padding;

    /** @param longest how many words an example has room for */
    SentenceExamples(List<Sentence> sentences, Vocabulary vocabulary, int longest, Text.Padding padding) {
        this.sentences = sentences;
        this.numbers = sentences.stream()
                .map(sentence -> vocabulary.numbers(sentence.words()))
                .toArray(int[][]::new);
        this.shape = Shape.of(longest);
        this.padding = padding;
    }

    @Override
    public int size() {
        return numbers.length;
    }

    @Override
    public int label(int index) {
        return sentences.get(index).label();
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public int length(int index) {
        return numbers[index].length;
    }

    @Override
    public String text(int index) {
        return sentences.get(index).text();
    }

    @Override
    public boolean sortsByLength() {
        return padding == Text.Padding.BATCH;
    }

    @Override
    public void read(int index, float[] out, int offset) {
        read(index, out, offset, shape.count());
    }

    private void read(int index, float[] out, int offset, int words) {
        int[] own = numbers[index];
        for (int i = 0; i < words; i++) {
            out[offset + i] = i < own.length ? own[i] : Vocabulary.PADDING;
        }
    }

    @Override
    public Batch batch(int[] indices, float[] room) {
        int[] lengths = Arrays.stream(indices).map(this::length).toArray();
        int words = padding == Text.Padding.LONGEST
                ? shape.count()
                : Arrays.stream(lengths).max().orElse(1);
        float[] inputs = Batch.inputs(indices.length, words, room);
        for (int i = 0; i < indices.length; i++) {
            read(indices[i], inputs, i * words, words);
        }
        int[] labels = Arrays.stream(indices).map(this::label).toArray();
        return new Batch(Shape.of(words), inputs, labels, lengths);
    }
}
