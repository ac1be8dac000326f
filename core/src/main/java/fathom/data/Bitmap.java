package fathom.data;

import fathom.model.Shape;
import java.nio.file.Path;

/** A decoded picture: 1 or 3 channels of bytes, channel by channel, row by row. */
final class Bitmap {
    private final Shape shape;
    private final byte[] bytes;

    /** @param shape channels × height × width */
    Bitmap(Shape shape, byte[] bytes) {
        this.shape = shape;
        this.bytes = bytes;
    }

    Shape shape() {
        return shape;
    }

    byte[] bytes() {
        return bytes;
    }

    int channels() {
        return shape.size(0);
    }

    /** With this many channels; colours become grey by their luma (ITU-R BT.601), as PIL does. */
    Bitmap withChannels(int channels) {
        if (channels == channels()) {
            return this;
        }
        int pixels = shape.size(1) * shape.size(2);
        byte[] out = new byte[channels * pixels];
        for (int i = 0; i < pixels; i++) {
            if (channels == 1) {
                out[i] = luma(bytes[i] & 0xff, bytes[pixels + i] & 0xff, bytes[2 * pixels + i] & 0xff);
            } else {
                out[i] = out[pixels + i] = out[2 * pixels + i] = bytes[i];
            }
        }
        return new Bitmap(Shape.of(channels, shape.size(1), shape.size(2)), out);
    }

    /** 0.299 red + 0.587 green + 0.114 blue, rounded, in whole numbers. */
    private static byte luma(int red, int green, int blue) {
        return (byte) ((red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16);
    }

    /** The same picture with one channel if all its channels agree. */
    Bitmap greyIfColourless() {
        if (channels() == 1) {
            return this;
        }
        int pixels = shape.size(1) * shape.size(2);
        for (int i = 0; i < pixels; i++) {
            if (bytes[i] != bytes[pixels + i] || bytes[i] != bytes[2 * pixels + i]) {
                return this;
            }
        }
        return withChannels(1);
    }

    /**
     * At this height and width.
     *
     * @param file named if it is too large for a border
     */
    Bitmap fitted(Path file, int height, int width, Data.Fit fit) {
        try {
            var fitting = Fitting.of(shape, height, width, fit);
            return new Bitmap(fitting.shape(), fitting.apply(bytes));
        } catch (DataException e) {
            throw new DataException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Cut and sized as {@code data} asks for.
     *
     * @param file named if that cannot be
     */
    Bitmap fitted(String file, Data data) {
        try {
            var fitting = Fitting.of(shape, data);
            return new Bitmap(fitting.shape(), fitting.apply(bytes));
        } catch (DataException e) {
            throw new DataException(file + ": " + e.getMessage(), e);
        }
    }
}
