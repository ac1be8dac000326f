package fathom.data;

import fathom.model.Shape;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntFunction;

/** Labelled pictures of one shape, kept as bytes: channel by channel, row by row. */
final class Album {
    private final Shape shape;
    private final IntFunction<byte[]> pictures;
    private final int[] labels;
    private final Optional<Attributes> attributes;

    /**
     * @param pictures one array a picture, each as long as the shape says
     * @param labels the class of each
     */
    Album(Shape shape, byte[][] pictures, int[] labels) {
        if (pictures.length != labels.length) {
            throw new IllegalArgumentException(
                    "%d pictures need as many labels, got %d".formatted(pictures.length, labels.length));
        }
        this(shape, labels, index -> pictures[index]);
    }

    /**
     * @param labels the class of each picture
     * @param pictures gives each as an array as long as the shape says; thread-safe
     */
    Album(Shape shape, int[] labels, IntFunction<byte[]> pictures) {
        this(shape, labels, pictures, Optional.empty());
    }

    private Album(Shape shape, int[] labels, IntFunction<byte[]> pictures, Optional<Attributes> attributes) {
        this.shape = shape;
        this.labels = labels;
        this.pictures = pictures;
        this.attributes = attributes;
    }

    /** The same pictures, with what is known of each. */
    Album with(Attributes attributes) {
        return new Album(shape, labels, pictures, Optional.of(attributes));
    }

    /** What is known of each picture. */
    Optional<Attributes> attributes() {
        return attributes;
    }

    int size() {
        return labels.length;
    }

    Shape shape() {
        return shape;
    }

    byte[] picture(int index) {
        return pictures.apply(index);
    }

    int label(int index) {
        return labels[index];
    }

    /**
     * The same pictures cut and sized as {@code data} asks for.
     *
     * @throws DataException if they cannot be, or do not fit into memory
     */
    Album fitted(Data data) {
        var fitting = Fitting.of(shape, data);
        if (fitting instanceof Fitting.Same) {
            return this;
        }
        requireMemory(data.set(), size(), fitting.shape(), "data.size");
        byte[][] fitted = new byte[size()][];
        Arrays.parallelSetAll(fitted, i -> fitting.apply(picture(i)));
        return new Album(fitting.shape(), labels, index -> fitted[index], attributes);
    }

    /**
     * Asked before pictures are made; a fifth of the memory is left to others.
     *
     * @param name of the set
     * @param setting that makes them fewer or smaller
     * @throws DataException if so many pictures of this shape do not fit
     */
    static void requireMemory(String name, long count, Shape shape, String setting) {
        long available = Runtime.getRuntime().maxMemory();
        if (count * shape.count() > available / 5 * 4) {
            throw new DataException(
                    "%s: %,d pictures of %,d bytes do not fit in the memory of %,d bytes: set a smaller %s"
                            .formatted(name, count, shape.count(), available, setting));
        }
    }
}
