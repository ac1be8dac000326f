package fathom.data;

import fathom.model.Shape;

/** Brings pictures of one shape to another size; channels stay. */
sealed interface Fitting permits Crop, Fitting.Same, Fitting.Both, Pad, Resize {
    /** The shape it makes. */
    Shape shape();

    /** A new picture made of {@code picture}; thread-safe. */
    byte[] apply(byte[] picture);

    /**
     * The fitting that makes what {@code data} asks for: its square from the middle, then its size.
     *
     * @throws DataException if a picture is smaller than the square, or too large for a border
     */
    static Fitting of(Shape from, Data data) {
        var crop = data.crop() == 0 ? new Same(from) : Crop.of(from, data.crop());
        if (data.size() == 0) {
            return crop;
        }
        var fit = of(crop.shape(), data.size(), data.size(), data.fit());
        return data.crop() == 0 ? fit : new Both(crop, fit);
    }

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

    /** One, then the other. */
    record Both(Fitting first, Fitting second) implements Fitting {
        @Override
        public Shape shape() {
            return second.shape();
        }

        @Override
        public byte[] apply(byte[] picture) {
            return second.apply(first.apply(picture));
        }
    }
}
