package fathom.inspect;

import fathom.data.Examples;
import fathom.random.Draws;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Which examples of a split to look at, as indices in ascending order. */
public final class Sample {
    private Sample() {}

    /** All of them. */
    public static int[] all(Examples examples) {
        return IntStream.range(0, examples.size()).toArray();
    }

    /**
     * The same number of each class, or all of a class that has fewer; always the same ones.
     *
     * @param classes how many classes there are
     * @param perClass at least 1
     */
    public static int[] balanced(Examples examples, int classes, int perClass) {
        if (perClass < 1) {
            throw new IllegalArgumentException("a sample needs at least 1 example a class, got " + perClass);
        }
        var taken = new int[classes];
        int[] order = Draws.of(0, "inspect/sample", 0).permutation(examples.size());
        return Arrays.stream(order)
                .filter(i -> taken[examples.label(i)]++ < perClass)
                .sorted()
                .toArray();
    }

    /** The labels of these examples. */
    public static int[] labels(Examples examples, int[] indices) {
        return Arrays.stream(indices).map(examples::label).toArray();
    }
}
