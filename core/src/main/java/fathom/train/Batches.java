package fathom.train;

import fathom.data.Examples;
import fathom.random.Draws;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Which examples stand together in a batch, and in which order batches come. Where an example is padded to the longest of
 * its batch, examples of like length stand together: within every fifty batches' worth of the epoch's order they are sorted
 * by length, cut into batches, and all batches are shuffled.
 */
final class Batches {
    private static final int BUCKET = 50;

    private Batches() {}

    /**
     * The batches of one epoch, named by seed and epoch alone.
     *
     * @param size examples a batch; the last that is cut may hold fewer
     * @param count how many batches to make: what is left over is not used
     */
    static int[][] shuffled(Examples examples, int size, int count, long seed, int epoch) {
        int[] order = Draws.of(seed, "order", epoch).permutation(examples.size());
        if (!examples.sortsByLength()) {
            return cut(order, size, count);
        }
        int bucket = Math.multiplyExact(BUCKET, size);
        for (int from = 0; from < order.length; from += bucket) {
            int to = Math.min(from + bucket, order.length);
            int[] sorted = byLength(examples, Arrays.copyOfRange(order, from, to));
            System.arraycopy(sorted, 0, order, from, sorted.length);
        }
        int[][] batches = cut(order, size, count);
        int[] places = Draws.of(seed, "batches", epoch).permutation(count);
        return IntStream.of(places).mapToObj(i -> batches[i]).toArray(int[][]::new);
    }

    /** All examples, in their own order or, if they are padded, by length. */
    static int[][] all(Examples examples, int size) {
        int[] order = IntStream.range(0, examples.size()).toArray();
        return cut(
                examples.sortsByLength() ? byLength(examples, order) : order, size, (order.length + size - 1) / size);
    }

    private static int[] byLength(Examples examples, int[] order) {
        return IntStream.of(order)
                .boxed()
                .sorted(Comparator.comparingInt(examples::length)) // stable: equal lengths stay shuffled
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static int[][] cut(int[] order, int size, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Arrays.copyOfRange(order, i * size, Math.min((i + 1) * size, order.length)))
                .toArray(int[][]::new);
    }
}
