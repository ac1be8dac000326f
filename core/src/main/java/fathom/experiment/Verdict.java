package fathom.experiment;

import fathom.experiment.Study.Against;
import fathom.experiment.Study.Measure;
import fathom.experiment.Study.Row;
import fathom.inspect.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** The numbers of a study in plain words, no stronger than they are. */
final class Verdict {
    /** A corrected p below this is called a difference. */
    private static final double LEVEL = 0.05;

    private Verdict() {}

    static String of(Measure measure, List<Row> rows, OptionalInt best, OptionalInt reference, List<Against> tests) {
        if (best.isEmpty()) {
            return "No run is whole yet.";
        }
        Row first = rows.get(best.getAsInt());
        String head = "%s: %s"
                .formatted(first.variant().name(), said(measure, first.spread().orElseThrow()));
        if (rows.size() == 1) {
            return head + ".";
        }
        long compared = rows.stream().filter(row -> row.spread().isPresent()).count();
        if (compared == 1) {
            return head + "; the only variant with a whole run.";
        }
        return "%s: %s%s. %s"
                .formatted(
                        measure.isMoreBetter() ? "Highest mean" : "Lowest mean",
                        head,
                        ties(rows, best.getAsInt()),
                        tested(measure, rows, best.getAsInt(), reference, tests));
    }

    private static String tested(
            Measure measure, List<Row> rows, int best, OptionalInt reference, List<Against> tests) {
        if (reference.isEmpty()) {
            return "The variant to test against has no whole run.";
        }
        var others = compared(measure, rows, reference.getAsInt(), tests);
        return reference.getAsInt() == best
                ? best(others)
                : against(rows.get(reference.getAsInt()).variant().name(), others);
    }

    /** That other variants have the very same mean, if so: which of them comes first is the order of the experiment. */
    private static String ties(List<Row> rows, int best) {
        double mean = rows.get(best).spread().orElseThrow().mean();
        var equal = IntStream.range(0, rows.size())
                .filter(i -> i != best)
                .mapToObj(rows::get)
                .filter(row -> row.spread().map(each -> each.mean() == mean).orElse(false))
                .map(row -> row.variant().name())
                .toList();
        return equal.isEmpty() ? "" : ", the same as " + list(equal);
    }

    /** What the test of a row against the reference comes to. */
    private enum Outcome {
        WORSE,
        BETTER,
        ALIKE,
        /** Too few seeds for a test. */
        UNTOLD,
        /** No seed is whole in both. */
        UNTESTED
    }

    private record Compared(String name, Outcome outcome) {}

    /** The other rows that have whole runs, in their order. */
    private static List<Compared> compared(Measure measure, List<Row> rows, int reference, List<Against> tests) {
        return IntStream.range(0, rows.size())
                .filter(i -> i != reference && rows.get(i).spread().isPresent())
                .mapToObj(i -> new Compared(
                        rows.get(i).variant().name(),
                        tests.stream()
                                .filter(each -> each.row() == i)
                                .findFirst()
                                .map(each -> outcome(measure, each))
                                .orElse(Outcome.UNTESTED)))
                .toList();
    }

    private static Outcome outcome(Measure measure, Against against) {
        Spread difference = against.test().difference();
        if (against.corrected().isEmpty()) {
            boolean isSameOnEverySeed = difference.n() > 1 && difference.mean() == 0;
            return isSameOnEverySeed ? Outcome.ALIKE : Outcome.UNTOLD;
        }
        if (against.corrected().get() >= LEVEL) {
            return Outcome.ALIKE;
        }
        return (difference.mean() > 0) == measure.isMoreBetter() ? Outcome.BETTER : Outcome.WORSE;
    }

    private static String best(List<Compared> others) {
        var said = new ArrayList<String>();
        those(others, Outcome.WORSE).ifPresent(names -> said.add("Better than %s beyond chance.".formatted(names)));
        those(others, Outcome.BETTER)
                .ifPresent(
                        names -> said.add("Worse than %s beyond chance on the seeds that both have.".formatted(names)));
        those(others, Outcome.ALIKE)
                .ifPresent(names -> said.add(
                        areAlike(others)
                                ? "Within noise: no difference to another variant is beyond chance."
                                : "Within noise of %s.".formatted(names)));
        those(others, Outcome.UNTOLD)
                .ifPresent(names -> said.add("Too few seeds to tell it from %s.".formatted(names)));
        those(others, Outcome.UNTESTED)
                .ifPresent(names -> said.add("Not tested against %s: no seed in common.".formatted(names)));
        return String.join(" ", said);
    }

    private static String against(String reference, List<Compared> others) {
        var said = new ArrayList<String>();
        those(others, Outcome.WORSE, Outcome.BETTER)
                .ifPresentOrElse(
                        names -> said.add("Different from %s beyond chance: %s.".formatted(reference, names)),
                        () -> those(others, Outcome.ALIKE)
                                .ifPresent(names -> said.add(
                                        areAlike(others)
                                                ? "Within noise: no difference to %s is beyond chance."
                                                        .formatted(reference)
                                                : "Within noise of %s: %s.".formatted(reference, names))));
        those(others, Outcome.UNTOLD)
                .ifPresent(names -> said.add("Too few seeds to tell %s from %s.".formatted(reference, names)));
        those(others, Outcome.UNTESTED)
                .ifPresent(
                        names -> said.add("Not tested against %s: %s, no seed in common.".formatted(reference, names)));
        return String.join(" ", said);
    }

    private static boolean areAlike(List<Compared> others) {
        return others.stream().allMatch(each -> each.outcome() == Outcome.ALIKE);
    }

    /** The names of those that came out so. */
    private static Optional<String> those(List<Compared> others, Outcome... outcomes) {
        var names = others.stream()
                .filter(each -> List.of(outcomes).contains(each.outcome()))
                .map(Compared::name)
                .toList();
        return names.isEmpty() ? Optional.empty() : Optional.of(list(names));
    }

    private static String list(List<String> names) {
        return String.join(", ", names);
    }

    /** 98.12 ± 0.05 % over 3 seeds. */
    private static String said(Measure measure, Spread spread) {
        boolean isShare = measure == Measure.TEST_ACCURACY;
        String seeds = spread.n() == 1 ? "with one seed" : "over %d seeds".formatted(spread.n());
        String deviation = spread.width()
                .map(width -> " ± " + number(isShare, width.deviation()))
                .orElse("");
        return "%s%s%s %s".formatted(number(isShare, spread.mean()), deviation, isShare ? " %" : "", seeds);
    }

    private static String number(boolean isShare, double value) {
        return isShare ? String.format(Locale.ROOT, "%.2f", 100 * value) : String.format(Locale.ROOT, "%.4f", value);
    }
}
