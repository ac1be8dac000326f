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
        boolean isBest = reference.isPresent() && reference.getAsInt() == best.getAsInt();
        return "%s: %s%s. %s"
                .formatted(
                        measure.isMoreBetter() ? "Highest mean" : "Lowest mean",
                        head,
                        ties(rows, best.getAsInt()),
                        isBest ? best(rows, tests) : against(rows, reference, tests));
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

    private static String best(List<Row> rows, List<Against> tests) {
        var worse = new ArrayList<String>();
        var alike = new ArrayList<String>();
        var untold = new ArrayList<String>();
        for (Against each : tests) {
            String name = rows.get(each.row()).variant().name();
            Optional<Double> p = each.corrected();
            if (p.isEmpty()) {
                untold.add(name);
            } else {
                (p.get() < LEVEL ? worse : alike).add(name);
            }
        }
        var said = new ArrayList<String>();
        if (!worse.isEmpty()) {
            said.add("Better than %s beyond chance.".formatted(list(worse)));
        }
        if (!alike.isEmpty()) {
            said.add(
                    worse.isEmpty() && untold.isEmpty()
                            ? "Within noise: no difference to another variant is beyond chance."
                            : "Within noise of %s.".formatted(list(alike)));
        }
        if (!untold.isEmpty()) {
            said.add("Too few seeds to tell it from %s.".formatted(list(untold)));
        }
        return String.join(" ", said);
    }

    private static String against(List<Row> rows, OptionalInt reference, List<Against> tests) {
        if (reference.isEmpty()) {
            return "The variant to test against has no whole run.";
        }
        var different = tests.stream()
                .filter(each -> each.corrected().isPresent() && each.corrected().get() < LEVEL)
                .map(each -> rows.get(each.row()).variant().name())
                .toList();
        String name = rows.get(reference.getAsInt()).variant().name();
        return different.isEmpty()
                ? "Within noise: no difference to %s is beyond chance.".formatted(name)
                : "Different from %s beyond chance: %s.".formatted(name, list(different));
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
