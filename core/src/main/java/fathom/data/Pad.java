package fathom.data;

import fathom.model.Shape;

/**
 * Puts a picture in the middle of a larger one of background (zero); where the border cannot be even, the right and the
 * lower side get the pixel more.
 */
record Pad(Shape from, Shape shape) implements Fitting {
    Pad {
        if (from.size(1) > shape.size(1) || from.size(2) > shape.size(2)) {
            throw new DataException(
                    "a picture of %s cannot be padded to %s, which is smaller: take fit resize, or a larger size"
                            .formatted(from, shape));
        }
    }

    @Override
    public byte[] apply(byte[] picture) {
        int height = from.size(1);
        int width = from.size(2);
        int top = (shape.size(1) - height) / 2;
        int left = (shape.size(2) - width) / 2;
        byte[] out = new byte[shape.count()];
        for (int channel = 0; channel < shape.size(0); channel++) {
            for (int y = 0; y < height; y++) {
                int source = (channel * height + y) * width;
                int target = (channel * shape.size(1) + top + y) * shape.size(2) + left;
                System.arraycopy(picture, source, out, target, width);
            }
        }
        return out;
    }
}
