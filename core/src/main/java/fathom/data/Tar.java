package fathom.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads the members of a tar archive (POSIX.1-1988, "ustar", and the older form without a magic word) one after the other
 * from a stream. Nothing is written anywhere, so a name is only a name. Long names and other extensions are not put
 * together: their blocks are passed over, as folders are.
 */
final class Tar {
    private static final int BLOCK = 512;
    private static final int NAME_BYTES = 100;
    private static final int SIZE_AT = 124;
    private static final int CHECKSUM_AT = 148;
    private static final int TYPE_AT = 156;
    private static final int MAGIC_AT = 257;
    private static final int PREFIX_AT = 345;
    private static final int PREFIX_BYTES = 155;

    /** Types of headers that describe the next member, and of folders. */
    private static final String PASSED_OVER = "xgLK5";

    /** A member that is no folder: its content, or why it has none. */
    static final class Member {
        private final String name;
        private final byte[] bytes;
        private final Optional<String> problem;

        private Member(String name, byte[] bytes, Optional<String> problem) {
            this.name = name;
            this.bytes = bytes;
            this.problem = problem;
        }

        static Member of(String name, byte[] bytes) {
            return new Member(name, bytes, Optional.empty());
        }

        static Member unread(String name, String problem) {
            return new Member(name, new byte[0], Optional.of(problem));
        }

        /** The same under another name. */
        Member named(String other) {
            return new Member(other, bytes, problem);
        }

        String name() {
            return name;
        }

        /** Its content; empty if there is a problem. */
        byte[] bytes() {
            return bytes;
        }

        Optional<String> problem() {
            return problem;
        }
    }

    private final String file;
    private final InputStream in;
    private final int largest;
    private int blocksLeft;
    private int headersLeft;

    /**
     * @param file named in messages
     * @param largest member that is read; larger ones are passed over with a problem
     * @param mostHeaders how many headers the archive may have
     * @param mostBytes how long it may be
     */
    Tar(String file, InputStream in, int largest, int mostHeaders, long mostBytes) {
        this.file = file;
        this.in = in;
        this.largest = largest;
        this.headersLeft = mostHeaders;
        this.blocksLeft = (int) Math.min(Integer.MAX_VALUE, mostBytes / BLOCK);
    }

    /**
     * The next member; none at the archive's end.
     *
     * @throws DataException if a header is damaged, the archive is cut off, or it is too large
     * @throws IOException if the stream cannot be read
     */
    Optional<Member> next() throws IOException {
        while (true) {
            byte[] header = block();
            if (isEmpty(header)) {
                return Optional.empty();
            }
            if (headersLeft-- == 0) {
                throw refused("it holds too many members");
            }
            requireChecksum(header);
            long size = octal(header, SIZE_AT, 12);
            int type = header[TYPE_AT];
            if (PASSED_OVER.indexOf(type) >= 0) {
                skip(size);
                continue;
            }
            return Optional.of(member(name(header), type, size));
        }
    }

    private Member member(String name, int type, long size) throws IOException {
        if (type != '0' && type != 0) {
            skip(type == '1' || type == '2' ? 0 : size);
            return Member.unread(name, "it is no regular file");
        }
        if (size > largest) {
            skip(size);
            return Member.unread(name, "%,d bytes are too many".formatted(size));
        }
        byte[] bytes = new byte[(int) size];
        for (int at = 0; at < bytes.length; at += BLOCK) {
            System.arraycopy(block(), 0, bytes, at, Math.min(BLOCK, bytes.length - at));
        }
        return Member.of(name, bytes);
    }

    private void skip(long size) throws IOException {
        for (long done = 0; done < size; done += BLOCK) {
            block();
        }
    }

    private byte[] block() throws IOException {
        if (blocksLeft-- == 0) {
            throw refused("it unpacks to more than any archive of this set");
        }
        byte[] block = in.readNBytes(BLOCK);
        if (block.length < BLOCK) {
            throw refused("it is cut off");
        }
        return block;
    }

    private static boolean isEmpty(byte[] header) {
        for (byte value : header) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    /** The sum of the header's bytes, its own eight counted as spaces. */
    private void requireChecksum(byte[] header) {
        int sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            boolean own = i >= CHECKSUM_AT && i < CHECKSUM_AT + 8;
            sum += own ? ' ' : header[i] & 0xff;
        }
        if (octal(header, CHECKSUM_AT, 8) != sum) {
            throw refused("a header of a member has a wrong checksum");
        }
    }

    /** A number in octal digits, after spaces, up to a space or a zero byte. */
    private long octal(byte[] header, int from, int length) {
        String text = text(header, from, length).strip();
        if (!text.matches("[0-7]{1,11}")) {
            throw refused("a header of a member is none of tar");
        }
        return Long.parseLong(text, 8);
    }

    private static String name(byte[] header) {
        String name = text(header, 0, NAME_BYTES);
        boolean ustar = text(header, MAGIC_AT, 6).equals("ustar");
        String prefix = ustar ? text(header, PREFIX_AT, PREFIX_BYTES) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String text(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.UTF_8);
    }

    private DataException refused(String reason) {
        return new DataException("%s cannot be read as a tar archive: %s".formatted(file, reason));
    }
}
