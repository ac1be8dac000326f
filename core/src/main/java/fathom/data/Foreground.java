package fathom.data;

import fathom.model.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What in a picture is not its background. The background is the median colour of the border; each pixel's distance from it in
 * colour is how much ink is there, so dark on light, light on dark and colours on colours are all the same.
 */
final class Foreground {
    /** Smaller differences than this, of 255, are no drawing. */
    private static final int FAINTEST = 16;

    /** Ink of this strength is not pale. */
    static final int FULL = 230;

    private static final int DEEPEST_SHADOW = 60;
    private static final double EDGE_SHARE = 0.25;
    private static final double NOISE_SHARE = 0.02;

    private final Bitmap bitmap;
    private final int height;
    private final int width;
    private final int[] background;
    private final double[] down;
    private final double[] across;
    private final byte[] distances;
    private final int strongest;
    private final int noise;

    private Foreground(Bitmap bitmap) {
        this.bitmap = bitmap;
        this.height = bitmap.shape().size(1);
        this.width = bitmap.shape().size(2);
        int[] border = pixels(0, 0, height, width, true);
        this.background = new int[bitmap.channels()];
        this.down = new double[background.length];
        this.across = new double[background.length];
        for (int channel = 0; channel < background.length; channel++) {
            background[channel] = median(border, channel);
            if (!isEven(border, channel)) {
                int far = height - thickness();
                int[] top = pixels(0, 0, thickness(), width, false);
                down[channel] = slope(channel, top, pixels(far, 0, height, width, false));
                far = width - thickness();
                int[] left = pixels(0, 0, height, thickness(), false);
                across[channel] = slope(channel, left, pixels(0, far, height, width, false));
            }
        }
        this.distances = distances();
        int most = 0;
        for (byte distance : distances) {
            most = Math.max(most, distance & 0xff);
        }
        this.strongest = most;
        this.noise = noise(border);
    }

    /** @throws DataException if all of the picture has about one colour */
    static Foreground of(String file, Bitmap bitmap) {
        var foreground = new Foreground(bitmap);
        if (foreground.strongest < FAINTEST) {
            throw new DataException(
                    "%s is empty: all of it has about the same colour, so there is nothing to recognise (--as-drawn takes it as it is)"
                            .formatted(file));
        }
        return foreground;
    }

    /** Of the frame that counts as border. */
    private int thickness() {
        return Math.max(1, Math.min(height, width) / 32);
    }

    /** The indices of the pixels in a rectangle, or only of those in the border. */
    private int[] pixels(int top, int left, int bottom, int right, boolean onlyBorder) {
        int thick = thickness();
        int[] indices = new int[(bottom - top) * (right - left)];
        int count = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                if (!onlyBorder || y < thick || x < thick || y >= height - thick || x >= width - thick) {
                    indices[count++] = y * width + x;
                }
            }
        }
        return Arrays.copyOf(indices, count);
    }

    private int median(int[] pixels, int channel) {
        return quantile(bitmap.bytes(), pixels, channel * height * width, 0.5);
    }

    /** Whether half of the border has the very colour of the background: drawn by a program, and without any shadow. */
    private boolean isEven(int[] border, int channel) {
        int plane = channel * height * width;
        return 2
                        * Arrays.stream(border)
                                .filter(pixel -> (bitmap.bytes()[plane + pixel] & 0xff) == background[channel])
                                .count()
                >= border.length;
    }

    /** By how much a shadow changes the background from one side to the other; a large change is a drawing, no shadow. */
    private double slope(int channel, int[] first, int[] second) {
        int change = median(second, channel) - median(first, channel);
        return Math.abs(change) <= DEEPEST_SHADOW ? change : 0;
    }

    private double shadow(int channel, int y, int x) {
        return down[channel] * ((y + 0.5) / height - 0.5) + across[channel] * ((x + 0.5) / width - 0.5);
    }

    private static int quantile(byte[] values, int[] pixels, int plane, double share) {
        int[] counts = new int[256];
        for (int pixel : pixels) {
            counts[values[plane + pixel] & 0xff]++;
        }
        int left = (int) (share * (pixels.length - 1));
        int value = 0;
        while (left >= counts[value]) {
            left -= counts[value++];
        }
        return value;
    }

    /** From the background: the root of the mean square over the channels. */
    private byte[] distances() {
        byte[] out = new byte[height * width];
        byte[] bytes = bitmap.bytes();
        for (int i = 0; i < out.length; i++) {
            double sum = 0;
            for (int channel = 0; channel < background.length; channel++) {
                double shadow = shadow(channel, i / width, i % width);
                double difference = (bytes[channel * out.length + i] & 0xff) - background[channel] - shadow;
                sum += difference * difference;
            }
            out[i] = (byte) (int) Math.min(255, Math.round(Math.sqrt(sum / background.length)));
        }
        return out;
    }

    /**
     * What grain does not reach: ten times the median distance of the border and a little more, about seven deviations, since a
     * picture has many pixels and one that is taken for ink widens the box. A median, since what is drawn may reach into the
     * border; 0 where the border is even.
     */
    private int noise(int[] border) {
        int usual = quantile(distances, border, 0, 0.5);
        double grain = usual == 0 ? 0 : 10.0 * usual + 4;
        return (int) Math.max(NOISE_SHARE * strongest, Math.min(grain, strongest / 4.0));
    }

    /** The ink: 0 for background, up to 255; pale drawings are made full. */
    Bitmap ink() {
        int[] inked = IntStream.range(0, distances.length).filter(this::isInk).toArray();
        double stretch = strongest < FULL ? 255.0 / quantile(distances, inked, 0, 0.95) : 1;
        byte[] out = new byte[distances.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = isInk(i) ? (byte) (int) Math.min(255, Math.round(stretch * (distances[i] & 0xff))) : 0;
        }
        return new Bitmap(Shape.of(1, height, width), out);
    }

    /** The picture in grey, negative where its background is light; the background itself is 0. */
    Bitmap greyOnBlack() {
        Bitmap grey = bitmap.withChannels(1);
        boolean light = greyOfBackground() >= 128;
        byte[] out = new byte[distances.length];
        for (int i = 0; i < out.length; i++) {
            int value = grey.bytes()[i] & 0xff;
            out[i] = isInk(i) ? (byte) (light ? 255 - value : value) : 0;
        }
        return new Bitmap(Shape.of(1, height, width), out);
    }

    private int greyOfBackground() {
        byte[] colour = new byte[background.length];
        for (int channel = 0; channel < colour.length; channel++) {
            colour[channel] = (byte) background[channel];
        }
        return new Bitmap(Shape.of(colour.length, 1, 1), colour).withChannels(1).bytes()[0] & 0xff;
    }

    private boolean isInk(int pixel) {
        return (distances[pixel] & 0xff) > noise;
    }

    /** A rectangle of pixels; {@code bottom} and {@code right} are the first outside of it. */
    record Box(int top, int left, int bottom, int right) {
        int height() {
            return bottom - top;
        }

        int width() {
            return right - left;
        }
    }

    /** The smallest box with all of the ink. */
    Box box() {
        return box(noise);
    }

    /**
     * The smallest box with all ink of at least a quarter of the strongest; paler pixels are the blurred edge of a stroke, and
     * MNIST's boxes were taken from drawings of black and white.
     */
    Box strokes() {
        return box(Math.max(noise, EDGE_SHARE * strongest));
    }

    private Box box(double edge) {
        int top = height;
        int left = width;
        int bottom = 0;
        int right = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if ((distances[y * width + x] & 0xff) > edge) {
                    top = Math.min(top, y);
                    left = Math.min(left, x);
                    bottom = Math.max(bottom, y + 1);
                    right = Math.max(right, x + 1);
                }
            }
        }
        return new Box(top, left, bottom, right);
    }
}
