package fathom.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fathom.data.Examples;
import fathom.model.Shape;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

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

    @Test
    void eachBatchIsWholeUntilTheNextIsTakenThoughTwoArraysTakeTurns() throws InterruptedException {
        var examples = new Numbers(23);
        int[][] batches = Batches.all(examples, 5);
        var arrays = new float[batches.length][];
        try (var feed = new BatchFeed(examples, batches, 1, (batch, number) -> batch.inputs()[1] = -number)) {
            for (int number = 1; feed.hasNext(); number++) {
                var batch = feed.next();
                Thread.sleep(2); // the one after it is being made
                float[] expected = examples.batch(batches[number]).inputs();
                expected[1] = -number;
                assertThat(batch.inputs()).containsExactly(expected);
                assertThat(batch.labels())
                        .containsExactly(examples.batch(batches[number]).labels());
                arrays[number] = batch.inputs();
            }
            assertThatThrownBy(feed::next).isInstanceOf(NoSuchElementException.class);
        }
        assertThat(arrays[3]).isSameAs(arrays[1]);
        assertThat(arrays[2]).isNotSameAs(arrays[1]);
        assertThat(arrays[4]).as("the last, smaller one").hasSize(6);
    }
}
