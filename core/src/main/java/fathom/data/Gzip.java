package fathom.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks one gzip member (RFC 1952) that is held in memory. The JDK's stream is not used because it passes over bytes
 * that follow the member, and because here the size is known before memory is taken.
 */
final class Gzip {
    private static final int HEADER = 10;
    private static final int TRAILER = 8;

    /** Deflate makes at most 258 bytes of 2 bits; nothing grows by more than this. */
    private static final int LARGEST_RATIO = 1032;

    private static final int EXTRA = 1 << 2;
    private static final int NAME = 1 << 3;
    private static final int COMMENT = 1 << 4;
    private static final int HEADER_CHECK = 1 << 1;
    private static final int RESERVED = 0xe0;

    private final String file;
    private final byte[] packed;
    private final ByteBuffer bytes;
    private int position;

    private Gzip(String file, byte[] packed) {
        this.file = file;
        this.packed = packed;
        this.bytes = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Whether the bytes begin as gzip does. */
    static boolean isGzip(byte[] bytes) {
        return bytes.length >= 2 && (bytes[0] & 0xff) == 0x1f && (bytes[1] & 0xff) == 0x8b;
    }

    /**
     * The unpacked bytes.
     *
     * @param file named in messages
     * @param limit of the unpacked size
     * @throws DataException if anything is damaged, cut off, left over or too large
     */
    static byte[] unpack(String file, byte[] packed, int limit) {
        return new Gzip(file, packed).unpack(limit);
    }

    private byte[] unpack(int limit) {
        skipHeader();
        if (packed.length - position < TRAILER) {
            throw damaged("it is cut off after %,d bytes".formatted(packed.length));
        }
        long size = Integer.toUnsignedLong(bytes.getInt(packed.length - 4));
        if (size > limit) {
            throw damaged("it unpacks to %,d bytes, at most %,d are expected".formatted(size, limit));
        }
        if (size > (long) LARGEST_RATIO * packed.length) {
            throw damaged("it claims to unpack to %,d bytes, which %,d cannot".formatted(size, packed.length));
        }
        byte[] out = inflate((int) size);
        var crc = new CRC32();
        crc.update(out);
        if (crc.getValue() != Integer.toUnsignedLong(bytes.getInt(packed.length - TRAILER))) {
            throw damaged("its checksum is wrong");
        }
        return out;
    }

    private void skipHeader() {
        if (packed.length < HEADER + TRAILER) {
            throw damaged("it is cut off after %,d bytes".formatted(packed.length));
        }
        int flags = packed[3] & 0xff;
        if (!isGzip(packed) || packed[2] != 8 || (flags & RESERVED) != 0) {
            throw damaged("its header is none of gzip");
        }
        position = HEADER;
        if ((flags & EXTRA) != 0 && position + 2 <= packed.length) {
            position += 2 + Short.toUnsignedInt(bytes.getShort(position));
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CHECK) != 0) {
            position += 2;
        }
    }

    private void skipText() {
        while (position < packed.length && packed[position] != 0) {
            position++;
        }
        position++;
    }

    private byte[] inflate(int size) {
        var inflater = new Inflater(true);
        try {
            inflater.setInput(packed, position, packed.length - position);
            byte[] out = new byte[size];
            int done = 0;
            while (done < size && !inflater.finished()) {
                int step = inflater.inflate(out, done, size - done);
                done += step;
                if (step == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw damaged("its data is cut off");
                }
            }
            requireEnd(inflater, done, size);
            return out;
        } catch (DataFormatException e) {
            throw damaged("its data is broken (%s)".formatted(e.getMessage()));
        } finally {
            inflater.end();
        }
    }

    private void requireEnd(Inflater inflater, int done, int size) throws DataFormatException {
        if (!inflater.finished() && inflater.inflate(new byte[1]) > 0) {
            throw damaged("it unpacks to more than the %,d bytes it claims".formatted(size));
        }
        if (!inflater.finished()) {
            throw damaged("its data is cut off");
        }
        if (done < size) {
            throw damaged("it unpacks to %,d bytes, it claims %,d".formatted(done, size));
        }
        if (inflater.getRemaining() != TRAILER) {
            throw damaged("%,d bytes follow its end".formatted(inflater.getRemaining() - TRAILER));
        }
    }

    private DataException damaged(String reason) {
        return new DataException("%s is damaged: %s; fetch it again".formatted(file, reason));
    }
}
