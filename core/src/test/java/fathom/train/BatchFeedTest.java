package fathom.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fathom.data.Examples;
import fathom.model.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchFeedTest {
    /** Example i is i, i + ½. */
    private record Numbers(int size) implements Examples {
        @Override
        public int label(int index) {
            return index % 3;
        }

        @Override
        public void read(int index, float[] out, int offset) {
            out[offset] = index;
            out[offset + 1] = index + 0.5f;
        }

        @Override
        public Shape shape() {
            return Shape.of(2);
        }
    }

    private final Numbers examples = new Numbers(23);
    private final int[][] batches = Batches.all(examples, 5);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eachBatchIsWholeUntilTheNextIsTaken(boolean isAhead) throws InterruptedException {
        try (var feed = new BatchFeed(examples, batches, 1, (batch, n) -> batch.inputs()[1] = -n, isAhead)) {
            for (int number = 1; feed.hasNext(); number++) {
                var batch = feed.next();
                Thread.sleep(2); // the one after it is being made
                float[] expected = examples.batch(batches[number]).inputs();
                expected[1] = -number;
                assertThat(batch.inputs()).containsExactly(expected);
                assertThat(batch.labels())
                        .containsExactly(examples.batch(batches[number]).labels());
            }
            assertThatThrownBy(feed::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void twoArraysTakeTurnsAheadAndOneServesOtherwise() {
        var ahead = arrays(true);
        assertThat(ahead.get(2)).isSameAs(ahead.get(0));
        assertThat(ahead.get(1)).isNotSameAs(ahead.get(0));
        assertThat(ahead.get(4)).as("the last, smaller one").hasSize(6);
        var otherwise = arrays(false);
        assertThat(otherwise.get(1)).isSameAs(otherwise.get(0));
        assertThat(otherwise.get(4)).as("the last, smaller one").hasSize(6);
    }

    private List<float[]> arrays(boolean isAhead) {
        var arrays = new ArrayList<float[]>();
        try (var feed = new BatchFeed(examples, batches, 0, (batch, number) -> {}, isAhead)) {
            feed.forEachRemaining(batch -> arrays.add(batch.inputs()));
        }
        return arrays;
    }

    @Test
    void aFeedBesideAsManyOthersAsThereAreProcessorsMakesBatchesWhenAsked() {
        var makers = new HashSet<String>();
        var others = new ArrayList<BatchFeed>();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            others.add(BatchFeed.all(examples, 5));
        }
        BatchFeed.Change change =
                (batch, number) -> makers.add(Thread.currentThread().getName());
        try (var feed = new BatchFeed(examples, batches, 0, change)) {
            feed.forEachRemaining(batch -> {});
        } finally {
            others.forEach(BatchFeed::close);
        }
        assertThat(makers).containsExactly(Thread.currentThread().getName());
    }
}
