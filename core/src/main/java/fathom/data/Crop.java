package fathom.data;

import fathom.model.Shape;

/** Cuts a square out of the middle; where the rest is odd, the right and the lower side lose the pixel more. */
record Crop(Shape from, Shape shape) implements Fitting {
    /** @throws DataException if the picture is smaller than the square */
    static Fitting of(Shape from, int side) {
        if (from.size(1) < side || from.size(2) < side) {
            throw new DataException(
                    "no square of %d×%d pixels can be cut out of a picture of %s: set a smaller data.crop"
                            .formatted(side, side, from));
        }
        return new Crop(from, Shape.of(from.size(0), side, side));
    }

    @Override
    public byte[] apply(byte[] picture) {
        int side = shape.size(1);
        int top = (from.size(1) - side) / 2;
        int left = (from.size(2) - side) / 2;
        byte[] out = new byte[shape.count()];
        for (int row = 0; row < shape.size(0) * side; row++) {
            int source = (row / side * from.size(1) + top + row % side) * from.size(2) + left;
            System.arraycopy(picture, source, out, row * side, side);
        }
        return out;
    }
}
