package fathom.data;

import static org.assertj.core.api.Assertions.assertThat;

import fathom.model.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading whole files; {@link DamagedFilesTest} has the others. */
class MnistTest {
    private static final List<String> CLASSES = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

    @TempDir
    private Path place;

    @Test
    void picturesAndLabelsBelongTogether() {
        var contents = MadeUp.contents(20, 6, 1);
        MadeUp.write(place.resolve("made-up"), contents);
        var set = open(MadeUp.publish("made-up", contents));
        assertThat(set.name()).isEqualTo("made-up");
        assertThat(set.shape()).isEqualTo(Shape.of(1, 4, 4));
        assertThat(set.classes()).isEqualTo(CLASSES);
        var test = set.examples(Split.TEST);
        var batch = test.batch(IntStream.range(0, 6).toArray());
        for (int i = 0; i < 6; i++) {
            assertThat(batch.labels()[i]).isEqualTo(MadeUp.of(contents, MadeUp.TEST_LABELS)[8 + i]);
            for (int pixel = 0; pixel < 16; pixel++) {
                int value = MadeUp.of(contents, MadeUp.TEST_IMAGES)[16 + 16 * i + pixel] & 0xff;
                assertThat(batch.inputs()[16 * i + pixel]).isEqualTo(value / 255f);
            }
        }
    }

    @Test
    void filesMayLieUnpackedOrPackedInAnotherWay() {
        var contents = MadeUp.contents(20, 6, 1);
        var set = MadeUp.publish("made-up", contents);
        Path folder = place.resolve("made-up");
        MadeUp.write(folder, contents);
        var packed = open(set).examples(Split.TRAIN).batch(0, 1, 2);
        contents.forEach((name, content) -> {
            assertThat(folder.resolve(name).toFile().delete()).isTrue();
            MadeUp.write(folder.resolve(name.replace(".gz", "")), content);
        });
        byte[] repacked = MadeUp.gzip(MadeUp.of(contents, MadeUp.TRAIN_LABELS));
        repacked[4] = 77; // the time in the header
        MadeUp.write(folder.resolve(MadeUp.TRAIN_LABELS), repacked);
        var unpacked = open(set).examples(Split.TRAIN).batch(0, 1, 2);
        assertThat(unpacked.inputs()).isEqualTo(packed.inputs());
        assertThat(unpacked.labels()).isEqualTo(packed.labels());
    }

    @Test
    void provenanceHoldsTheChecksumOfEveryFile() {
        var contents = MadeUp.contents(20, 6, 1);
        MadeUp.write(place.resolve("made-up"), contents);
        var set = MadeUp.publish("made-up", contents);
        assertThat(open(set).provenance())
                .hasSize(4)
                .containsEntry(
                        "made-up/" + MadeUp.TEST_LABELS, set.files().getLast().sha256());
    }

    private Dataset open(PublicSet set) {
        return Mnist.open(set, CLASSES, MadeUp.PLAIN, new DataPlaces(List.of(place)));
    }
}
