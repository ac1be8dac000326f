package fathom.cli;

import fathom.experiment.Standing;
import fathom.experiment.Study;
import fathom.inspect.PairedTest;
import fathom.inspect.Spread;
import fathom.run.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A study for a terminal. */
final class StudyText {
    private StudyText() {}

    static String of(Study study) {
        var out = new StringBuilder();
        out.append(study.experiment().question())
                .append(study.experiment().question().isEmpty() ? "" : "\n\n");
        out.append(variants(study))
                .append(differences(study))
                .append('\n')
                .append(runs(study))
                .append('\n');
        out.append(study.verdict()).append('\n');
        study.notes().forEach(note -> out.append("Note: ").append(note).append('\n'));
        return out.toString();
    }

    private static String variants(Study study) {
        boolean isTested = !study.tests().isEmpty();
        var header = new ArrayList<>(List.of("variant", "n", study.measure().words(), "± deviation", "95 % interval"));
        if (isTested) {
            header.addAll(
                    List.of(study.measure().isMoreBetter() ? "difference, points" : "difference", "p", "p (Holm)"));
        }
        header.addAll(List.of("seconds", "examples/s"));
        var table = new Table(header);
        for (int i = 0; i < study.rows().size(); i++) {
            int place = i;
            var row = study.rows().get(i);
            var width = row.spread().flatMap(Spread::width);
            var test =
                    study.tests().stream().filter(each -> each.row() == place).findFirst();
            var cells = new ArrayList<>(List.of(
                    row.variant().name(),
                    String.valueOf(row.whole().size()),
                    number(study, row.spread().map(Spread::mean)),
                    number(study, width.map(Spread.Width::deviation)),
                    width.map(w -> number(study, Optional.of(w.low())) + " – " + number(study, Optional.of(w.high())))
                            .orElse("")));
            if (isTested) {
                cells.add(difference(
                        study, test.map(each -> each.test().difference().mean())));
                cells.add(p(test.flatMap(each -> each.test().outcome()).map(PairedTest.Outcome::p)));
                cells.add(p(test.flatMap(Study.Against::corrected)));
            }
            cells.add(format("%,.1f", row.cost().map(Study.Cost::seconds)));
            cells.add(format("%,.0f", row.cost().map(Study.Cost::imagesPerSecond)));
            table.row(cells);
        }
        return table.text();
    }

    private static String differences(Study study) {
        return study.tests().isEmpty()
                ? ""
                : "Differences are less %s, paired by seed; p by Student's t test, two-sided.\n"
                        .formatted(study.rows()
                                .get(study.reference().orElseThrow())
                                .variant()
                                .name());
    }

    private static String runs(Study study) {
        var table = new Table("variant", "seed", "state", study.measure().words(), "epochs", "kept", "run");
        for (Study.Row row : study.rows()) {
            for (Study.One one : row.runs()) {
                Standing standing = one.standing();
                table.row(
                        row.variant().name(),
                        String.valueOf(one.seed()),
                        words(standing.state()),
                        number(study, one.value()),
                        standing.summary()
                                .map(summary -> summary.epochs() + "/" + summary.plannedEpochs())
                                .orElse(""),
                        standing.summary()
                                .map(Summary::bestEpoch)
                                .filter(epoch -> epoch > 0)
                                .map(String::valueOf)
                                .orElse(""),
                        standing.run().map(run -> run.id()).orElse(""));
            }
        }
        return table.text();
    }

    static String words(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** In per cent if the measure is a share. */
    private static String number(Study study, Optional<Double> value) {
        return study.measure() == Study.Measure.TEST_ACCURACY
                ? format("%.2f %%", value.map(share -> 100 * share))
                : format("%.4f", value);
    }

    /** In points of a hundred if the measure is a share. */
    private static String difference(Study study, Optional<Double> value) {
        return study.measure() == Study.Measure.TEST_ACCURACY
                ? format("%+.2f", value.map(share -> 100 * share))
                : format("%+.4f", value);
    }

    private static String p(Optional<Double> p) {
        return p.map(value -> String.format(Locale.ROOT, value < 1e-4 ? "%.1e" : "%.4f", value))
                .orElse("");
    }

    private static String format(String pattern, Optional<Double> value) {
        return value.map(number -> String.format(Locale.ROOT, pattern, number)).orElse("");
    }
}
