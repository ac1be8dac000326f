package fathom.data;

import fathom.model.Shape;

/** Brings pictures of one shape to another size; channels stay. */
sealed interface Fitting permits Fitting.Same, Pad, Resize {
    /** The shape it makes. */
    Shape shape();

    /** A new picture made of {@code picture}; thread-safe. */
    byte[] apply(byte[] picture);

    /**
     * The fitting that makes pictures of this height and width.
     *
     * @throws DataException if a picture is too large for a border
     */
    static Fitting of(Shape from, int height, int width, Data.Fit fit) {
        Shape to = Shape.of(from.size(0), height, width);
        if (from.equals(to)) {
            return new Same(to);
        }
        return switch (fit) {
            case RESIZE -> new Resize(from, to);
            case PAD -> new Pad(from, to);
        };
    }

    /** Leaves the picture as it is. */
    record Same(Shape shape) implements Fitting {
        @Override
        public byte[] apply(byte[] picture) {
            return picture;
        }
    }
}
