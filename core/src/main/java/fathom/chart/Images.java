package fathom.chart;

import java.util.function.IntFunction;

/** Pictures of one size: grey or colour, with bytes for pixels. Immutable. */
public final class Images {
    private final int count;
    private final int channels;
    private final int height;
    private final int width;
    private final byte[] bytes;

    private Images(int count, int channels, int height, int width, byte[] bytes) {
        this.count = count;
        this.channels = channels;
        this.height = height;
        this.width = width;
        this.bytes = bytes;
    }

    /**
     * Pictures as data sets hold them.
     *
     * @param bytes picture by picture, channel by channel, row by row; 0 is black
     * @param channels 1 for grey, 3 for red, green and blue
     */
    public static Images of(byte[] bytes, int channels, int height, int width) {
        int size = sizeOfOne(channels, height, width);
        return new Images(wholeNumber(bytes.length, size), channels, height, width, bytes.clone());
    }

    /**
     * Grey pictures from numbers: {@code black} and below is black, {@code white} and above is white.
     *
     * @param values picture by picture, channel by channel, row by row
     */
    public static Images grey(float[] values, int channels, int height, int width, double black, double white) {
        int count = wholeNumber(values.length, sizeOfOne(channels, height, width));
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = Shades.level(values[i], black, white);
        }
        return new Images(count, channels, height, width, bytes);
    }

    /**
     * The same of many pictures, whose numbers need not all be there at once.
     *
     * @param picture gives the numbers of one, by its place; the array may be the same each time
     */
    public static Images grey(
            int count, IntFunction<float[]> picture, int channels, int height, int width, double black, double white) {
        int size = sizeOfOne(channels, height, width);
        byte[] bytes = new byte[Math.multiplyExact(count, size)];
        for (int i = 0; i < count; i++) {
            float[] values = picture.apply(i);
            for (int j = 0; j < size; j++) {
                bytes[i * size + j] = Shades.level(values[j], black, white);
            }
        }
        return new Images(count, channels, height, width, bytes);
    }

    /** Maps of numbers that are not negative, from dark for 0 to bright for {@code most}: activations, saliency. */
    public static Images heat(float[] values, int height, int width, double most) {
        return coloured(values, height, width, value -> Shades.heat(value / most));
    }

    /** Maps of numbers around zero: blue below, white at zero, orange above, full at ±{@code most}: filters. */
    public static Images signed(float[] values, int height, int width, double most) {
        return coloured(values, height, width, value -> Shades.signed(value / most));
    }

    private interface Colouring {
        /** 0xRRGGBB. */
        int of(double value);
    }

    private static Images coloured(float[] values, int height, int width, Colouring colouring) {
        int pixels = sizeOfOne(1, height, width);
        int count = wholeNumber(values.length, pixels);
        byte[] bytes = new byte[3 * values.length];
        for (int i = 0; i < values.length; i++) {
            int colour = colouring.of(values[i]);
            int at = i / pixels * 3 * pixels + i % pixels;
            bytes[at] = (byte) (colour >> 16);
            bytes[at + pixels] = (byte) (colour >> 8);
            bytes[at + 2 * pixels] = (byte) colour;
        }
        return new Images(count, 3, height, width, bytes);
    }

    public int count() {
        return count;
    }

    public int height() {
        return height;
    }

    public int width() {
        return width;
    }

    boolean isGrey() {
        return channels == 1;
    }

    /** 0xRRGGBB. */
    int colour(int index, int row, int column) {
        int pixels = height * width;
        int at = index * channels * pixels + row * width + column;
        int red = bytes[at] & 0xff;
        return channels == 1
                ? red * 0x010101
                : red << 16 | (bytes[at + pixels] & 0xff) << 8 | (bytes[at + 2 * pixels] & 0xff);
    }

    private static int sizeOfOne(int channels, int height, int width) {
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException("pictures have 1 or 3 channels, got " + channels);
        }
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException("pictures of %d×%d pixels cannot be shown".formatted(height, width));
        }
        return channels * height * width;
    }

    private static int wholeNumber(int values, int size) {
        if (values % size != 0) {
            throw new IllegalArgumentException(
                    "%d numbers are not a whole number of pictures of %d".formatted(values, size));
        }
        return values / size;
    }
}
