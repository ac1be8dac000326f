package fathom.data;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * A PNG file stripped to what its pixels need. Every chunk's checksum is compared, and text, profiles and other chunks
 * that could be large once unpacked, or change colours, are left out.
 */
final class PngFile {
    private static final long SIGNATURE = 0x89504e470d0a1a0aL;
    private static final int SIGNATURE_BYTES = 8;
    private static final int CHUNK_FRAME = 12;
    private static final int HEADER_BYTES = 13;
    private static final Set<String> KEPT = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");

    private PngFile() {}

    static boolean isPng(byte[] bytes) {
        return bytes.length >= SIGNATURE_BYTES && ByteBuffer.wrap(bytes).getLong() == SIGNATURE;
    }

    /**
     * The bytes to decode.
     *
     * @throws DataException if the file is damaged or its picture too large
     */
    static byte[] stripped(String file, byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        var out = new ByteArrayOutputStream(bytes.length);
        out.write(bytes, 0, SIGNATURE_BYTES);
        int position = SIGNATURE_BYTES;
        String type = "";
        while (!type.equals("IEND")) {
            if (bytes.length - position < CHUNK_FRAME) {
                throw ImageFile.damaged(file, "it is cut off after %,d bytes".formatted(bytes.length));
            }
            int length = in.getInt(position);
            if (length < 0 || length > bytes.length - position - CHUNK_FRAME) {
                throw ImageFile.damaged(file, "it is cut off after %,d bytes".formatted(bytes.length));
            }
            type = name(in, position + 4);
            requireChecksum(file, type, bytes, in, position, length);
            if (position == SIGNATURE_BYTES) {
                requireHeader(file, type, in, position + 8, length);
            }
            if (KEPT.contains(type)) {
                out.write(bytes, position, length + CHUNK_FRAME);
            }
            position += length + CHUNK_FRAME;
        }
        return out.toByteArray();
    }

    private static String name(ByteBuffer in, int position) {
        var name = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            name.append((char) (in.get(position + i) & 0x7f));
        }
        return name.toString();
    }

    private static void requireChecksum(
            String file, String type, byte[] bytes, ByteBuffer in, int position, int length) {
        var crc = new CRC32();
        crc.update(bytes, position + 4, length + 4);
        if ((int) crc.getValue() != in.getInt(position + 8 + length)) {
            throw ImageFile.damaged(file, "the checksum of its chunk %s is wrong".formatted(type));
        }
    }

    private static void requireHeader(String file, String type, ByteBuffer in, int position, int length) {
        if (!type.equals("IHDR") || length != HEADER_BYTES) {
            throw ImageFile.damaged(file, "it does not begin with a header");
        }
        ImageFile.requireSize(
                file, Integer.toUnsignedLong(in.getInt(position)), Integer.toUnsignedLong(in.getInt(position + 4)));
    }
}
