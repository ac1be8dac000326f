package fathom.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import fathom.data.Data;
import fathom.data.DataPlaces;
import fathom.data.Dataset;
import fathom.data.Datasets;
import fathom.data.Examples;
import fathom.data.Split;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The baseline of the made-up reviews: a linear classifier that sees how often each word stands in a sentence. */
class WordCountsTest {
    @Test
    void wordCountsDoNotLearnTheMadeUpReviews() {
        Dataset set =
                Datasets.open(Data.of("toy-reviews").withCount(6000), new DataPlaces(List.of(Path.of("nowhere"))));
        var train = set.examples(Split.TRAIN);
        var test = set.examples(Split.TEST);
        int words = set.vocabulary().orElseThrow().size();
        var learned = LogisticRegression.fit(counts(train, words), labels(train), 2);
        assertThat(share(learned, train, words)).isLessThan(0.8);
        assertThat(share(learned, test, words)).isBetween(0.4, 0.8);
    }

    private static double share(LogisticRegression learned, Examples examples, int words) {
        return (double) learned.hits(counts(examples, words), labels(examples)) / examples.size();
    }

    private static double[][] counts(Examples examples, int words) {
        var counts = new double[examples.size()][words];
        for (int i = 0; i < counts.length; i++) {
            for (float word : examples.batch(i).inputs()) {
                counts[i][(int) word]++;
            }
        }
        return counts;
    }

    private static int[] labels(Examples examples) {
        return IntStream.range(0, examples.size()).map(examples::label).toArray();
    }
}
