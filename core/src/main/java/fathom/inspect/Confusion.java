package fathom.inspect;

import java.util.List;
import java.util.stream.IntStream;

/** How often each class was taken for each, and what follows from it. A share whose denominator is 0 is 0. */
public final class Confusion {
    private final List<String> classes;
    private final int[][] counts;

    /**
     * One class in numbers.
     *
     * @param examples how many are of this class
     * @param precision the share of those called this class that are
     * @param recall the share of this class's examples that were called so
     * @param f1 the harmonic mean of both
     */
    public record Scores(String name, int examples, double precision, double recall, double f1) {}

    private Confusion(List<String> classes, int[][] counts) {
        this.classes = List.copyOf(classes);
        this.counts = counts;
    }

    /**
     * Counts pairs of true and given classes.
     *
     * @param labels the true classes
     * @param predicted the classes given, one for each label
     * @throws IllegalArgumentException if the lengths differ or a number is no class
     */
    public static Confusion of(List<String> classes, int[] labels, int[] predicted) {
        if (labels.length != predicted.length) {
            throw new IllegalArgumentException(
                    "%d labels, but %d predictions".formatted(labels.length, predicted.length));
        }
        var counts = new int[classes.size()][classes.size()];
        for (int i = 0; i < labels.length; i++) {
            counts[index(labels[i], classes)][index(predicted[i], classes)]++;
        }
        return new Confusion(classes, counts);
    }

    private static int index(int label, List<String> classes) {
        if (label < 0 || label >= classes.size()) {
            throw new IllegalArgumentException("there are %d classes, got label %d".formatted(classes.size(), label));
        }
        return label;
    }

    public List<String> classes() {
        return classes;
    }

    /** How many examples of class {@code actual} were called {@code given}. */
    public int count(int actual, int given) {
        return counts[actual][given];
    }

    /** Every class's scores, in the order of the classes. */
    public List<Scores> scores() {
        return IntStream.range(0, classes.size()).mapToObj(this::scores).toList();
    }

    private Scores scores(int c) {
        int called = IntStream.range(0, classes.size()).map(a -> counts[a][c]).sum();
        int examples = ofClass(c);
        int right = counts[c][c];
        return new Scores(
                classes.get(c),
                examples,
                ratio(right, called),
                ratio(right, examples),
                ratio(2 * right, called + examples));
    }

    /** The unweighted mean of all classes' F1. */
    public double macroF1() {
        return scores().stream().mapToDouble(Scores::f1).average().orElse(0);
    }

    private int ofClass(int c) {
        return IntStream.of(counts[c]).sum();
    }

    private static double ratio(int part, int whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
