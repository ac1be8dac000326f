package fathom.data;

import fathom.model.Shape;
import java.util.Arrays;

/**
 * What in a picture is not its background. The background is the median colour of the border; each pixel's distance from it in
 * colour is how much ink is there, so dark on light, light on dark and colours on colours are all the same.
 */
final class Foreground {
    /** Smaller differences than this, of 255, are no drawing. */
    private static final int FAINTEST = 16;

    private static final double NOISE_SHARE = 0.02;

    private final Bitmap bitmap;
    private final int height;
    private final int width;
    private final int[] background;
    private final byte[] distances;
    private final int strongest;
    private final int noise;

    private Foreground(Bitmap bitmap) {
        this.bitmap = bitmap;
        this.height = bitmap.shape().size(1);
        this.width = bitmap.shape().size(2);
        int[] border = border();
        this.background = new int[bitmap.channels()];
        for (int channel = 0; channel < background.length; channel++) {
            background[channel] = quantile(border, channel * height * width, 0.5);
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

    /** Which pixels lie in the frame of about a thirtieth of the picture. */
    private int[] border() {
        int thick = Math.max(1, Math.min(height, width) / 32);
        int[] indices = new int[height * width];
        int count = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (y < thick || x < thick || y >= height - thick || x >= width - thick) {
                    indices[count++] = y * width + x;
                }
            }
        }
        return Arrays.copyOf(indices, count);
    }

    private int quantile(int[] pixels, int plane, double share) {
        return quantile(bitmap.bytes(), pixels, plane, share);
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
                int difference = (bytes[channel * out.length + i] & 0xff) - background[channel];
                sum += difference * difference;
            }
            out[i] = (byte) (int) Math.round(Math.sqrt(sum / background.length));
        }
        return out;
    }

    /**
     * Six times the median distance of the border, which is about four deviations of its grain, so that grain is no ink. A
     * median, since what is drawn may reach into the border.
     */
    private int noise(int[] border) {
        int usual = quantile(distances, border, 0, 0.5);
        return (int) Math.max(NOISE_SHARE * strongest, Math.min(6.0 * usual, strongest / 4.0));
    }

    /** The ink: 0 for background, up to 255; pale drawings are made full. */
    Bitmap ink() {
        double stretch = strongest < 230 ? 255.0 / strongest : 1;
        byte[] out = new byte[distances.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = isInk(i) ? (byte) (int) Math.round(stretch * (distances[i] & 0xff)) : 0;
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
        int top = height;
        int left = width;
        int bottom = 0;
        int right = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (isInk(y * width + x)) {
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
