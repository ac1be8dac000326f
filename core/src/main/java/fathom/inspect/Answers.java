package fathom.inspect;

import fathom.train.Metrics;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;

/** What a network said to some examples of one split. */
public final class Answers {
    private final List<String> classes;
    private final int[] examples;
    private final int[] labels;
    private final float[] logProbabilities;
    private final int[] given;

    /**
     * One wrong answer.
     *
     * @param example its index in the split
     * @param label the true class
     * @param given the class that was on top
     * @param confidence how probable the network found it, 0 … 1
     */
    public record Mistake(int example, int label, int given, double confidence) {}

    /**
     * @param examples indices in the split
     * @param labels of these examples
     * @param logProbabilities examples × classes
     */
    Answers(List<String> classes, int[] examples, int[] labels, float[] logProbabilities) {
        this.classes = List.copyOf(classes);
        this.examples = examples;
        this.labels = labels;
        this.logProbabilities = logProbabilities;
        this.given = logProbabilities.length == 0
                ? new int[0]
                : IntStream.range(0, labels.length).map(this::top).toArray();
    }

    /** For examples that have been asked nothing: there are only their labels. */
    static Answers none(List<String> classes, int[] examples, int[] labels) {
        return new Answers(classes, examples, labels, new float[0]);
    }

    /** Whether there are answers, and not only labels. */
    public boolean isAnswered() {
        return logProbabilities.length > 0 || labels.length == 0;
    }

    /** The first of the largest, as engines count hits. */
    private int top(int i) {
        int best = 0;
        for (int c = 1; c < classes.size(); c++) {
            if (logProbability(i, c) > logProbability(i, best)) {
                best = c;
            }
        }
        return best;
    }

    public List<String> classes() {
        return classes;
    }

    /** How many answers. */
    public int size() {
        return labels.length;
    }

    /** The index in its split of the {@code i}-th example. */
    public int example(int i) {
        return examples[i];
    }

    /** The true class of the {@code i}-th example. */
    public int label(int i) {
        return labels[i];
    }

    /** The class on top. */
    public int given(int i) {
        return given[i];
    }

    public boolean isRight(int i) {
        return given[i] == labels[i];
    }

    /** How probable the network found class {@code c}, 0 … 1. */
    public double probability(int i, int c) {
        return Math.exp(logProbability(i, c));
    }

    /** How probable it found its own answer. */
    public double confidence(int i) {
        return probability(i, given[i]);
    }

    private float logProbability(int i, int c) {
        return logProbabilities[i * classes.size() + c];
    }

    /**
     * The answers to some of the examples.
     *
     * @param some indices in the split, each of an example that has an answer here
     */
    public Answers of(int... some) {
        var place = new HashMap<Integer, Integer>();
        for (int i = 0; i < size(); i++) {
            place.put(examples[i], i);
        }
        int count = classes.size();
        var theirLabels = new int[some.length];
        var theirs = new float[some.length * count];
        for (int j = 0; j < some.length; j++) {
            Integer i = place.get(some[j]);
            if (i == null) {
                throw new IllegalArgumentException("there is no answer to example " + some[j]);
            }
            theirLabels[j] = labels[i];
            System.arraycopy(logProbabilities, i * count, theirs, j * count, count);
        }
        return new Answers(classes, some.clone(), theirLabels, theirs);
    }

    /** How many answers are right. */
    public int right() {
        return (int) IntStream.range(0, size()).filter(this::isRight).count();
    }

    /** Accuracy with its 95 % interval; there must be an answer. */
    public Interval accuracy() {
        return Interval.wilson(right(), size());
    }

    /** Mean negative log-likelihood, and accuracy. */
    public Metrics metrics() {
        double sum = 0;
        for (int i = 0; i < size(); i++) {
            sum -= logProbability(i, labels[i]);
        }
        return Metrics.ofClasses(sum / size(), (double) right() / size());
    }

    public Confusion confusion() {
        return Confusion.of(classes, labels, given);
    }

    public Reliability reliability() {
        var confidences =
                IntStream.range(0, size()).mapToDouble(this::confidence).toArray();
        var right = new boolean[size()];
        for (int i = 0; i < right.length; i++) {
            right[i] = isRight(i);
        }
        return Reliability.of(confidences, right, Reliability.BINS);
    }

    /** The wrong answers of which the network was surest, surest first; equally sure ones in the order of the split. */
    public List<Mistake> mistakes(int most) {
        return IntStream.range(0, size())
                .filter(i -> !isRight(i))
                .mapToObj(i -> new Mistake(examples[i], labels[i], given[i], confidence(i)))
                .sorted(Comparator.comparingDouble(Mistake::confidence)
                        .reversed()
                        .thenComparingInt(Mistake::example))
                .limit(most)
                .toList();
    }

    /** Whether the other answers are to the same examples, in the same order, by their indices and labels. */
    boolean hasSameExamplesAs(Answers other) {
        return Arrays.equals(examples, other.examples) && Arrays.equals(labels, other.labels);
    }
}
