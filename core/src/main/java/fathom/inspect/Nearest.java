package fathom.inspect;

import fathom.data.Examples;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The example nearest to a picture, by the sum of squared differences of their numbers: shows whether a network draws anew or
 * from memory.
 *
 * @param example its index; of several as near the first
 * @param distance the sum of squares
 */
public record Nearest(int example, double distance) {
    private static final int BATCH = 250;
    private static final int STRETCH = 256;

    /**
     * One for each picture.
     *
     * @param examples at least one
     * @param pictures network inputs, one after the other
     * @throws InspectException if there are no examples
     */
    public static List<Nearest> of(Examples examples, float[] pictures) {
        int count = examples.shape().count();
        if (examples.size() == 0 || pictures.length % count != 0) {
            throw new InspectException("%d numbers are compared with %d examples of %s"
                    .formatted(pictures.length, examples.size(), examples.shape()));
        }
        var nearest = new int[pictures.length / count];
        var least = new double[nearest.length];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        for (int from = 0; from < examples.size(); from += BATCH) {
            int first = from;
            int[] some = IntStream.range(from, Math.min(from + BATCH, examples.size()))
                    .toArray();
            float[] rows = examples.batch(some).inputs();
            IntStream.range(0, nearest.length).parallel().forEach(picture -> {
                for (int row = 0; row < some.length; row++) {
                    double distance = distance(pictures, picture * count, rows, row * count, count, least[picture]);
                    if (distance < least[picture]) {
                        least[picture] = distance;
                        nearest[picture] = first + row;
                    }
                }
            });
        }
        return IntStream.range(0, nearest.length)
                .mapToObj(i -> new Nearest(nearest[i], least[i]))
                .toList();
    }

    /** The sum of squares, or what it has come to when it is no longer below {@code most}. */
    private static double distance(float[] a, int aAt, float[] b, int bAt, int count, double most) {
        double sum = 0;
        for (int from = 0; from < count && sum < most; from += STRETCH) {
            float s0 = 0;
            float s1 = 0;
            float s2 = 0;
            float s3 = 0;
            int to = Math.min(from + STRETCH, count);
            int i = from;
            for (; i + 3 < to; i += 4) {
                float d0 = a[aAt + i] - b[bAt + i];
                float d1 = a[aAt + i + 1] - b[bAt + i + 1];
                float d2 = a[aAt + i + 2] - b[bAt + i + 2];
                float d3 = a[aAt + i + 3] - b[bAt + i + 3];
                s0 += d0 * d0;
                s1 += d1 * d1;
                s2 += d2 * d2;
                s3 += d3 * d3;
            }
            for (; i < to; i++) {
                float d = a[aAt + i] - b[bAt + i];
                s0 += d * d;
            }
            sum += (double) s0 + s1 + s2 + s3;
        }
        return sum;
    }
}
