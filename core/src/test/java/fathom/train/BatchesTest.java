package fathom.train;

import static org.assertj.core.api.Assertions.assertThat;

import fathom.data.Batch;
import fathom.data.Data;
import fathom.data.DataPlaces;
import fathom.data.Datasets;
import fathom.data.Examples;
import fathom.data.Split;
import fathom.data.Text;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private static final Examples REVIEWS = reviews(Text.Padding.BATCH);

    @Test
    void everyExampleIsUsedOnceAnEpoch() {
        int[][] batches = Batches.shuffled(REVIEWS, 32, 169, 5, 0); // 5,400 examples
        assertThat(Arrays.stream(batches).flatMapToInt(Arrays::stream).sorted().toArray())
                .isEqualTo(IntStream.range(0, REVIEWS.size()).toArray());
    }

    @Test
    void theOrderDependsOnSeedAndEpochOnly() {
        assertThat(Batches.shuffled(REVIEWS, 32, 169, 5, 2)).isDeepEqualTo(Batches.shuffled(REVIEWS, 32, 169, 5, 2));
        assertThat(Batches.shuffled(REVIEWS, 32, 169, 5, 2)[0])
                .isNotEqualTo(Batches.shuffled(REVIEWS, 32, 169, 6, 2)[0]);
        assertThat(Batches.shuffled(REVIEWS, 32, 169, 5, 2)[0])
                .isNotEqualTo(Batches.shuffled(REVIEWS, 32, 169, 5, 3)[0]);
    }

    @Test
    void littleOfABatchIsPadding() {
        assertThat(padding(REVIEWS)).isLessThan(0.03);
        assertThat(padding(reviews(Text.Padding.LONGEST))).isGreaterThan(0.3);
    }

    @Test
    void batchesOfLikeLengthComeInNoOrderOfLength() {
        int[][] batches = Batches.shuffled(REVIEWS, 32, 169, 1, 0);
        double[] lengths = Arrays.stream(batches)
                .mapToDouble(batch -> REVIEWS.length(batch[0]))
                .toArray();
        int rises = 0;
        for (int i = 1; i < lengths.length; i++) {
            rises += lengths[i] > lengths[i - 1] ? 1 : 0;
        }
        assertThat(rises).isBetween(50, 110); // sorted ones would rise a dozen times
    }

    @Test
    void whatIsLeftOverIsNotUsedWhenNotAskedFor() {
        assertThat(Batches.shuffled(REVIEWS, 5399, 1, 1, 0)).hasNumberOfRows(1);
        assertThat(Batches.shuffled(REVIEWS, 5399, 1, 1, 0)[0]).hasSize(5399);
    }

    @Test
    void allExamplesAreEvaluatedByLength() {
        int[][] batches = Batches.all(REVIEWS, 500);
        int longest = 0;
        for (int[] batch : batches) {
            for (int example : batch) {
                assertThat(REVIEWS.length(example)).isGreaterThanOrEqualTo(longest);
                longest = REVIEWS.length(example);
            }
        }
        assertThat(Arrays.stream(batches).flatMapToInt(Arrays::stream).sorted().toArray())
                .isEqualTo(IntStream.range(0, REVIEWS.size()).toArray());
    }

    private static double padding(Examples examples) {
        long room = 0;
        long words = 0;
        for (int[] indices : Batches.shuffled(examples, 32, 169, 5, 0)) {
            Batch batch = examples.batch(indices);
            room += batch.inputs().length;
            words += IntStream.of(batch.lengths()).sum();
        }
        return 1 - (double) words / room;
    }

    private static Examples reviews(Text.Padding padding) {
        var data = Data.of("toy-reviews").withCount(6000).withText(Text.usual().withPadding(padding));
        return Datasets.open(data, new DataPlaces(List.of(Path.of("nowhere")))).examples(Split.TRAIN);
    }
}
