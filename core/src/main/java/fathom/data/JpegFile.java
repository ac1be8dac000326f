package fathom.data;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * A JPEG file stripped to what its pixels need: profiles, thumbnails, camera data and comments are left out, the
 * picture's size is checked, and so is the number of passes over it.
 */
final class JpegFile {
    private static final int MARKER = 0xff;
    private static final int START = 0xd8;
    private static final int END = 0xd9;
    private static final int SCAN = 0xda;
    private static final int JFIF = 0xe0;
    private static final int ADOBE = 0xee;
    private static final int COMMENT = 0xfe;
    private static final int BASELINE = 0xc0;
    private static final int PROGRESSIVE = 0xc2;

    /** A progressive file has about ten. */
    private static final int MOST_SCANS = 64;

    /** Version 1.1, square pixels, no thumbnail. */
    private static final byte[] PLAIN_JFIF = {
        (byte) MARKER, (byte) JFIF, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
    };

    private JpegFile() {}

    static boolean isJpeg(byte[] bytes) {
        return bytes.length >= 3 && at(bytes, 0) == MARKER && at(bytes, 1) == START && at(bytes, 2) == MARKER;
    }

    /**
     * The bytes to decode.
     *
     * @throws DataException if the file is damaged, of a kind that is not read, or its picture too large
     */
    static byte[] stripped(String file, byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        var out = new ByteArrayOutputStream(bytes.length);
        out.write(bytes, 0, 2);
        int position = 2;
        boolean framed = false;
        while (true) {
            while (position + 1 < bytes.length && at(bytes, position + 1) == MARKER) {
                position++; // a marker may be preceded by any number of these
            }
            int marker = marker(file, bytes, position);
            int end = position + 2 + Short.toUnsignedInt(in.getShort(position + 2));
            if (end > bytes.length || end < position + 4) {
                throw cutOff(file, bytes);
            }
            if (isFrame(marker)) {
                requireFrame(file, marker, in, position, end);
                framed = true;
            }
            if (marker == SCAN) {
                break;
            }
            keep(out, bytes, marker, position, end);
            position = end;
        }
        if (!framed) {
            throw ImageFile.damaged(file, "it says nothing of its size");
        }
        requireFewScans(file, bytes, position);
        out.write(bytes, position, bytes.length - position);
        return out.toByteArray();
    }

    private static int marker(String file, byte[] bytes, int position) {
        if (position + 4 > bytes.length) {
            throw cutOff(file, bytes);
        }
        if (at(bytes, position) != MARKER) {
            throw ImageFile.damaged(file, "at byte %,d there should be a marker".formatted(position));
        }
        return at(bytes, position + 1);
    }

    private static boolean isFrame(int marker) {
        boolean table = marker == 0xc4 || marker == 0xc8 || marker == 0xcc;
        return marker >= BASELINE && marker <= 0xcf && !table;
    }

    private static void requireFrame(String file, int marker, ByteBuffer in, int position, int end) {
        if (end - position < 10) {
            throw ImageFile.damaged(file, "its frame header is too short");
        }
        int bits = in.get(position + 4) & 0xff;
        int channels = in.get(position + 9) & 0xff;
        if (marker > PROGRESSIVE || bits != 8 || (channels != 1 && channels != 3)) {
            throw new DataException("%s is a JPEG of a kind that is not read (%d channels of %d bits, type %d):"
                            .formatted(file, channels, bits, marker - BASELINE)
                    + " save it as ordinary grey or RGB");
        }
        ImageFile.requireSize(
                file, Short.toUnsignedInt(in.getShort(position + 7)), Short.toUnsignedInt(in.getShort(position + 5)));
    }

    private static void keep(ByteArrayOutputStream out, byte[] bytes, int marker, int from, int to) {
        boolean application = marker >= JFIF && marker <= 0xef;
        boolean adobe = marker == ADOBE && isNamed(bytes, from, to, "Adobe");
        if (marker == JFIF && isNamed(bytes, from, to, "JFIF")) {
            out.writeBytes(PLAIN_JFIF);
        } else if (adobe || (!application && marker != COMMENT)) {
            out.write(bytes, from, to - from);
        }
    }

    private static boolean isNamed(byte[] bytes, int from, int to, String name) {
        if (from + 4 + name.length() > to) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (bytes[from + 4 + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** From the first pass to the picture's end; what follows may be anything, a film say. */
    private static void requireFewScans(String file, byte[] bytes, int first) {
        int scans = 0;
        int position = first;
        while (position + 4 <= bytes.length && at(bytes, position + 1) != END) {
            scans += at(bytes, position + 1) == SCAN ? 1 : 0;
            int length = at(bytes, position + 2) << 8 | at(bytes, position + 3);
            position = nextSegment(bytes, position + 2 + length);
        }
        if (scans > MOST_SCANS) {
            throw new DataException(
                    "%s is a JPEG of %,d passes, at most %d are read".formatted(file, scans, MOST_SCANS));
        }
    }

    /** Where the marker of the next segment stands, beyond a pass's data and the markers without a segment in it. */
    private static int nextSegment(byte[] bytes, int from) {
        int position = from;
        while (position + 1 < bytes.length
                && !(at(bytes, position) == MARKER && beginsSegment(at(bytes, position + 1)))) {
            position++;
        }
        return position;
    }

    private static boolean beginsSegment(int marker) {
        boolean restart = marker >= 0xd0 && marker <= 0xd7;
        return marker > 1 && marker != MARKER && !restart;
    }

    private static DataException cutOff(String file, byte[] bytes) {
        return ImageFile.damaged(file, "it is cut off after %,d bytes".formatted(bytes.length));
    }

    private static int at(byte[] bytes, int position) {
        return bytes[position] & 0xff;
    }
}
