package fathom.data;

import fathom.random.Draws;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.zip.GZIPOutputStream;

/** Small files in the formats of the real ones. */
final class MadeUp {
    static final String TRAIN_IMAGES = "train-images-idx3-ubyte.gz";
    static final String TRAIN_LABELS = "train-labels-idx1-ubyte.gz";
    static final String TEST_IMAGES = "t10k-images-idx3-ubyte.gz";
    static final String TEST_LABELS = "t10k-labels-idx1-ubyte.gz";

    static final Data PLAIN = new Data("made-up", new Data.Scale.Unit(), 0, Data.Fit.RESIZE, 0.25, 0, List.of(), 1, 0);

    private MadeUp() {}

    static byte[] random(int count, int bound, long seed) {
        var draws = Draws.of(seed, "made-up", 0);
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) draws.nextInt(bound);
        }
        return bytes;
    }

    static byte[] idx(byte[] content, int... sizes) {
        var out = ByteBuffer.allocate(4 + 4 * sizes.length + content.length);
        out.putInt(0x800 | sizes.length);
        for (int size : sizes) {
            out.putInt(size);
        }
        return out.put(content).array();
    }

    static byte[] gzip(byte[] content) {
        var out = new ByteArrayOutputStream();
        try (var packing = new GZIPOutputStream(out)) {
            packing.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Unpacked contents of four files: {@code train} and {@code test} pictures of 4×4 pixels, labels 0 … 9. */
    static SequencedMap<String, byte[]> contents(int train, int test, long seed) {
        var contents = new LinkedHashMap<String, byte[]>();
        contents.put(TRAIN_IMAGES, idx(random(train * 16, 256, seed), train, 4, 4));
        contents.put(TRAIN_LABELS, idx(random(train, 10, seed + 1), train));
        contents.put(TEST_IMAGES, idx(random(test * 16, 256, seed + 2), test, 4, 4));
        contents.put(TEST_LABELS, idx(random(test, 10, seed + 3), test));
        return contents;
    }

    /** The content of one of them. */
    static byte[] of(Map<String, byte[]> contents, String name) {
        return Objects.requireNonNull(contents.get(name), name);
    }

    /** What is known of these contents once they are packed. */
    static PublicSet publish(String name, SequencedMap<String, byte[]> contents, URI base) {
        var files = contents.entrySet().stream()
                .map(entry -> {
                    byte[] packed = gzip(entry.getValue());
                    return new KnownFile(
                            entry.getKey(),
                            packed.length,
                            FileBytes.sha256(packed),
                            entry.getValue().length,
                            FileBytes.sha256(entry.getValue()));
                })
                .toList();
        return new PublicSet(name, base, base, files);
    }

    static PublicSet publish(String name, SequencedMap<String, byte[]> contents) {
        return publish(name, contents, URI.create("http://localhost/"));
    }

    /** Writes the contents, packed. */
    static void write(Path folder, Map<String, byte[]> contents) {
        contents.forEach((name, content) -> write(folder.resolve(name), gzip(content)));
    }

    static void write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of the tests' resources. */
    static byte[] resource(String name) {
        try (var in = MadeUp.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
