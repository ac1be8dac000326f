package fathom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fathom.random.Draws;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {
    private static final byte[] CONTENT = {0, 1, 2, 3, 4, (byte) 255};
    private static final int LIMIT = 1 << 20;

    @TempDir
    private Path folder;

    @Test
    void plainAndPackedFilesHoldTheSame() {
        byte[] plain = MadeUp.idx(CONTENT, 3, 2, 1);
        for (byte[] bytes : new byte[][] {plain, MadeUp.gzip(plain)}) {
            var idx = read(bytes);
            assertThat(idx.sizes()).containsExactly(3, 2, 1);
            assertThat(idx.count()).isEqualTo(3);
            assertThat(idx.itemBytes()).isEqualTo(2);
            assertThat(idx.item(0)).containsExactly(0, 1);
            assertThat(idx.item(2)).containsExactly(4, 255);
        }
    }

    @Test
    void labelsAreItemsOfOneByte() {
        assertThat(read(MadeUp.idx(CONTENT, 6)).item(5)).containsExactly(255);
    }

    @Test
    void gzipFieldsThatMayStandInTheHeaderAreSkipped() {
        byte[] packed = MadeUp.gzip(MadeUp.idx(CONTENT, 6));
        var out = new ByteArrayOutputStream();
        out.write(packed, 0, 3);
        out.write(2 | 4 | 8 | 16);
        out.write(packed, 4, 6);
        out.writeBytes(new byte[] {3, 0, 7, 7, 7}); // an extra field of 3 bytes
        out.writeBytes(new byte[] {'a', 0, 'b', 'c', 0}); // name and comment
        out.writeBytes(new byte[] {9, 9}); // checksum of the header
        out.write(packed, 10, packed.length - 10);
        assertThat(read(out.toByteArray()).count()).isEqualTo(6);
    }

    @Test
    void aWrongMagicIsNamed() {
        byte[] bytes = MadeUp.idx(CONTENT, 6);
        bytes[2] = 0x0d;
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("file.idx is no IDX file of bytes: it starts with 0x00000d01");
    }

    @Test
    void sizesThatAreNotThereAreRefusedBeforeMemoryIsTaken() {
        byte[] bytes = MadeUp.idx(CONTENT, 0x7fffffff, 0x7fffffff, 0x7fffffff);
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("file.idx claims [2147483647, 2147483647, 2147483647] bytes but holds 6");
        assertThatThrownBy(() -> read(MadeUp.idx(CONTENT, -1))).hasMessageContaining("claims a size of 4,294,967,295");
        assertThatThrownBy(() -> read(MadeUp.idx(CONTENT, 0, 7))).hasMessageContaining("claims a size of 0");
    }

    @Test
    void aPackedFileThatClaimsTooMuchIsRefusedBeforeMemoryIsTaken() {
        byte[] packed = MadeUp.gzip(MadeUp.idx(CONTENT, 6));
        Arrays.fill(packed, packed.length - 4, packed.length, (byte) 0x7f);
        assertThatThrownBy(() -> read(packed))
                .hasMessageContaining("it unpacks to 2,139,062,143 bytes, at most 1,048,576");
        byte[] unlikely = MadeUp.gzip(MadeUp.idx(CONTENT, 6));
        unlikely[unlikely.length - 2] = 0x0f;
        assertThatThrownBy(() -> read(unlikely)).hasMessageContaining("it claims to unpack to");
    }

    @Test
    void aBombThatHidesItsSizeIsStoppedAtTheSizeItClaims() {
        byte[] packed = MadeUp.gzip(new byte[LIMIT - 1]);
        Arrays.fill(packed, packed.length - 4, packed.length, (byte) 0);
        packed[packed.length - 4] = 100;
        assertThatThrownBy(() -> read(packed)).hasMessageContaining("it unpacks to more than the 100 bytes it claims");
    }

    @Test
    void aFileLargerThanTheLimitIsNotRead() {
        assertThatThrownBy(() -> read(new byte[LIMIT + 1]))
                .hasMessageContaining("file.idx is too large: 1,048,577 bytes, at most 1,048,576 are read");
    }

    @Test
    void twoThousandDamagedFilesGiveNothingButDataExceptions() {
        byte[] plain = MadeUp.idx(MadeUp.random(90, 256, 1), 10, 3, 3);
        byte[] packed = MadeUp.gzip(plain);
        int refused = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] mutant = mutated(i % 2 == 0 ? plain : packed, Draws.of(5, "mutant", i));
            try {
                var idx = parse("file.idx", mutant);
                assertThat(idx.item(idx.count() - 1)).hasSize(idx.itemBytes());
            } catch (DataException e) {
                assertThat(e).hasMessageContaining("file.idx");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1400);
    }

    private static byte[] mutated(byte[] bytes, Draws draws) {
        byte[] out = bytes.clone();
        for (int change = draws.nextInt(3); change >= 0 && out.length > 1; change--) {
            int at = draws.nextInt(draws.nextDouble() < 0.5 ? Math.min(out.length, 24) : out.length);
            switch (draws.nextInt(5)) {
                case 0 -> out[at] = (byte) (out[at] ^ (1 << draws.nextInt(8)));
                case 1 -> out[at] = (byte) draws.nextInt(256);
                case 2 -> out = Arrays.copyOf(out, at);
                case 3 -> out = Arrays.copyOf(out, out.length + 1 + draws.nextInt(40));
                default -> System.arraycopy(bytes, 0, out, at, Math.min(out.length - at, bytes.length));
            }
        }
        return out;
    }

    /** As the files of a set are read. */
    private Idx read(byte[] bytes) {
        Path file = folder.resolve("file.idx");
        MadeUp.write(file, bytes);
        return parse(file.toString(), FileBytes.read(file, LIMIT));
    }

    private static Idx parse(String file, byte[] bytes) {
        return Idx.parse(file, Gzip.isGzip(bytes) ? Gzip.unpack(file, bytes, LIMIT) : bytes);
    }
}
