package fathom.chart;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.IntUnaryOperator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A sheet of transparent pixels on which pictures are drawn. */
final class Pixels {
    private final int width;
    private final int height;
    private final int[] argb;

    Pixels(int width, int height) {
        this.width = width;
        this.height = height;
        this.argb = new int[Math.multiplyExact(width, height)];
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** 0xAARRGGBB. */
    int at(int x, int y) {
        return argb[y * width + x];
    }

    void fill(int opaque) {
        Arrays.fill(argb, opaque | 0xff000000);
    }

    /** A filled rectangle; what lies outside of the sheet is lost. */
    void fill(int left, int top, int across, int down, int opaque) {
        for (int y = Math.max(0, top); y < Math.min(height, top + down); y++) {
            for (int x = Math.max(0, left); x < Math.min(width, left + across); x++) {
                argb[y * width + x] = opaque | 0xff000000;
            }
        }
    }

    /** How the colour of a picture becomes a colour of the sheet. */
    interface Inking {
        /**
         * @param colour 0xRRGGBB
         * @return 0xAARRGGBB
         */
        int of(int colour);
    }

    /** Draws a picture in a rectangle, over what is there; what lies outside of the sheet is lost. */
    void draw(Images images, int index, int left, int top, int across, int down, Inking inking) {
        var columns = new Spans(images.width(), across);
        var rows = new Spans(images.height(), down);
        for (int y = Math.max(0, -top); y < down && top + y < height; y++) {
            for (int x = Math.max(0, -left); x < across && left + x < width; x++) {
                int at = (top + y) * width + left + x;
                argb[at] = over(inking.of(mean(images, index, rows, y, columns, x)), argb[at]);
            }
        }
    }

    /** Which source pixels a pixel covers along one axis. */
    private record Spans(int from, int to) {
        double low(int i) {
            return (double) i * from / to;
        }

        double high(int i) {
            return (double) (i + 1) * from / to;
        }

        int first(int i) {
            return (int) low(i);
        }

        int last(int i) {
            return Math.min(from - 1, (int) Math.ceil(high(i) - 1e-9) - 1);
        }

        double weight(int i, int source) {
            return Math.max(0, Math.min(high(i), source + 1) - Math.max(low(i), source));
        }
    }

    /** The mean colour of what a pixel covers, by area. */
    private static int mean(Images images, int index, Spans rows, int y, Spans columns, int x) {
        double red = 0;
        double green = 0;
        double blue = 0;
        double sum = 0;
        for (int row = rows.first(y); row <= rows.last(y); row++) {
            for (int column = columns.first(x); column <= columns.last(x); column++) {
                double weight = rows.weight(y, row) * columns.weight(x, column);
                int colour = images.colour(index, row, column);
                red += weight * (colour >> 16);
                green += weight * (colour >> 8 & 0xff);
                blue += weight * (colour & 0xff);
                sum += weight;
            }
        }
        return (int) Math.round(red / sum) << 16 | (int) Math.round(green / sum) << 8 | (int) Math.round(blue / sum);
    }

    /** Porter and Duff's "over", with colours that are not multiplied by alpha. */
    private static int over(int upper, int lower) {
        int a = upper >>> 24;
        int b = lower >>> 24;
        if (a == 255 || b == 0) {
            return upper;
        }
        if (a == 0) {
            return lower;
        }
        int kept = b * (255 - a) / 255;
        int alpha = a + kept;
        int colour = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int mixed = ((upper >> shift & 0xff) * a + (lower >> shift & 0xff) * kept) / alpha;
            colour |= mixed << shift;
        }
        return alpha << 24 | colour;
    }

    /** In grey where that is enough, else with a table of colours where there are at most 256: both are much smaller. */
    byte[] png() {
        int[] colours = Arrays.stream(argb).distinct().limit(257).sorted().toArray();
        if (Arrays.stream(colours).allMatch(Pixels::isOpaqueGrey)) {
            return encoded(
                    filled(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY), pixel -> pixel & 0xff));
        }
        if (colours.length <= 256) {
            boolean transparent = Arrays.stream(colours).anyMatch(colour -> colour >>> 24 != 255);
            var table = new IndexColorModel(8, colours.length, colours, 0, transparent, -1, DataBuffer.TYPE_BYTE);
            var image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, table);
            return encoded(filled(image, pixel -> Arrays.binarySearch(colours, pixel)));
        }
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, width, height, argb, 0, width);
        return encoded(image);
    }

    private static boolean isOpaqueGrey(int colour) {
        int level = colour & 0xff;
        return colour == (0xff000000 | level * 0x010101);
    }

    /** An image of one sample a pixel. */
    private BufferedImage filled(BufferedImage image, IntUnaryOperator sample) {
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                row[x] = sample.applyAsInt(at(x, y));
            }
            image.getRaster().setSamples(0, y, width, 1, 0, row);
        }
        return image;
    }

    private static byte[] encoded(BufferedImage image) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        var bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(new IIOImage(image, null, null));
        } catch (IOException e) { // nothing but memory is written to
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** As the address of an image that holds its own bytes. */
    String dataUri() {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png());
    }
}
