package fathom.inspect;

import fathom.run.Run;
import fathom.run.Spec;
import fathom.train.Metrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Several runs beside each other.
 *
 * @param entries the runs, in the order they were named
 * @param differences where their specs differ
 * @param tests every pair of runs that answered the same examples
 */
public record Comparison(List<Entry> entries, List<Difference> differences, List<Pair> tests) {
    private static final double[] LEVELS = {
        0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.82, 0.84, 0.86, 0.88, 0.9, 0.91, 0.92, 0.93, 0.94, 0.95, 0.96, 0.97,
        0.98, 0.985, 0.99, 0.992, 0.994, 0.996, 0.998
    };
    private static final int MOST_LEVELS = 6;

    /**
     * One run.
     *
     * @param parameters how many numbers its training moves
     * @param answers to the test examples; empty if its network or its data is not there
     * @param test metrics of a run that gives no answers, because it is no classifier
     * @param note why there are no answers
     */
    public record Entry(
            Run run,
            Spec spec,
            long parameters,
            History history,
            Optional<Answers> answers,
            Optional<Metrics> test,
            String note) {}

    /**
     * Two runs, by their place among the entries, and whether one is better.
     *
     * @param corrected the test's p by Holm's correction over all pairs
     */
    public record Pair(int first, int second, McNemar test, double corrected) {}

    public Comparison {
        entries = List.copyOf(entries);
        differences = List.copyOf(differences);
        tests = List.copyOf(tests);
    }

    /** Compares runs. Those that answered other examples have no test together. */
    public static Comparison of(List<Entry> entries) {
        var tests = new ArrayList<Pair>();
        for (int i = 0; i < entries.size(); i++) {
            for (int j = i + 1; j < entries.size(); j++) {
                var first = entries.get(i).answers();
                var second = entries.get(j).answers();
                if (first.isPresent() && second.isPresent() && isAboutTheSame(entries.get(i), entries.get(j))) {
                    McNemar test = McNemar.of(first.get(), second.get());
                    tests.add(new Pair(i, j, test, test.p()));
                }
            }
        }
        return new Comparison(
                entries, Difference.between(entries.stream().map(Entry::spec).toList()), corrected(tests));
    }

    private static List<Pair> corrected(List<Pair> tests) {
        var p = Holm.corrected(tests.stream().map(pair -> pair.test().p()).toList());
        return IntStream.range(0, tests.size())
                .mapToObj(i -> {
                    Pair pair = tests.get(i);
                    return new Pair(pair.first(), pair.second(), pair.test(), p.get(i));
                })
                .toList();
    }

    private static boolean isAboutTheSame(Entry first, Entry second) {
        var one = first.answers().orElseThrow();
        var other = second.answers().orElseThrow();
        return hasTheSameData(first, second) && one.hasSameExamplesAs(other);
    }

    private static boolean hasTheSameData(Entry first, Entry second) {
        return first.run()
                .manifest()
                .dataProvenance()
                .equals(second.run().manifest().dataProvenance());
    }

    /**
     * Levels of test accuracy worth comparing by: those that a run passed after its first epoch, or that not all passed; at
     * most six, the highest that any reached.
     */
    public List<Double> levels() {
        var worth = new ArrayList<Double>();
        for (double level : LEVELS) {
            var reached = entries.stream()
                    .map(entry -> entry.history().reached(level))
                    .toList();
            boolean isReached = reached.stream().anyMatch(Optional::isPresent);
            boolean isTrivial =
                    reached.stream().allMatch(at -> at.isPresent() && at.get().epoch() == 1);
            if (isReached && !isTrivial) {
                worth.add(level);
            }
        }
        return List.copyOf(worth.subList(Math.max(0, worth.size() - MOST_LEVELS), worth.size()));
    }

    /**
     * Examples that two runs answered differently, one of them rightly; those first on which the two were surest together.
     *
     * @return places among the answers of {@code pair.first()}, which are those of {@code pair.second()}, too
     */
    public List<Integer> disagreements(Pair pair, int most) {
        Answers first = entries.get(pair.first()).answers().orElseThrow();
        Answers second = entries.get(pair.second()).answers().orElseThrow();
        return IntStream.range(0, first.size())
                .filter(i -> first.isRight(i) != second.isRight(i))
                .boxed()
                .sorted((a, b) -> Double.compare(
                        first.confidence(b) + second.confidence(b), first.confidence(a) + second.confidence(a)))
                .limit(most)
                .toList();
    }

    /**
     * The entry with the highest test accuracy; without any, that with the lowest test loss; empty if none was tested, or not
     * all on the same examples.
     */
    public OptionalInt best() {
        boolean isByLoss = entries.stream().allMatch(entry -> entry.answers().isEmpty());
        int[] tested = IntStream.range(0, entries.size())
                .filter(i -> isByLoss
                        ? entries.get(i).test().isPresent()
                        : entries.get(i).answers().isPresent())
                .toArray();
        for (int i : tested) {
            Entry entry = entries.get(i);
            Entry first = entries.get(tested[0]);
            if (isByLoss ? !hasTheSameData(entry, first) : !isAboutTheSame(entry, first)) {
                return OptionalInt.empty();
            }
        }
        return Arrays.stream(tested).reduce((a, b) -> (isByLoss ? loss(b) < loss(a) : share(b) > share(a)) ? b : a);
    }

    private double loss(int entry) {
        return entries.get(entry).test().orElseThrow().loss();
    }

    private double share(int entry) {
        return entries.get(entry).answers().orElseThrow().accuracy().share();
    }
}
