package fathom.report;

import fathom.inspect.Comparison;
import fathom.inspect.Comparison.Entry;
import fathom.inspect.History;
import fathom.inspect.McNemar;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The tables of a comparison. */
final class CompareTables {
    private static final int LETTERS = 26;
    private static final double LEVEL = 0.05;

    private CompareTables() {}

    /** What a run is called on the page: A, B, … Z, then A2 and so on. */
    static String letter(int place) {
        String letter = String.valueOf((char) ('A' + place % LETTERS));
        return place < LETTERS ? letter : letter + (place / LETTERS + 1);
    }

    static String runs(Comparison comparison) {
        var rows = new ArrayList<List<String>>();
        OptionalInt best = comparison.best();
        for (int i = 0; i < comparison.entries().size(); i++) {
            Entry entry = comparison.entries().get(i);
            boolean isBest = best.isPresent() && best.getAsInt() == i;
            String accuracy = entry.answers()
                    .map(answers -> Words.percent(answers.accuracy()))
                    .or(() -> entry.test().map(test -> Words.decimals(test.loss(), 2) + " nats"))
                    .orElse("–");
            rows.add(List.of(
                    letter(i),
                    Html.text(entry.run().id()),
                    isBest ? Html.element("strong", "", accuracy) : accuracy,
                    Words.count(entry.parameters()),
                    String.valueOf(entry.history().epochs().size()),
                    Words.seconds(entry.history().secondsPerEpoch())));
        }
        return Html.section(
                "runs",
                "The runs",
                Html.table(
                        List.of(
                                "",
                                "run",
                                "#test accuracy (95 % interval) or loss",
                                "#parameters",
                                "#epochs",
                                "#time an epoch"),
                        rows));
    }

    static String tests(Comparison comparison) {
        if (comparison.entries().stream().allMatch(entry -> entry.answers().isEmpty())) {
            return "";
        }
        if (comparison.tests().isEmpty()) {
            return Html.section(
                    "tests",
                    "Is one better?",
                    Html.paragraph("The runs were not tested on the same examples, so there is no paired test."));
        }
        var rows = new ArrayList<List<String>>();
        for (Comparison.Pair pair : comparison.tests()) {
            McNemar test = pair.test();
            rows.add(List.of(
                    "%s and %s".formatted(letter(pair.first()), letter(pair.second())),
                    Words.count(test.onlyFirst()),
                    Words.count(test.onlySecond()),
                    Words.probability(test.p()),
                    Words.probability(pair.corrected()),
                    kind(test.kind()),
                    verdict(pair)));
        }
        return Html.section(
                "tests",
                "Is one better?",
                Html.table(
                                List.of(
                                        "runs",
                                        "#only the first right",
                                        "#only the second right",
                                        "#p",
                                        "#p (Holm)",
                                        "test",
                                        ""),
                                rows)
                        + Html.note(
                                "McNemar's test of examples that exactly one of two runs gets right; two-sided. Fewer than 25 of them: exact binomial; else chi-squared with continuity correction (Edwards 1948). Holm's correction is for asking about all pairs. It says nothing about other seeds of the same spec."));
    }

    private static String kind(McNemar.Kind kind) {
        return switch (kind) {
            case EXACT_BINOMIAL -> "exact";
            case CHI_SQUARED -> "chi-squared";
        };
    }

    static String verdict(Comparison.Pair pair) {
        if (pair.corrected() >= LEVEL) {
            return "may be chance";
        }
        return letter(pair.test().onlyFirst() > pair.test().onlySecond() ? pair.first() : pair.second()) + " is better";
    }

    static String levels(Comparison comparison) {
        var levels = comparison.levels();
        if (levels.isEmpty()) {
            return "";
        }
        var header = new ArrayList<String>(List.of("test accuracy of"));
        for (int i = 0; i < comparison.entries().size(); i++) {
            header.add("#" + letter(i));
        }
        var rows = new ArrayList<List<String>>();
        for (double level : levels) {
            var row = new ArrayList<String>(List.of(Words.published(level)));
            for (Entry entry : comparison.entries()) {
                row.add(entry.history().reached(level).map(CompareTables::said).orElse("not reached"));
            }
            rows.add(row);
        }
        return Html.section("levels", "Time to get there", Html.table(header, rows));
    }

    private static String said(History.Reached reached) {
        return "epoch %s, %s".formatted(reached.epoch(), Words.seconds(reached.seconds()));
    }
}
