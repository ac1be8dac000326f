package fathom.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SafetensorsTest {
    @TempDir
    Path folder;

    private static Safetensors.Content content() {
        var metadata = new LinkedHashMap<String, String>();
        metadata.put("run", "a \"quoted\" näme");
        metadata.put("empty", "");
        return new Safetensors.Content(
                metadata,
                List.of(
                        new NamedArray("0.weight", List.of(2, 3), new float[] {1, -2, 0.5f, Float.MIN_VALUE, 0, -0f}),
                        new NamedArray("0.bias", List.of(), new float[] {Float.NaN}),
                        new NamedArray("none", List.of(0), new float[] {}),
                        new NamedArray("long", List.of(40_000), longArray())));
    }

    private static float[] longArray() {
        var values = new float[40_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i * 0.25f;
        }
        return values;
    }

    private Path write(Safetensors.Content content) throws IOException {
        Path file = folder.resolve("some.safetensors");
        new DurableFile(Disk.real(), file).replace(sink -> Safetensors.write(sink, content), () -> {});
        return file;
    }

    /** Egyptian users of Arabic have other digits. */
    @Test
    void theDigitsOfTheUsersLanguageAreNotThoseOfFiles() throws IOException {
        byte[] expected = Files.readAllBytes(write(content()));
        Locale before = Locale.getDefault(Locale.Category.FORMAT);
        Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag("ar-EG"));
        try {
            assertThat("%d".formatted(7)).isEqualTo("\u0667");
            Path file = write(content());
            assertThat(Files.readAllBytes(file)).isEqualTo(expected);
            assertThat(Safetensors.read(file).arrays()).hasSize(4);
        } finally {
            Locale.setDefault(Locale.Category.FORMAT, before);
        }
    }

    @Test
    void whatIsWrittenReadsBackToTheBit() throws IOException {
        Safetensors.Content read = Safetensors.read(write(content()));

        assertThat(read.metadata()).isEqualTo(content().metadata());
        assertThat(read.arrays()).hasSize(4);
        for (int i = 0; i < 4; i++) {
            NamedArray expected = content().arrays().get(i);
            assertThat(read.arrays().get(i).name()).isEqualTo(expected.name());
            assertThat(read.arrays().get(i).sizes()).isEqualTo(expected.sizes());
            assertThat(read.arrays().get(i).values()).isEqualTo(expected.values());
        }
    }

    @Test
    void theBytesAreThoseOfTheFormat() throws IOException {
        var small = new Safetensors.Content(
                new LinkedHashMap<>(), List.of(new NamedArray("w", List.of(2), new float[] {1, -2})));
        byte[] bytes = Files.readAllBytes(write(small));

        String header = new String(bytes, 8, bytes.length - 16, StandardCharsets.UTF_8);
        assertThat(header.replaceAll("[0-9a-f]{64}", "<seal>"))
                .isEqualTo(
                        "{\"__metadata__\":{\"sha256\":\"<seal>\"},\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}     ");
        assertThat(Arrays.copyOf(bytes, 8)).containsExactly(header.length(), 0, 0, 0, 0, 0, 0, 0);
        assertThat(Arrays.copyOfRange(bytes, bytes.length - 8, bytes.length))
                .containsExactly(0, 0, (byte) 0x80, 0x3f, 0, 0, 0, (byte) 0xc0);
    }

    @Test
    void pythonReadsItWithItsStandardLibraryAlone() throws IOException, InterruptedException {
        Path file = write(content());
        String script = """
                import sys, json, struct, hashlib
                data = open(sys.argv[1], 'rb').read()
                length = struct.unpack('<Q', data[:8])[0]
                header = json.loads(data[8:8 + length])
                metadata = header.pop('__metadata__')
                at = data.index(b'"sha256":"') + 10
                assert hashlib.sha256(data[:at] + b'0' * 64 + data[at + 64:]).hexdigest() == metadata['sha256']
                for name, entry in header.items():
                    begin, end = entry['data_offsets']
                    values = struct.unpack('<%df' % ((end - begin) // 4), data[8 + length + begin:8 + length + end])
                    print(name, entry['dtype'], entry['shape'], sum(v for v in values if v == v))
                """;
        Process python;
        try {
            python = new ProcessBuilder("python3", "-c", script, file.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "there is no python3 here: " + e);
            return;
        }
        String out = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(python.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(out).isEqualTo("""
                        0.weight F32 [2, 3] -0.5
                        0.bias F32 [] 0
                        none F32 [0] 0
                        long F32 [40000] 199995000.0
                        """);
        assertThat(python.exitValue()).isZero();
    }

    @Test
    void aFileCutAnywhereIsRefused() throws IOException {
        Path file = folder.resolve("last.safetensors");
        States.at(3).write(new DurableFile(Disk.real(), file), States.PARAMETERS, () -> {});
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertRefused(file, "cut to " + length);
        }
        Files.write(file, Arrays.copyOf(whole, whole.length + 1));
        assertRefused(file, "one byte longer");
    }

    @Test
    void changedBitsAndSwappedBlocksAreRefused() throws IOException {
        Path file = folder.resolve("last.safetensors");
        States.at(3).write(new DurableFile(Disk.real(), file), States.PARAMETERS, () -> {});
        byte[] whole = Files.readAllBytes(file);
        var random = new Random(5);
        for (int i = 0; i < 2500; i++) {
            byte[] bytes = whole.clone();
            switch (i % 5) {
                case 0, 1, 2 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                case 3 -> Arrays.fill(bytes, random.nextInt(bytes.length), bytes.length, (byte) 0);
                default -> {
                    int length = 1 + random.nextInt(64);
                    int a = random.nextInt(bytes.length - length);
                    int b = random.nextInt(bytes.length - length);
                    System.arraycopy(whole, a, bytes, b, length);
                    System.arraycopy(whole, b, bytes, a, length);
                }
            }
            if (!Arrays.equals(bytes, whole)) {
                Files.write(file, bytes);
                assertRefused(file, "change " + i);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}    | array a of sizes [2] does not take 4 bytes
                    "a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}    | array a lies at bytes 4 … 8, but must begin at 0
                    "a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}    | its arrays take 4 bytes, but 8 follow the header
                    "a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}   | its arrays take 12 bytes, but 8 follow the header
                    "a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]} | array b lies at bytes 4 … 8, but must begin at 8
                    "a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}    | array a is not of type F32 with two data_offsets
                    "a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}   | it holds a size or offset that cannot be: -2
                    "a":{"dtype":"F32","shape":[65536,65536,65536,65536],"data_offsets":[0,8]} | array a is too large: [65536, 65536, 65536, 65536]
                    "a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]} | it names an array twice, or more than 65536
                    "a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}    | its contents do not match its SHA-256
                    "a":[]                                                  | its header holds START_ARRAY where START_OBJECT should be
                    "a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"x":1} | array a has an unknown property
                    "a":{"dtype":"F32","shape":[2],"data_offsets":[0,99999999999999999999]} | its header is not JSON
                    """)
    void aHeaderThatCannotBeIsExplained(String arrays, String reason) throws IOException {
        Path file = raw(Safetensors.SEAL + Safetensors.UNSEALED + "\"}," + arrays + "}", 8);
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessage(file + " is damaged: " + reason);
    }

    @Test
    void headersThatWouldFillTheMemoryAreRefusedQuickly() throws IOException {
        var many = new StringBuilder(Safetensors.SEAL + Safetensors.UNSEALED + "\"}");
        for (int i = 0; i < 250_000; i++) {
            many.append(",\"%d\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}".formatted(i));
        }
        Path tooMany = raw(many.append('}').toString(), 0);
        Path tooLong = folder.resolve("long.safetensors");
        Files.write(
                tooLong,
                ByteBuffer.allocate(64)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(1L << 62)
                        .array());
        assertTimeoutPreemptively(Duration.ofSeconds(2), () -> {
            assertRefused(tooMany, "a quarter of a million arrays");
            assertRefused(tooLong, "a header of 2^62 bytes");
        });
    }

    private Path raw(String header, int payload) throws IOException {
        var out = new ByteArrayOutputStream();
        byte[] bytes = header.getBytes(StandardCharsets.UTF_8);
        out.write(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(bytes.length)
                .array());
        out.write(bytes);
        out.write(new byte[payload]);
        return Files.write(folder.resolve("raw.safetensors"), out.toByteArray());
    }

    private static void assertRefused(Path file, String what) {
        try {
            Checkpoint.read(file);
        } catch (CheckpointException e) {
            if (!String.valueOf(e.getMessage()).startsWith(file + " is damaged: ")) {
                throw new AssertionError(what, e);
            }
            return;
        }
        throw new AssertionError("read without complaint: " + what);
    }
}
