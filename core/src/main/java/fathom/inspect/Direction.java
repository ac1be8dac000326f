package fathom.inspect;

import fathom.data.Attributes;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The way among the codes along which an attribute grows: the mean of the codes of examples that have it, less the mean of
 * those that have it not. Of a measure, the upper and the lower third of the examples stand for these.
 */
public final class Direction {
    private final String attribute;
    private final int without;
    private final int with;
    private final float[] vector;

    private Direction(String attribute, int without, int with, float[] vector) {
        this.attribute = attribute;
        this.without = without;
        this.with = with;
        this.vector = vector;
    }

    /**
     * From the codes of examples of which the attribute is known.
     *
     * @param codes of the first examples of a split, all of them or some
     * @param known of that split
     * @throws fathom.data.DataException if there is no such attribute
     * @throws InspectException if all examples are alike in it
     */
    public static Direction of(Codes codes, Attributes known, String attribute) {
        float[] values = known.values(attribute);
        float[] sorted = sorted(values, codes.count());
        boolean binary = known.isBinary(attribute);
        double low = binary ? 0.5 : sorted.length == 0 ? 0 : sorted[(sorted.length - 1) / 3];
        double high = binary ? 0.5 : sorted.length == 0 ? 0 : sorted[(sorted.length - 1) - (sorted.length - 1) / 3];
        int[] lower = IntStream.range(0, codes.count())
                .filter(i -> binary ? values[i] < low : values[i] <= low)
                .toArray();
        int[] upper = IntStream.range(0, codes.count())
                .filter(i -> binary ? values[i] > high : values[i] >= high)
                .toArray();
        if (lower.length == 0 || upper.length == 0 || low > high || (!binary && low == high)) {
            throw new InspectException("%,d examples do not differ in \"%s\": no direction leads from one to another"
                    .formatted(codes.count(), attribute));
        }
        double[] from = mean(codes, lower);
        double[] to = mean(codes, upper);
        var vector = new float[codes.size()];
        for (int j = 0; j < vector.length; j++) {
            vector[j] = (float) (to[j] - from[j]);
        }
        return new Direction(attribute, lower.length, upper.length, vector);
    }

    private static float[] sorted(float[] values, int count) {
        var known = new float[count];
        int n = 0;
        for (int i = 0; i < count; i++) {
            if (!Float.isNaN(values[i])) {
                known[n++] = values[i];
            }
        }
        float[] some = Arrays.copyOf(known, n);
        Arrays.sort(some);
        return some;
    }

    private static double[] mean(Codes codes, int[] examples) {
        var sum = new double[codes.size()];
        for (int i : examples) {
            for (int j = 0; j < sum.length; j++) {
                sum[j] += codes.means()[i * sum.length + j];
            }
        }
        return Arrays.stream(sum).map(x -> x / examples.length).toArray();
    }

    public String attribute() {
        return attribute;
    }

    /** How many examples without the attribute, or of the lower third, it was found from. */
    public int without() {
        return without;
    }

    /** How many with it, or of the upper third. */
    public int with() {
        return with;
    }

    /** From the one mean to the other. */
    public float[] vector() {
        return vector.clone();
    }

    /** How far it leads. */
    public double length() {
        double squares = 0;
        for (float x : vector) {
            squares += (double) x * x;
        }
        return Math.sqrt(squares);
    }

    /**
     * Codes on a line through each of some codes.
     *
     * @param z where the lines have their middles, codes one after the other
     * @param by how many times the vector is added
     */
    public float[] moved(float[] z, double by) {
        var moved = new float[z.length];
        for (int i = 0; i < z.length; i++) {
            moved[i] = (float) (z[i] + by * vector[i % vector.length]);
        }
        return moved;
    }
}
