package fathom.data;

import fathom.model.Shape;

/**
 * Some examples as an engine takes them: inputs one after the other (example by example, each in the order of its shape,
 * so a picture is channel by channel, row by row) and their labels.
 *
 * <p>Texts are sequences of word numbers, written as floats (exact up to 2²⁴), of which 0 is padding and 1 the unknown word.
 * All of a batch are padded at their ends to one length, its shape. The arrays are the batch's own and may be reused by
 * whoever made it once the batch has been used.
 */
public final class Batch {
    private final Shape shape;
    private final float[] inputs;
    private final int[] labels;
    private final int[] lengths;

    /**
     * @param shape of one example
     * @throws IllegalArgumentException if there is no example or {@code inputs} does not hold one for each label
     */
    public Batch(Shape shape, float[] inputs, int[] labels) {
        this(shape, inputs, labels, new int[0]);
    }

    /**
     * @param shape of one example; texts padded to T tokens have {@code Shape.of(T)}
     * @param lengths how many tokens of each example are real, 1 … T; empty if the examples are no texts
     * @throws IllegalArgumentException if there is no example, if {@code inputs} or {@code lengths} does not hold one for
     *     each label, or if a length is not in 1 … T
     */
    public Batch(Shape shape, float[] inputs, int[] labels, int[] lengths) {
        if (labels.length == 0 || inputs.length != (long) labels.length * shape.count()) {
            throw new IllegalArgumentException("%d examples of shape %s need %d inputs, got %d"
                    .formatted(labels.length, shape, (long) labels.length * shape.count(), inputs.length));
        }
        if (lengths.length != 0 && (lengths.length != labels.length || shape.rank() != 1)) {
            throw new IllegalArgumentException(
                    "%d examples of shape %s cannot have %d lengths".formatted(labels.length, shape, lengths.length));
        }
        for (int length : lengths) {
            if (length < 1 || length > shape.count()) {
                throw new IllegalArgumentException(
                        "a text of a batch padded to %d tokens has 1 … %d of them, got %d: leave out empty ones"
                                .formatted(shape.count(), shape.count(), length));
            }
        }
        this.shape = shape;
        this.inputs = inputs;
        this.labels = labels;
        this.lengths = lengths;
    }

    /** An array for so many examples of so many numbers: {@code room}, if it is as long as that, or a new one. */
    static float[] inputs(int examples, int count, float[] room) {
        int length = Math.multiplyExact(examples, count);
        return room.length == length ? room : new float[length];
    }

    /** How many examples. */
    public int size() {
        return labels.length;
    }

    /** The shape of one example. */
    public Shape shape() {
        return shape;
    }

    public float[] inputs() {
        return inputs;
    }

    public int[] labels() {
        return labels;
    }

    /** How many tokens of each example are real; empty for pictures. */
    public int[] lengths() {
        return lengths;
    }
}
