package fathom.manifold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("a.npy");
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        Matrix table = Tables.noise(1000, 300, 1); // more than one buffer
        Npy.write(file, table);
        Matrix read = Npy.read(file);
        assertThat(read.rows()).isEqualTo(1000);
        assertThat(read.values()).isEqualTo(table.values());
        assertThat(Npy.shape(file)).containsExactly(1000, 300);
        assertThat(folder).isDirectoryNotContaining("glob:**.partial");
    }

    @Test
    void whatCannotTakeItsPlaceLeavesNothingBehind() throws IOException {
        Files.createDirectories(file.resolve("something"));
        assertThatThrownBy(() -> Npy.write(file, Matrix.of(2, 3, new float[6])))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a.npy");
        assertThat(folder).isDirectoryNotContaining("glob:**.partial");
        assertThat(file.resolve("something")).isDirectory();
    }

    @Test
    void theShapeOfAFileCutShortIsRefusedAsItsNumbersAre() throws IOException {
        put(1, "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), }", doubles(1, 2, 3));
        String reason = assertThatThrownBy(() -> Npy.read(file)).actual().getMessage();
        assertThatThrownBy(() -> Npy.shape(file))
                .isInstanceOf(IOException.class)
                .hasMessage(reason);
    }

    @Test
    void theHeaderIsAsNumPyWritesIt() throws IOException {
        Npy.write(file, Matrix.of(2, 3, new float[6]));
        byte[] bytes = Files.readAllBytes(file);
        assertThat(bytes).hasSize(128 + 24);
        assertThat(new String(bytes, 10, 60, StandardCharsets.US_ASCII))
                .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void doublesOfEveryVersionAreRead(int version) throws IOException {
        put(version, "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }", doubles(1, 2.5, -3, 1e30));
        assertThat(Npy.read(file).values()).containsExactly(1, 2.5f, -3, 1e30f);
    }

    @Test
    void oneAxisIsOneColumn() throws IOException {
        put(1, "{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }", doubles(1, 2, 3));
        assertThat(Npy.read(file).columns()).isEqualTo(1);
    }

    @Test
    void labelsMayBeBytesLongsOrFloats() throws IOException {
        Npy.writeLabels(file, new int[] {3, -1, 7});
        assertThat(Npy.readLabels(file)).containsExactly(3, -1, 7);
        put(1, "{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }", new byte[] {9, (byte) 200});
        assertThat(Npy.readLabels(file)).containsExactly(9, 200);
        put(1, "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }", doubles(4, 5.5));
        assertThatThrownBy(() -> Npy.readLabels(file)).hasMessageContaining("label 1 is 5.5, not a whole number");
    }

    @Test
    void whatCannotBeReadIsRefusedByName() throws IOException {
        put(1, "{'descr': '>f4', 'fortran_order': False, 'shape': (1, 1), }", new byte[4]);
        refused("type >f4");
        put(1, "{'descr': '<i8', 'fortran_order': False, 'shape': (1, 1), }", new byte[8]);
        refused("type <i8: a matrix must be float32");
        put(1, "{'descr': '<f4', 'fortran_order': True, 'shape': (1, 1), }", new byte[4]);
        refused("Fortran order");
        put(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1, 1), }", new byte[4]);
        refused("3 axes");
        put(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (0, 5), }", new byte[0]);
        refused("0 × 5");
        put(4, "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1), }", new byte[4]);
        refused("version 4");
        Files.writeString(file, "x,y\n1,2\n3,4\n");
        refused("does not start with");
    }

    @Test
    void aHeaderThatClaimsMoreThanTheFileHoldsTakesNoMemory() throws IOException {
        put(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (40000, 50000), }", new byte[4]);
        refused("should have 8000000128 bytes for 40000 × 50000 of <f4 but has 132");
        put(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (4000000000, 50000), }", new byte[4]);
        refused("fewer than 2^31");
        put(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1), }", new byte[8]);
        refused("should have 132 bytes");
    }

    @Test
    void whatTheHeapCannotHoldIsRefusedBeforeItIsRead() throws IOException {
        put(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (40000, 50000), }", new byte[0]);
        try (FileChannel sparse = FileChannel.open(file, StandardOpenOption.WRITE)) {
            sparse.write(ByteBuffer.allocate(1), 128 + 4 * 40_000L * 50_000 - 1);
        }
        refused("holds 40000 × 50000 numbers, which take 7629 MB, but the JVM may take only");
        assertThatThrownBy(() -> Npy.shape(file)).hasMessageContaining("start it with a larger -Xmx");
    }

    private void refused(String part) {
        assertThatThrownBy(() -> Npy.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(part)
                .hasMessageContaining("a.npy");
    }

    private static byte[] doubles(double... values) {
        ByteBuffer buffer = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            buffer.putDouble(value);
        }
        return buffer.array();
    }

    private void put(int version, String header, byte[] data) throws IOException {
        int prefix = version == 1 ? 10 : 12;
        int length = 128 - prefix;
        ByteBuffer buffer = ByteBuffer.allocate(128 + data.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
        buffer.put((byte) version).put((byte) 0);
        if (version == 1) {
            buffer.putShort((short) length);
        } else {
            buffer.putInt(length);
        }
        buffer.put((header + " ".repeat(length - 1 - header.length()) + "\n").getBytes(StandardCharsets.US_ASCII));
        buffer.put(data);
        Files.write(file, buffer.array());
    }
}
