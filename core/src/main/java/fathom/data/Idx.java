package fathom.data;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * An array of bytes in the IDX format of MNIST: a magic number 0x0000080r for r sizes, the sizes as big-endian 32-bit
 * numbers, then the bytes.
 */
final class Idx {
    private static final int MOST_SIZES = 4;
    private static final int UNSIGNED_BYTES = 0x08;

    private final List<Integer> sizes;
    private final byte[] bytes;
    private final int start;

    private Idx(List<Integer> sizes, byte[] bytes, int start) {
        this.sizes = sizes;
        this.bytes = bytes;
        this.start = start;
    }

    /**
     * Reads unpacked content.
     *
     * @param file named in messages
     * @throws DataException if it is no whole IDX file of unsigned bytes
     */
    static Idx parse(String file, byte[] bytes) {
        if (bytes.length < 4) {
            throw new DataException("%s is no IDX file: it holds %d bytes".formatted(file, bytes.length));
        }
        int magic = big(bytes, 0);
        int rank = magic & 0xff;
        if (magic >>> 8 != UNSIGNED_BYTES || rank < 1 || rank > MOST_SIZES) {
            throw new DataException(
                    "%s is no IDX file of bytes: it starts with 0x%08x, not with 0x00000801 to 0x0000080%d"
                            .formatted(file, magic, MOST_SIZES));
        }
        int start = 4 + 4 * rank;
        if (bytes.length < start) {
            throw new DataException(
                    "%s is cut off in its header, after %d bytes; fetch it again".formatted(file, bytes.length));
        }
        Integer[] sizes = new Integer[rank];
        long count = 1;
        for (int i = 0; i < rank; i++) {
            sizes[i] = big(bytes, 4 + 4 * i);
            if (sizes[i] <= 0) {
                throw new DataException(
                        "%s claims a size of %,d, which is none".formatted(file, sizes[i] & 0xffff_ffffL));
            }
            count = Math.min(count * sizes[i], Integer.MAX_VALUE);
        }
        if (count != bytes.length - start) {
            throw new DataException("%s claims %s bytes but holds %,d; fetch it again"
                    .formatted(file, Arrays.toString(sizes), bytes.length - start));
        }
        return new Idx(List.of(sizes), bytes, start);
    }

    private static int big(byte[] bytes, int offset) {
        return ByteBuffer.wrap(bytes).getInt(offset);
    }

    /** One to four sizes, the slowest first. */
    List<Integer> sizes() {
        return sizes;
    }

    /** How many items there are along the first size. */
    int count() {
        return sizes.getFirst();
    }

    /** How many bytes one item holds: the product of the sizes but the first. */
    int itemBytes() {
        return sizes.stream().skip(1).reduce(1, Math::multiplyExact);
    }

    /** A copy of the bytes of one item, each 0 … 255 as unsigned. */
    byte[] item(int index) {
        int from = start + index * itemBytes();
        return Arrays.copyOfRange(bytes, from, from + itemBytes());
    }
}
