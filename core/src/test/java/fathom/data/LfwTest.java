package fathom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fathom.model.Shape;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives here hold a few grey pictures of 20×24 pixels, told apart by their shade. */
class LfwTest {
    @TempDir
    private Path place;

    @Test
    void picturesAreReadFromTheArchiveCutAndSized() throws IOException {
        write("lfw-deepfunneled.tgz", FaceArchive.ofSix().packed());
        assertThat(open(0, 0).shape()).isEqualTo(Shape.of(3, 24, 20));
        assertThat(open(16, 0).shape()).isEqualTo(Shape.of(3, 16, 16));
        var set = open(16, 8);
        assertThat(set.shape()).isEqualTo(Shape.of(3, 8, 8));
        assertThat(set.classes()).containsExactly("female", "male", "unknown");
        assertThat(set.provenance()).containsEntry("pictures", "12").doesNotContainKey("damaged");
        var shades = new HashSet<Integer>();
        for (Split split : Split.values()) {
            shades.addAll(shades(set.examples(split)));
        }
        assertThat(shades).isEqualTo(Set.of(10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120));
        try (var files = Files.list(place.resolve("lfw"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void noPersonIsInTwoSplits() {
        write("lfw.tgz", FaceArchive.ofSix().packed());
        var seen = new HashSet<String>();
        for (long seed = 0; seed < 5; seed++) {
            var set = Lfw.open(data(0, 0, seed), places());
            var people = new ArrayList<String>();
            int pictures = 0;
            for (Split split : Split.values()) {
                var attributes = set.attributes(split).orElseThrow();
                assertThat(attributes.size())
                        .isEqualTo(set.examples(split).size())
                        .isPositive();
                pictures += attributes.size();
                IntStream.range(0, attributes.size())
                        .mapToObj(i -> attributes.title(i).replaceAll(" \\d+$", ""))
                        .distinct()
                        .forEach(people::add);
            }
            assertThat(pictures).isEqualTo(12);
            assertThat(people).hasSize(6).doesNotHaveDuplicates();
            seen.add(set.attributes(Split.TEST).orElseThrow().title(0));
        }
        assertThat(seen).hasSizeGreaterThan(1);
    }

    @Test
    void aFolderGivesTheSameAsItsArchive() {
        write("lfw-deepfunneled.tgz", FaceArchive.ofSix().packed());
        var packed = open(16, 8);
        var folder = new DataPlaces(List.of(place.resolve("other")));
        new FaceFiles(place.resolve("lfw/lfw-deepfunneled.tgz"))
                .read(member ->
                        MadeUp.write(place.resolve("other/lfw/lfw-deepfunneled/" + member.name()), member.bytes()));
        var unpacked = Lfw.open(data(16, 8, 0), folder);
        assertThat(unpacked.provenance()).isEqualTo(packed.provenance());
        for (Split split : Split.values()) {
            assertThat(shades(unpacked.examples(split))).isEqualTo(shades(packed.examples(split)));
        }
    }

    @Test
    void damagedMembersAreCountedAndNamedAndTheRestIsRead() {
        byte[] good = FaceArchive.jpeg(20, 24, 200);
        var archive = FaceArchive.ofSix()
                .file(FaceArchive.name("Cut_Off", 1), Arrays.copyOf(good, good.length / 2))
                .file(FaceArchive.name("No_Picture", 1), "<html>".getBytes(StandardCharsets.UTF_8))
                .file(FaceArchive.name("Empty", 1), new byte[0])
                .file(FaceArchive.name("Ada_A", 1), good)
                .file(FaceArchive.name("Large", 1), FaceArchive.jpeg(40, 24, 3));
        write("lfw.tgz", archive.packed());
        assertThat(open(0, 0).provenance()).containsEntry("pictures", "12").containsEntry("damaged", "5");
        assertThat(Lfw.files().verify(places()).getFirst().reason())
                .startsWith("5 could not be read: ")
                .contains("Cut_Off/Cut_Off_0001.jpg is damaged")
                .contains("No_Picture/No_Picture_0001.jpg is neither")
                .contains("Empty/Empty_0001.jpg is neither")
                .contains("Ada_A/Ada_A_0001.jpg: it is there twice")
                .contains("Large/Large_0001.jpg is 3×24×40 where the first is 3×24×20: set data.size");
        assertThat(open(0, 8).provenance()).containsEntry("pictures", "13");
    }

    @Test
    void evilNamesAndKindsAreLeftOutAndNothingIsWritten() throws IOException {
        byte[] good = FaceArchive.jpeg(20, 24, 200);
        var archive = FaceArchive.ofSix()
                .file("../../evil/evil_0001.jpg", good)
                .file("/lfw/evil/evil_0001.jpg", good)
                .file("lfw/../.._0001.jpg", good)
                .file("lfw/evil/other_0001.jpg", good)
                .file("lfw/evil/evil_1.jpg", good)
                .file("lfw/evil\0_0001.jpg", good)
                .member("lfw/link/link_0001.jpg", '2', new byte[0])
                .member("lfw/device/device_0001.jpg", '3', new byte[0])
                .member("lfw/long", 'L', good)
                .raw(FaceArchive.header("lfw/huge/huge_0001.jpg", '0', 5L << 20))
                .raw(new byte[5 << 20]);
        write("lfw.tgz", archive.packed());
        var set = open(0, 0);
        assertThat(set.provenance()).containsEntry("pictures", "12").containsEntry("damaged", "9");
        try (var files = Files.walk(place)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .noneMatch(name -> name.contains("evil") || name.endsWith(".jpg"));
        }
    }

    @Test
    void largeMembersAreDecodedBeforeManyOfThemWait() {
        byte[] large = Arrays.copyOf(FaceArchive.jpeg(20, 24, 200), 4 << 20);
        byte[] tar = new FaceArchive().file(FaceArchive.name("Ada_A", 1), large).unpacked();
        byte[] member = MadeUp.gzip(Arrays.copyOf(tar, tar.length - 1024)); // without the archive's end
        var packed = new ByteArrayOutputStream();
        for (int i = 0; i < 17; i++) {
            packed.writeBytes(member);
        }
        write("lfw.tgz", packed.toByteArray());
        var decoded = new ArrayList<byte[]>();
        var files = new FaceFiles(place.resolve("lfw/lfw.tgz"));
        assertThatThrownBy(() -> Decoding.run(files, Data.of("lfw"), (_, picture) -> decoded.add(picture)))
                .hasMessageContaining("it is cut off");
        assertThat(decoded).hasSize(1); // the others have the same name
    }

    @Test
    void anArchiveWithoutPicturesIsRefused() {
        write("lfw.tgz", new FaceArchive().packed());
        assertRefused("lfw.tgz holds no picture of a face");
        write("lfw.tgz", new FaceArchive().file("README", new byte[3]).packed());
        assertRefused("lfw.tgz holds no picture of a face; the first file in it: README: its name is not like");
        write("lfw.tgz", FaceArchive.ofSix().packed());
        assertThatThrownBy(() -> open(21, 0))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("Ada_A_0001.jpg", "no square of 21×21", "set a smaller data.crop");
    }

    @Test
    void anArchiveThatIsCutOffOrChangedAnywhereIsRefused() {
        byte[] packed = FaceArchive.ofSix().packed();
        for (int length = 0; length < packed.length; length += 97) {
            write("lfw.tgz", Arrays.copyOf(packed, length));
            assertRefused("lfw.tgz");
        }
        write("lfw.tgz", Arrays.copyOf(packed, packed.length - 1));
        assertRefused("lfw.tgz is damaged: its data is cut off; get it again");
        for (int at = 12; at < packed.length; at += 61) {
            byte[] changed = packed.clone();
            changed[at] ^= 0x10;
            write("lfw.tgz", changed);
            assertRefused("lfw.tgz");
        }
        write("lfw.tgz", "<html>".getBytes(StandardCharsets.UTF_8));
        assertRefused("lfw.tgz is damaged: Not in GZIP format");
    }

    @Test
    void aBrokenHeaderAndEndlessContentAreRefused() {
        byte[] tar = FaceArchive.ofSix().unpacked();
        tar[3] ^= 1;
        write("lfw.tgz", MadeUp.gzip(tar));
        assertRefused("a header of a member has a wrong checksum");
        write("lfw.tgz", FaceArchive.ofSix().raw(new byte[4 << 20]).packed());
        assertRefused("much follows the end");
        byte[] header = FaceArchive.header("lfw/a/a_0001.jpg", '0', 1);
        header[124] = 'x';
        write("lfw.tgz", new FaceArchive().raw(header).packed());
        assertRefused("a header of a member");
    }

    @Test
    void tooManyMembersAndTooManyBytesAreRefused() throws IOException {
        var many = new FaceArchive();
        for (int i = 0; i < 11; i++) {
            many.folder("lfw/");
        }
        assertThatThrownBy(() -> readAll(many, 10, 1 << 20)).hasMessageContaining("too many members");
        assertThatThrownBy(() -> readAll(FaceArchive.ofSix(), 100, 2048)).hasMessageContaining("unpacks to more than");
    }

    private static void readAll(FaceArchive archive, int mostHeaders, long mostBytes) throws IOException {
        var in = new ByteArrayInputStream(archive.unpacked());
        var tar = new Tar("a.tar", in, 1 << 20, mostHeaders, mostBytes);
        while (tar.next().isPresent()) {
            assertThat(in.available()).isPositive();
        }
    }

    @Test
    void aMissingSetSaysWhereWasLookedAndWhatToDo() {
        assertRefused("the data set lfw was not found; looked for lfw-deepfunneled.tgz, lfw.tgz");
        assertRefused("it is not fetched: get lfw-deepfunneled.tgz from http");
    }

    @Test
    void needingMoreMemoryThanThereIsIsSaidWithWhatToDo() {
        var files = new FaceFiles(Path.of("lfw.tgz"));
        var why = new IOException("disk full");
        Lfw.requireMemory(files, Shape.of(3, 64, 64), 0, 1L << 30, why);
        assertThatThrownBy(() -> Lfw.requireMemory(files, Shape.of(3, 224, 224), 0, 1L << 31, why))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll(
                        "need 1,991,937,024 bytes as 3×224×224", "Java may use 2,147,483,648", "disk full")
                .hasMessageContainingAll("smaller data.size", "-Xmx3g");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> open(0, 0))
                .isExactlyInstanceOf(DataException.class)
                .hasMessageContaining(message);
    }

    private static List<Integer> shades(Examples examples) {
        var shades = new ArrayList<Integer>();
        for (int i = 0; i < examples.size(); i++) {
            float[] picture = examples.batch(i).inputs();
            for (float value : picture) {
                assertThat(value).isEqualTo(picture[0]);
            }
            shades.add(Math.round(255 * picture[0]));
        }
        return shades;
    }

    private void write(String name, byte[] bytes) {
        MadeUp.write(place.resolve("lfw").resolve(name), bytes);
    }

    private Dataset open(int crop, int size) {
        return Lfw.open(data(crop, size, 0), places());
    }

    private DataPlaces places() {
        return new DataPlaces(List.of(place));
    }

    private static Data data(int crop, int size, long seed) {
        return new Data("lfw", new Data.Scale.Unit(), size, Data.Fit.RESIZE, 0.2, seed, List.of(), 1, 0).withCrop(crop);
    }
}
