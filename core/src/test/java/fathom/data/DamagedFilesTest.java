package fathom.data;

import static fathom.data.MadeUp.TEST_IMAGES;
import static fathom.data.MadeUp.TEST_LABELS;
import static fathom.data.MadeUp.TRAIN_IMAGES;
import static fathom.data.MadeUp.TRAIN_LABELS;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of damage and mix-up is refused before the first use, naming the file and the reason. */
class DamagedFilesTest {
    private static final List<String> FILES = List.of(TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS);
    private static final List<String> CLASSES = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

    /** What is done to a folder, which file must be named and what must be said. */
    record Damage(String what, Act act, String file, String reason) {
        @Override
        public String toString() {
            return what;
        }
    }

    interface Act {
        void on(Path folder) throws IOException;
    }

    interface Change {
        byte[] of(byte[] packed);
    }

    @TempDir
    private Path place;

    static Stream<Damage> damages() {
        return Stream.of(FILES.stream().flatMap(DamagedFilesTest::toOneFile), mixUps(), repackings())
                .flatMap(damages -> damages);
    }

    private static Stream<Damage> toOneFile(String file) {
        return Stream.of(
                new Damage("no " + file, folder -> Files.delete(folder.resolve(file)), file, "was not found"),
                new Damage("a folder " + file, folder -> asFolder(folder.resolve(file)), file, "is not a regular file"),
                changed("empty", file, packed -> new byte[0], "0 bytes of content"),
                changed("half", file, packed -> Arrays.copyOf(packed, packed.length / 2), "damaged"),
                changed("one byte short", file, packed -> Arrays.copyOf(packed, packed.length - 1), "damaged"),
                changed("its first ten bytes", file, packed -> Arrays.copyOf(packed, 10), "is cut off after 10 bytes"),
                changed("one byte more", file, packed -> Arrays.copyOf(packed, packed.length + 1), "damaged"),
                changed("one bit changed", file, packed -> flipped(packed, packed.length / 2), "damaged"),
                changed("one bit of the checksum", file, packed -> flipped(packed, packed.length - 7), "checksum"),
                changed("a web page", file, packed -> "<html>".getBytes(StandardCharsets.UTF_8), "expected SHA-256"),
                changed("a million bytes", file, packed -> new byte[1_000_000], "is too large"));
    }

    private static Stream<Damage> mixUps() {
        return Stream.of(
                swapped(TRAIN_IMAGES, TEST_IMAGES),
                swapped(TRAIN_LABELS, TEST_LABELS),
                swapped(TRAIN_IMAGES, TRAIN_LABELS),
                swapped(TEST_IMAGES, TEST_LABELS),
                ofAnotherSet(TRAIN_IMAGES),
                ofAnotherSet(TRAIN_LABELS),
                ofAnotherSet(TEST_IMAGES),
                ofAnotherSet(TEST_LABELS));
    }

    private static Stream<Damage> repackings() {
        byte[] labels = MadeUp.of(contents(), TRAIN_LABELS);
        return Stream.of(
                changed("packed twice", TRAIN_LABELS, MadeUp::gzip, "damaged"),
                changed("two members", TRAIN_LABELS, DamagedFilesTest::twice, "damaged"),
                changed("other labels", TRAIN_LABELS, packed -> MadeUp.gzip(flipped(labels, 20)), "expected SHA-256"),
                changed("fewer labels", TRAIN_LABELS, packed -> MadeUp.gzip(Arrays.copyOf(labels, 20)), "(20 bytes"),
                changed("a bomb", TRAIN_LABELS, packed -> MadeUp.gzip(new byte[20_000_000]), "unpacks to 20,000,000"),
                changed("a small bomb", TRAIN_IMAGES, packed -> MadeUp.gzip(new byte[500_000]), "unpacks to 500,000"),
                unpacked("unpacked, one bit changed", flipped(labels, 20), "expected SHA-256"),
                unpacked("unpacked, one byte short", Arrays.copyOf(labels, labels.length - 1), "expected SHA-256"),
                unpacked("unpacked, one byte more", Arrays.copyOf(labels, labels.length + 1), "expected SHA-256"));
    }

    @ParameterizedTest
    @MethodSource("damages")
    void damageIsRefused(Damage damage) throws IOException {
        var contents = contents();
        Path folder = place.resolve("made-up");
        MadeUp.write(folder, contents);
        var set = MadeUp.publish("made-up", contents);
        open(set);
        damage.act().on(folder);
        assertThatThrownBy(() -> open(set))
                .isExactlyInstanceOf(DataException.class)
                .hasMessageContaining(damage.file())
                .hasMessageContaining(damage.reason());
    }

    @Test
    void aKnownFileUnderAnotherNameIsRecognised() {
        var contents = contents();
        var set = MadeUp.publish("made-up", contents);
        Path folder = place.resolve("made-up");
        MadeUp.write(folder, contents);
        MadeUp.write(folder.resolve(TRAIN_LABELS), MadeUp.gzip(MadeUp.of(contents, TEST_LABELS)));
        assertThatThrownBy(() -> open(set)).hasMessageContaining("(that is made-up/" + TEST_LABELS + ")");
    }

    @Test
    void moreLabelsThanPicturesAreRefused() {
        var contents = contents();
        contents.put(TRAIN_LABELS, MadeUp.idx(MadeUp.random(31, 10, 4), 31));
        refuses(contents, "holds 30 pictures but", "holds 31 labels");
    }

    @Test
    void aLabelWithoutAClassIsRefused() {
        var contents = contents();
        MadeUp.of(contents, TEST_LABELS)[12] = 10;
        refuses(contents, TEST_LABELS, "holds a label of 10; labels are 0 … 9");
    }

    @Test
    void picturesWithoutRowsAndColumnsAreRefused() {
        var contents = contents();
        contents.put(TEST_IMAGES, MadeUp.idx(MadeUp.random(8 * 16, 256, 4), 8, 16));
        refuses(contents, TEST_IMAGES, "should hold pictures and labels");
    }

    @Test
    void testPicturesOfAnotherSizeAreRefused() {
        var contents = contents();
        contents.put(TEST_IMAGES, MadeUp.idx(MadeUp.random(8 * 20, 256, 4), 8, 4, 5));
        refuses(contents, "made-up", "1×4×5");
    }

    private void refuses(SequencedMap<String, byte[]> contents, String... parts) {
        MadeUp.write(place.resolve("made-up"), contents);
        assertThatThrownBy(() -> open(MadeUp.publish("made-up", contents)))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll(parts);
    }

    private static SequencedMap<String, byte[]> contents() {
        return MadeUp.contents(30, 8, 1);
    }

    private Dataset open(PublicSet set) {
        return Mnist.open(set, CLASSES, MadeUp.PLAIN, new DataPlaces(List.of(place)));
    }

    private static Damage changed(String what, String file, Change change, String reason) {
        Act act = folder -> {
            Path path = folder.resolve(file);
            MadeUp.write(path, change.of(MadeUp.read(path)));
        };
        return new Damage(what + ": " + file, act, file, reason);
    }

    private static Damage unpacked(String what, byte[] content, String reason) {
        Act act = folder -> {
            Files.delete(folder.resolve(TRAIN_LABELS));
            MadeUp.write(folder.resolve("train-labels-idx1-ubyte"), content);
        };
        return new Damage(what, act, "train-labels-idx1-ubyte", reason);
    }

    private static Damage swapped(String one, String other) {
        Act act = folder -> {
            byte[] first = MadeUp.read(folder.resolve(one));
            MadeUp.write(folder.resolve(one), MadeUp.read(folder.resolve(other)));
            MadeUp.write(folder.resolve(other), first);
        };
        return new Damage(one + " for " + other, act, "made-up", "");
    }

    private static Damage ofAnotherSet(String file) {
        var others = MadeUp.contents(30, 8, 99);
        return changed("of another set", file, packed -> MadeUp.gzip(MadeUp.of(others, file)), "is not " + file);
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] out = bytes.clone();
        out[at] = (byte) (out[at] ^ 4);
        return out;
    }

    private static byte[] twice(byte[] packed) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(packed);
        out.writeBytes(packed);
        return out.toByteArray();
    }

    private static void asFolder(Path file) throws IOException {
        Files.delete(file);
        Files.createDirectory(file);
    }
}
