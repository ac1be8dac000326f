package fathom.data;

import fathom.model.Shape;

/**
 * Some examples as an engine takes them: inputs one after the other (example by example, each in the order of its shape,
 * so a picture is channel by channel, row by row) and their labels. The arrays are the batch's own and may be reused by
 * whoever made it once the batch has been used.
 */
public final class Batch {
    private final Shape shape;
    private final float[] inputs;
    private final int[] labels;

    /**
     * @param shape of one example
     * @throws IllegalArgumentException if there is no example or {@code inputs} does not hold one for each label
     */
    public Batch(Shape shape, float[] inputs, int[] labels) {
        if (labels.length == 0 || inputs.length != (long) labels.length * shape.count()) {
            throw new IllegalArgumentException("%d examples of shape %s need %d inputs, got %d"
                    .formatted(labels.length, shape, (long) labels.length * shape.count(), inputs.length));
        }
        this.shape = shape;
        this.inputs = inputs;
        this.labels = labels;
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
}
