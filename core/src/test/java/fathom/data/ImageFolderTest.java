package fathom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fathom.model.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures here are grey 2×3, their first pixel holding a number by which they are told apart. */
class ImageFolderTest {
    @TempDir
    private Path root;

    @Test
    void classesAreFoldersInTheOrderOfTheirNames() {
        fill("train/über Äpfel", 0, 8);
        fill("train/birnen", 100, 8);
        fill("test/über Äpfel", 8, 3);
        fill("test/birnen", 108, 2);
        var set = open(0);
        assertThat(set.classes()).containsExactly("birnen", "über Äpfel");
        assertThat(set.shape()).isEqualTo(Shape.of(1, 2, 3));
        assertThat(set.examples(Split.TRAIN).size()).isEqualTo(12);
        assertThat(set.examples(Split.VALIDATION).size()).isEqualTo(4);
        assertThat(numbers(set, Split.TEST)).containsExactly(108, 109, 8, 9, 10);
        for (Split split : Split.values()) {
            var examples = set.examples(split);
            for (int i = 0; i < examples.size(); i++) {
                assertThat(examples.label(i)).isEqualTo(numbers(set, split).get(i) >= 100 ? 0 : 1);
            }
        }
    }

    @Test
    void withoutATestFolderASixthIsTakenBySeed() {
        fill("a", 0, 30);
        fill("b", 100, 30);
        var test = numbers(open(0), Split.TEST);
        assertThat(test).hasSize(10);
        var all = new ArrayList<Integer>();
        for (Split split : Split.values()) {
            all.addAll(numbers(open(0), split));
        }
        assertThat(all).hasSize(60).doesNotHaveDuplicates();
        assertThat(numbers(ImageFolder.open(root, data(0, 1)), Split.TEST))
                .hasSize(10)
                .isNotEqualTo(test);
    }

    @Test
    void hiddenFilesAndLitterAreSkipped() {
        fill("a", 0, 3);
        fill("b", 100, 3);
        MadeUp.write(root.resolve("a/.DS_Store"), new byte[3]);
        MadeUp.write(root.resolve("a/Thumbs.db"), new byte[3]);
        MadeUp.write(root.resolve(".git/config"), new byte[3]);
        MadeUp.write(root.resolve("README.md"), new byte[3]);
        assertThat(open(0).classes()).containsExactly("a", "b");
        assertThat(open(0).provenance()).containsEntry("pictures", "6");
    }

    @Test
    void picturesOfManySizesAreRefusedUnlessASizeIsGiven() {
        fill("a", 0, 3);
        fill("b", 100, 3);
        MadeUp.write(root.resolve("b/wide.png"), Png.grey(2, 4, new byte[8]));
        assertThatThrownBy(() -> open(0))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("wide.png has 2×4 pixels", "has 2×3", "set data.size");
        assertThat(open(8).shape()).isEqualTo(Shape.of(1, 8, 8));
    }

    @Test
    void aPictureTooLargeForItsFrameIsNamed() {
        fill("a", 0, 3);
        fill("b", 100, 3);
        MadeUp.write(root.resolve("b/wide.png"), Png.grey(2, 5, new byte[10]));
        var pad = new Data("folder", new Data.Scale.Unit(), 4, Data.Fit.PAD, 0, 0, List.of(), 1, 0);
        assertThatThrownBy(() -> ImageFolder.open(root, pad)).hasMessageContainingAll("wide.png", "cannot be padded");
    }

    @Test
    void oneColouredPictureMakesAllColoured() {
        fill("a", 0, 3);
        fill("b", 100, 3);
        assertThat(open(0).shape()).isEqualTo(Shape.of(1, 2, 3));
        MadeUp.write(root.resolve("b/red.png"), Png.colour(2, 3, MadeUp.random(18, 256, 1)));
        var set = open(0);
        assertThat(set.shape()).isEqualTo(Shape.of(3, 2, 3));
        assertThat(set.examples(Split.TRAIN).size()).isEqualTo(4);
    }

    /** The first one is grey, and so many grey ones would fit. */
    @Test
    void colouredPicturesThatWouldNotFitIntoMemoryAreRefused() {
        byte[] planes = new byte[3 << 22];
        planes[0] = 1;
        byte[] colour = Png.colour(2048, 2048, planes);
        MadeUp.write(root.resolve("a/0.png"), Png.grey(2048, 2048, new byte[1 << 22]));
        long count = Runtime.getRuntime().maxMemory() / planes.length;
        for (int i = 1; i < count; i++) {
            MadeUp.write(root.resolve("b/" + i + ".png"), colour);
        }
        assertThatThrownBy(() -> open(0))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("pictures of 12,582,912 bytes do not fit in the memory of");
    }

    @Test
    void provenanceChangesWithContentsAndNames() throws IOException {
        fill("a", 0, 3);
        fill("b", 100, 3);
        var before = open(0).provenance();
        assertThat(open(0).provenance()).isEqualTo(before);
        byte[] one = MadeUp.read(root.resolve("b/100.png"));
        MadeUp.write(root.resolve("b/100.png"), MadeUp.read(root.resolve("b/101.png")));
        assertThat(open(0).provenance()).isNotEqualTo(before);
        MadeUp.write(root.resolve("b/100.png"), one);
        assertThat(open(0).provenance()).isEqualTo(before);
        Files.move(root.resolve("b/100.png"), root.resolve("b/099.png"));
        assertThat(open(0).provenance()).isNotEqualTo(before);
    }

    @Test
    void provenanceIsTheChecksumOfTheListThatSha256sumPrints() {
        fill("b", 100, 1);
        fill("a", 0, 1);
        String list = "%s  a/000.png\n%s  b/100.png\n"
                .formatted(FileBytes.sha256(root.resolve("a/000.png")), FileBytes.sha256(root.resolve("b/100.png")));
        assertThat(open(0).provenance())
                .containsEntry("sha256 of names and contents", FileBytes.sha256(list.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void damagedPicturesAreNamed() {
        fill("a", 0, 3);
        fill("b", 100, 3);
        byte[] bytes = MadeUp.read(root.resolve("b/101.png"));
        bytes[bytes.length - 20] ^= 1;
        MadeUp.write(root.resolve("b/101.png"), bytes);
        assertThatThrownBy(() -> open(0))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("101.png is damaged", "checksum");
        MadeUp.write(
                root.resolve("b/101.png"),
                new Png().header(30_000, 30_000, 8, 2).end());
        assertThatThrownBy(() -> open(0)).hasMessageContainingAll("101.png is too large", "30,000×30,000");
    }

    @Test
    void foldersThatAreNoClassesAreRefused() throws IOException {
        assertRefused("should hold at least two folders");
        fill("a", 0, 2);
        assertRefused("it holds only a");
        Files.createDirectory(root.resolve("b"));
        assertRefused("b holds no PNG or JPEG file");
        fill("b", 100, 2);
        MadeUp.write(root.resolve("b/notes.txt"), new byte[2]);
        assertRefused("notes.txt is no PNG or JPEG file");
        Files.delete(root.resolve("b/notes.txt"));
        fill("b/deeper.png", 100, 2);
        assertRefused("deeper.png is no PNG or JPEG file");
    }

    @Test
    void aTestFolderMustFitItsTrainFolder() {
        fill("test/a", 0, 2);
        fill("test/c", 50, 2);
        assertRefused("holds a folder test but no folder train");
        fill("train/a", 10, 2);
        fill("train/b", 110, 2);
        assertRefused("holds the class c, which is not among those to train on: a, b");
    }

    private void assertRefused(String reason) {
        assertThatThrownBy(() -> open(0)).isInstanceOf(DataException.class).hasMessageContaining(reason);
    }

    private void fill(String folder, int from, int count) {
        for (int i = from; i < from + count; i++) {
            byte[] pixels = {(byte) i, 7, 7, 7, 7, 7};
            MadeUp.write(root.resolve(folder).resolve("%03d.png".formatted(i)), Png.grey(2, 3, pixels));
        }
    }

    private static List<Integer> numbers(Dataset set, Split split) {
        var examples = set.examples(split);
        var batch = examples.batch(IntStream.range(0, examples.size()).toArray());
        return IntStream.range(0, examples.size())
                .mapToObj(i -> Math.round(batch.inputs()[6 * i] * 255))
                .toList();
    }

    private Dataset open(int size) {
        return ImageFolder.open(root, data(size, 0));
    }

    private static Data data(int size, long seed) {
        return new Data("folder", new Data.Scale.Unit(), size, Data.Fit.RESIZE, 0.25, seed, List.of(), 1, 0);
    }
}
