package fathom.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageIO;

/** Writes small tar archives of small pictures, also such as no tar program would. */
final class FaceArchive {
    private static final int BLOCK = 512;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Six people with two pictures of 20×24 pixels each, told apart by their shade of grey. */
    static FaceArchive ofSix() {
        var archive = new FaceArchive().folder("lfw-deepfunneled/");
        int shade = 10;
        for (String person : new String[] {"Ada_A", "Bo_B", "Cy_C", "Di_D", "Eve_E", "Flo_F"}) {
            archive.folder("lfw-deepfunneled/" + person + "/");
            for (int i = 1; i <= 2; i++) {
                archive.file(name(person, i), jpeg(20, 24, shade));
                shade += 10;
            }
        }
        return archive;
    }

    static String name(String person, int number) {
        return "lfw-deepfunneled/%s/%s_%04d.jpg".formatted(person, person, number);
    }

    /** One shade all over, so that it survives being packed. */
    static byte[] jpeg(int width, int height, int shade) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, shade * 0x010101);
        }
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpeg", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    FaceArchive folder(String name) {
        return member(name, '5', new byte[0]);
    }

    FaceArchive file(String name, byte[] content) {
        return member(name, '0', content);
    }

    FaceArchive member(String name, char type, byte[] content) {
        byte[] header = header(name, type, content.length);
        out.writeBytes(header);
        out.writeBytes(Arrays.copyOf(content, Math.ceilDiv(content.length, BLOCK) * BLOCK));
        return this;
    }

    FaceArchive raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    static byte[] header(String name, char type, long size) {
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "0000644\0");
        put(header, 124, "%011o\0".formatted(size));
        put(header, 136, "00000000000\0");
        header[156] = (byte) type;
        put(header, 257, "ustar\00000");
        put(header, 148, "        ");
        int sum = 0;
        for (byte value : header) {
            sum += value & 0xff;
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    /** The archive with its end, packed. */
    byte[] packed() {
        return MadeUp.gzip(unpacked());
    }

    byte[] unpacked() {
        byte[] bytes = out.toByteArray();
        return Arrays.copyOf(bytes, bytes.length + 2 * BLOCK);
    }
}
