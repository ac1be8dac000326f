package fathom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fathom.model.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Fails, rather than passes silently, where {@code FATHOM_DATA} does not name a folder with the real files. */
@Tag("real")
class RealMnistTest {
    private static final int[] DIGITS = {5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949};
    private static final int[] TEST_DIGITS = {980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009};

    @Test
    void mnistIsWhatIsPublished() {
        var set = open("mnist", 0);
        assertThat(set.classes()).startsWith("0", "1").hasSize(10);
        check(set, Split.TRAIN, 60_000, DIGITS);
        check(set, Split.TEST, 10_000, TEST_DIGITS);
        assertThat(labels(set.examples(Split.TEST), 10)).containsExactly(7, 2, 1, 0, 4, 1, 4, 9, 5, 9);
        assertMoments(set, 0.130660, 0.308108);
    }

    @Test
    void fashionMnistIsWhatIsPublished() {
        var set = open("fashion-mnist", 0);
        assertThat(set.classes())
                .startsWith("T-shirt/top")
                .endsWith("Ankle boot")
                .hasSize(10);
        check(set, Split.TRAIN, 60_000, even(6000));
        check(set, Split.TEST, 10_000, even(1000));
        assertThat(labels(set.examples(Split.TEST), 10)).containsExactly(9, 2, 1, 1, 6, 1, 4, 6, 5, 7);
        assertMoments(set, 0.286041, 0.353024);
    }

    @Test
    void theFirstTrainingLabelsAreThePublishedOnes() {
        assertThat(firstLabels(Mnist.digits())).containsExactly(5, 0, 4, 1, 9, 2, 1, 3, 1, 4);
        assertThat(firstLabels(Mnist.fashion())).containsExactly(9, 0, 0, 3, 0, 2, 7, 2, 5, 5);
    }

    @Test
    void everyFileIsVerified() {
        for (var set : List.of(Mnist.digits(), Mnist.fashion())) {
            assertThat(set.verify(places()))
                    .hasSize(4)
                    .allMatch(check -> check.state() == FileCheck.State.PRESENT)
                    .allMatch(check -> check.actual().equals(check.expected()));
        }
    }

    @Test
    void picturesCanBeResizedAndPadded() {
        assertThat(open("fashion-mnist", 32).shape()).isEqualTo(Shape.of(1, 32, 32));
    }

    private static int[] firstLabels(PublicSet set) {
        var file = CheckedFile.read(set, set.files().get(1), set.folder(places()));
        return IntStream.range(0, 10).map(i -> file.idx().item(i)[0]).toArray();
    }

    private static void check(Dataset set, Split split, int count, int[] histogram) {
        var examples = set.examples(split);
        assertThat(examples.size()).isEqualTo(count);
        int[] counts = new int[10];
        for (int i = 0; i < count; i++) {
            counts[examples.label(i)]++;
        }
        assertThat(counts).isEqualTo(histogram);
    }

    private static int[] labels(Examples examples, int count) {
        return IntStream.range(0, count).map(examples::label).toArray();
    }

    /** Of all training pixels, divided by 255. */
    private static void assertMoments(Dataset set, double mean, double deviation) {
        var examples = set.examples(Split.TRAIN);
        var picture = new float[784];
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < examples.size(); i++) {
            examples.read(i, picture, 0);
            for (float pixel : picture) {
                sum += pixel;
                squares += (double) pixel * pixel;
            }
        }
        double pixels = 784.0 * examples.size();
        assertThat(sum / pixels).isCloseTo(mean, within(1e-6));
        assertThat(Math.sqrt(squares / pixels - sum / pixels * (sum / pixels))).isCloseTo(deviation, within(1e-6));
    }

    private static int[] even(int count) {
        int[] counts = new int[10];
        Arrays.fill(counts, count);
        return counts;
    }

    private static Dataset open(String name, int size) {
        return Datasets.open(
                new Data(name, new Data.Scale.Unit(), size, Data.Fit.RESIZE, 0, 0, List.of(), 1, 0), places());
    }

    private static DataPlaces places() {
        String folder =
                Objects.requireNonNull(System.getenv(DataPlaces.VARIABLE), "FATHOM_DATA must name the folder of data");
        return new DataPlaces(List.of(Path.of(folder)));
    }
}
