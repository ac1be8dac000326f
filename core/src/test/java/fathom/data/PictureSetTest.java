package fathom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fathom.model.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pictures here are one pixel that holds the picture's number, so that one can tell which went where. */
class PictureSetTest {
    @Test
    void everyTrainingPictureIsEitherTrainedOnOrValidatedOn() {
        var set = split(MadeUp.PLAIN);
        assertThat(numbers(set, Split.TRAIN)).hasSize(75);
        assertThat(numbers(set, Split.VALIDATION)).hasSize(25);
        var all = new ArrayList<>(numbers(set, Split.TRAIN));
        all.addAll(numbers(set, Split.VALIDATION));
        assertThat(all).containsExactlyInAnyOrderElementsOf(numbers(0, 100));
        assertThat(numbers(set, Split.TEST)).containsExactlyElementsOf(numbers(200, 230));
    }

    @Test
    void theSeedPicksTheValidationPictures() {
        var zero = numbers(split(data(0.25, 0, 0)), Split.VALIDATION);
        assertThat(numbers(split(data(0.25, 0, 0)), Split.VALIDATION)).isEqualTo(zero);
        assertThat(numbers(split(data(0.25, 1, 0)), Split.VALIDATION)).isNotEqualTo(zero);
        assertThat(numbers(split(data(0.25, 1, 0)), Split.TEST)).isEqualTo(numbers(200, 230));
    }

    @Test
    void aLimitTakesTheFirstToTrainOnAndLeavesTheOtherSplits() {
        var whole = split(data(0.25, 3, 0));
        var limited = split(data(0.25, 3, 10));
        assertThat(numbers(limited, Split.TRAIN))
                .isEqualTo(numbers(whole, Split.TRAIN).subList(0, 10));
        assertThat(numbers(limited, Split.VALIDATION)).isEqualTo(numbers(whole, Split.VALIDATION));
        assertThat(numbers(limited, Split.TEST)).isEqualTo(numbers(whole, Split.TEST));
        assertThat(numbers(split(data(0.25, 3, 1000)), Split.TRAIN)).hasSize(75);
    }

    @Test
    void withoutValidationNothingIsHeldBack() {
        var set = split(data(0, 0, 0));
        assertThat(numbers(set, Split.TRAIN)).hasSize(100);
        assertThat(set.examples(Split.VALIDATION).size()).isZero();
    }

    @Test
    void aSplitThatLeavesNothingToTrainOnIsRefused() {
        assertThatThrownBy(() -> split(data(0.999, 0, 0)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no picture is left to train on when 100 are held back");
    }

    @Test
    void bytesBecomeNumbersAsTheScaleSays() {
        assertThat(new Data.Scale.Raw().of(200)).isEqualTo(200f);
        assertThat(new Data.Scale.Unit().of(51)).isEqualTo(0.2f);
        assertThat(new Data.Scale.Normalise(0.5, 0.25).of(255)).isEqualTo(2f);
        assertThat(new Data.Scale.Normalise(0.5, 0.25).of(0)).isEqualTo(-2f);
        var raw = data(new Data.Scale.Raw());
        var batch = split(raw).examples(Split.TEST).batch(5, 0);
        assertThat(batch.inputs()).containsExactly(205f, 200f);
        assertThat(batch.labels()).containsExactly(1, 0);
        assertThat(data(new Data.Scale.Normalise(0.5, 0.25)).background()).isEqualTo(-2f);
    }

    @Test
    void whatASetWasMadeOfCannotBeChanged() {
        var provenance = split(MadeUp.PLAIN).provenance();
        assertThatThrownBy(() -> provenance.put("a", "b")).isInstanceOf(UnsupportedOperationException.class);
    }

    private static List<Integer> numbers(Dataset set, Split split) {
        var examples = set.examples(split);
        var batch = examples.batch(IntStream.range(0, examples.size()).toArray());
        return IntStream.range(0, examples.size())
                .mapToObj(i -> {
                    int number = Math.round(batch.inputs()[i] * 255);
                    assertThat(batch.labels()[i]).isEqualTo(number % 2);
                    assertThat(examples.label(i)).isEqualTo(number % 2);
                    return number;
                })
                .toList();
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private static Dataset split(Data data) {
        var about = new About("numbers", List.of("even", "odd"), new LinkedHashMap<>());
        return PictureSet.split(about, album(0, 100), album(200, 230), data);
    }

    private static Album album(int from, int to) {
        byte[][] pictures =
                IntStream.range(from, to).mapToObj(i -> new byte[] {(byte) i}).toArray(byte[][]::new);
        int[] labels = IntStream.range(from, to).map(i -> i % 2).toArray();
        return new Album(Shape.of(1, 1, 1), pictures, labels);
    }

    private static Data data(double validation, long seed, int limit) {
        return new Data("numbers", new Data.Scale.Unit(), 0, Data.Fit.RESIZE, validation, seed, List.of(), 1, limit);
    }

    private static Data data(Data.Scale scale) {
        return new Data("numbers", scale, 0, Data.Fit.RESIZE, 0.25, 0, List.of(), 1, 0);
    }
}
