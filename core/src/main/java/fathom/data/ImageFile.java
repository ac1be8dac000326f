package fathom.data;

import fathom.model.Shape;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes PNG and JPEG files. The content decides what a file is, not its name; sizes are checked before pixels are
 * decoded. Samples are taken as they stand: no colour profile, gamma or camera orientation is applied.
 */
final class ImageFile {
    /** The most pixels that one picture may have. */
    static final int MOST_PIXELS = 4096 * 4096;

    static final long LARGEST_FILE = 64L << 20;

    private ImageFile() {}

    /** @throws DataException if it cannot be read, is damaged, too large or partly transparent */
    static Bitmap read(Path file) {
        return decode(file.toString(), FileBytes.read(file, LARGEST_FILE));
    }

    /** @param file named in messages */
    static Bitmap decode(String file, byte[] bytes) {
        if (PngFile.isPng(bytes)) {
            return decode(file, "png", PngFile.stripped(file, bytes));
        }
        if (JpegFile.isJpeg(bytes)) {
            return decode(file, "jpeg", JpegFile.stripped(file, bytes));
        }
        throw new DataException("%s is neither a PNG nor a JPEG picture".formatted(file));
    }

    private static Bitmap decode(String file, String format, byte[] bytes) {
        ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
        var warnings = new ArrayList<String>();
        reader.addIIOReadWarningListener((_, warning) -> warnings.add(warning));
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(in, true, true);
            var image = reader.read(0);
            if (!warnings.isEmpty()) {
                throw damaged(file, warnings.getFirst());
            }
            return bitmap(file, image);
        } catch (IOException e) {
            throw new DataException("%s is damaged: %s".formatted(file, e.getMessage()), e);
        } catch (DataException e) {
            throw e;
        } catch (RuntimeException e) { // the JDK's decoders throw many kinds at damaged files
            throw new DataException("%s is damaged: it cannot be decoded (%s)".formatted(file, e), e);
        } finally {
            reader.dispose();
        }
    }

    private static Bitmap bitmap(String file, BufferedImage image) {
        return image.getColorModel() instanceof IndexColorModel palette
                ? fromPalette(file, image.getRaster(), palette)
                : fromSamples(file, image.getRaster(), image);
    }

    private static Bitmap fromPalette(String file, Raster raster, IndexColorModel palette) {
        int pixels = raster.getWidth() * raster.getHeight();
        byte[] out = new byte[3 * pixels];
        int[] row = new int[raster.getWidth()];
        int i = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getSamples(0, y, row.length, 1, 0, row);
            for (int index : row) {
                int colour = palette.getRGB(Math.min(index, palette.getMapSize() - 1));
                requireOpaque(file, colour >>> 24, 255);
                out[i] = (byte) (colour >> 16);
                out[pixels + i] = (byte) (colour >> 8);
                out[2 * pixels + i] = (byte) colour;
                i++;
            }
        }
        return new Bitmap(Shape.of(3, raster.getHeight(), raster.getWidth()), out).greyIfColourless();
    }

    private static Bitmap fromSamples(String file, Raster raster, BufferedImage image) {
        int height = raster.getHeight();
        int width = raster.getWidth();
        boolean transparent = image.getColorModel().hasAlpha();
        int channels = raster.getNumBands() - (transparent ? 1 : 0);
        if (channels != 1 && channels != 3) {
            throw new DataException("%s has %d channels: save it as ordinary grey or RGB".formatted(file, channels));
        }
        byte[] out = new byte[channels * height * width];
        int[] row = new int[width];
        for (int band = 0; band < raster.getNumBands(); band++) {
            int bits = image.getColorModel().getComponentSize(band);
            for (int y = 0; y < height; y++) {
                raster.getSamples(0, y, width, 1, band, row);
                for (int x = 0; x < width; x++) {
                    if (band < channels) {
                        out[(band * height + y) * width + x] = (byte) (row[x] >> (bits - 8));
                    } else {
                        requireOpaque(file, row[x], (1 << bits) - 1);
                    }
                }
            }
        }
        return new Bitmap(Shape.of(channels, height, width), out).greyIfColourless();
    }

    private static void requireOpaque(String file, int alpha, int opaque) {
        if (alpha != opaque) {
            throw new DataException(
                    "%s is partly transparent, so its pixels have no one colour: save it without transparency"
                            .formatted(file));
        }
    }

    /** Called with what a file's header says, before memory is taken for its pixels. */
    static void requireSize(String file, long width, long height) {
        if (width == 0 || height == 0) {
            throw damaged(file, "it has no pixels");
        }
        if (width > MOST_PIXELS || height > MOST_PIXELS || width * height > MOST_PIXELS) {
            throw new DataException("%s is too large: %,d×%,d pixels, at most %,d are read: make it smaller"
                    .formatted(file, width, height, MOST_PIXELS));
        }
    }

    static DataException damaged(String file, String reason) {
        return new DataException("%s is damaged: %s".formatted(file, reason));
    }
}
