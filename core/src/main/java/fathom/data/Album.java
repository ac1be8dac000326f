package fathom.data;

import fathom.model.Shape;
import java.util.Arrays;

/** Labelled pictures of one shape, kept as bytes: channel by channel, row by row. */
final class Album {
    private final Shape shape;
    private final byte[][] pictures;
    private final int[] labels;

    /**
     * @param pictures one array a picture, each as long as the shape says
     * @param labels the class of each
     */
    Album(Shape shape, byte[][] pictures, int[] labels) {
        if (pictures.length != labels.length) {
            throw new IllegalArgumentException(
                    "%d pictures need as many labels, got %d".formatted(pictures.length, labels.length));
        }
        this.shape = shape;
        this.pictures = pictures;
        this.labels = labels;
    }

    int size() {
        return labels.length;
    }

    Shape shape() {
        return shape;
    }

    byte[] picture(int index) {
        return pictures[index];
    }

    int label(int index) {
        return labels[index];
    }

    /** The same pictures at the size that {@code data} asks for. */
    Album fitted(Data data) {
        if (data.size() == 0) {
            return this;
        }
        var fitting = Fitting.of(shape, data.size(), data.size(), data.fit());
        byte[][] fitted = new byte[size()][];
        Arrays.parallelSetAll(fitted, i -> fitting.apply(pictures[i]));
        return new Album(fitting.shape(), fitted, labels);
    }
}
