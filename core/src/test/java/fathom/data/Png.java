package fathom.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Writes small PNG files, also such as no drawing program would. */
final class Png {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Png() {
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    }

    /** A grey picture of 8 bits. */
    static byte[] grey(int height, int width, byte[] pixels) {
        return new Png()
                .header(width, height, 8, 0)
                .chunk("IDAT", rows(pixels, width))
                .end();
    }

    /** A picture of red, green and blue, given channel by channel. */
    static byte[] colour(int height, int width, byte[] planes) {
        byte[] samples = new byte[planes.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = planes[i % 3 * height * width + i / 3];
        }
        return new Png()
                .header(width, height, 8, 2)
                .chunk("IDAT", rows(samples, 3 * width))
                .end();
    }

    Png header(int width, int height, int bits, int type) {
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put((byte) bits)
                .put((byte) type)
                .array();
        return chunk("IHDR", header);
    }

    Png chunk(String type, byte[] content) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        var crc = new CRC32();
        crc.update(name);
        crc.update(content);
        out.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        out.writeBytes(name);
        out.writeBytes(content);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
        return this;
    }

    byte[] end() {
        return chunk("IEND", new byte[0]).out.toByteArray();
    }

    /** Rows of samples, each after the number of the filter "none", packed. */
    static byte[] rows(byte[] samples, int rowBytes) {
        var packed = new ByteArrayOutputStream();
        try (var packing = new DeflaterOutputStream(packed)) {
            for (int at = 0; at < samples.length; at += rowBytes) {
                packing.write(0);
                packing.write(samples, at, rowBytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
