package fathom.data;

import fathom.model.Shape;

/** Brings drawings and photographs to the 28×28 grey pixels of MNIST and Fashion-MNIST. */
final class Sketch {
    /** The side of the pictures of both sets. */
    static final int SIDE = 28;

    /** The side of the square into which MNIST fits each digit. */
    private static final int DIGIT = 20;

    /** Where MNIST's centres of mass lie: in the middle of pixel 14, counted from 0 (measured: 13.98 down, 14.01 across). */
    private static final double CENTRE = 14.5;

    private Sketch() {}

    /** @throws DataException if the picture is empty, or nothing is left of it at this size */
    static Bitmap digit(String file, Bitmap picture) {
        var foreground = Foreground.of(file, picture);
        var box = foreground.box();
        boolean fits = Math.max(box.height(), box.width()) == DIGIT; // one of MNIST's own, say, stays as it is
        Bitmap digit = fits
                ? crop(foreground.ink(), box)
                : strengthened(file, fitted(crop(foreground.ink(), foreground.strokes()), DIGIT));
        return placed(
                digit,
                shift(massCentre(digit, 1), digit.shape().size(1)),
                shift(massCentre(digit, 2), digit.shape().size(2)));
    }

    /** @throws DataException if the picture is empty */
    static Bitmap garment(String file, Bitmap picture) {
        var foreground = Foreground.of(file, picture);
        Bitmap garment = fitted(crop(foreground.greyOnBlack(), foreground.box()), SIDE);
        // Where the rest is odd, Fashion-MNIST has the pixel more above and on the left.
        return placed(
                garment,
                Math.ceilDiv(SIDE - garment.shape().size(1), 2),
                Math.ceilDiv(SIDE - garment.shape().size(2), 2));
    }

    private static Bitmap crop(Bitmap bitmap, Foreground.Box box) {
        int width = bitmap.shape().size(2);
        byte[] out = new byte[box.height() * box.width()];
        for (int y = 0; y < box.height(); y++) {
            System.arraycopy(bitmap.bytes(), (box.top() + y) * width + box.left(), out, y * box.width(), box.width());
        }
        return new Bitmap(Shape.of(1, box.height(), box.width()), out);
    }

    /** With its longer side brought to {@code side}, smoothly. */
    private static Bitmap fitted(Bitmap bitmap, int side) {
        int height = bitmap.shape().size(1);
        int width = bitmap.shape().size(2);
        double scale = (double) side / Math.max(height, width);
        var to = Shape.of(
                1, Math.max(1, (int) Math.round(scale * height)), Math.max(1, (int) Math.round(scale * width)));
        return to.equals(bitmap.shape())
                ? bitmap
                : new Bitmap(to, new Resize(bitmap.shape(), to).apply(bitmap.bytes()));
    }

    /** With its strongest pixel made full: a thin stroke of a large sheet pales when it shrinks. */
    private static Bitmap strengthened(String file, Bitmap digit) {
        int most = 0;
        for (byte ink : digit.bytes()) {
            most = Math.max(most, ink & 0xff);
        }
        if (most == 0) {
            throw new DataException(
                    "%s is empty at %d×%d pixels: its strokes are too thin for their size, draw them thicker (--as-drawn takes it as it is)"
                            .formatted(file, DIGIT, DIGIT));
        }
        if (most >= Foreground.FULL) {
            return digit;
        }
        byte[] out = new byte[digit.bytes().length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) Math.round((digit.bytes()[i] & 0xff) * 255f / most);
        }
        return new Bitmap(digit.shape(), out);
    }

    /** Where the centre of mass lies along an axis, in pixels from the first pixel's edge. */
    private static double massCentre(Bitmap bitmap, int axis) {
        int width = bitmap.shape().size(2);
        double moment = 0;
        double mass = 0;
        for (int i = 0; i < bitmap.bytes().length; i++) {
            double weight = bitmap.bytes()[i] & 0xff;
            moment += weight * ((axis == 1 ? i / width : i % width) + 0.5);
            mass += weight;
        }
        return moment / mass;
    }

    /** By how many pixels to move for the centre of mass to be in the middle, without leaving the picture. */
    private static int shift(double centre, int size) {
        return Math.clamp(Math.round(CENTRE - centre), 0, SIDE - size);
    }

    private static Bitmap placed(Bitmap bitmap, int top, int left) {
        int width = bitmap.shape().size(2);
        byte[] out = new byte[SIDE * SIDE];
        for (int y = 0; y < bitmap.shape().size(1); y++) {
            System.arraycopy(bitmap.bytes(), y * width, out, (top + y) * SIDE + left, width);
        }
        return new Bitmap(Shape.of(1, SIDE, SIDE), out);
    }
}
