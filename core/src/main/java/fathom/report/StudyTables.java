package fathom.report;

import fathom.experiment.Experiment;
import fathom.experiment.Standing;
import fathom.experiment.Study;
import fathom.experiment.Study.Against;
import fathom.experiment.Study.Row;
import fathom.experiment.Variant;
import fathom.inspect.Difference;
import fathom.inspect.PairedTest;
import fathom.inspect.Spread;
import fathom.run.Spec;
import fathom.run.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The tables of an experiment's page. */
final class StudyTables {
    private static final double LEVEL = 0.05;

    private StudyTables() {}

    static String variants(Study study) {
        var rows = new ArrayList<List<String>>();
        for (int i = 0; i < study.rows().size(); i++) {
            Row row = study.rows().get(i);
            boolean isBest = study.best().isPresent() && study.best().getAsInt() == i;
            var width = row.spread().flatMap(Spread::width);
            String mean = number(study, row.spread().map(Spread::mean));
            rows.add(List.of(
                    Html.name(row.variant().name()),
                    row.whole().size() + " of " + row.runs().size(),
                    isBest ? Html.element("strong", "", mean) : mean,
                    number(study, width.map(Spread.Width::deviation)),
                    width.map(w -> number(study, Optional.of(w.low())) + " – " + number(study, Optional.of(w.high())))
                            .orElse("–"),
                    row.cost().map(cost -> Words.seconds(cost.seconds())).orElse("–"),
                    row.cost()
                            .map(cost -> Words.count(Math.round(cost.imagesPerSecond())))
                            .orElse("–")));
        }
        return Html.section(
                "variants",
                "Variants",
                Html.table(
                                List.of(
                                        "variant",
                                        "#runs",
                                        "#" + study.measure().words(),
                                        "#deviation",
                                        "#95 % interval",
                                        "#time of a run",
                                        "#examples/s"),
                                rows)
                        + Html.note(
                                "%s, on the test examples. Deviation of the sample (n − 1); interval of the mean by Student's t. Time and examples/s as trained, other runs beside them or not; examples/s without evaluation."
                                        .formatted(kept(study.experiment()))));
    }

    /** Whose numbers they are. */
    private static String kept(Experiment experiment) {
        var rules = experiment.variants().stream()
                .map(variant -> variant.spec().training().keep())
                .distinct()
                .toList();
        return rules.size() > 1
                ? "Of the weights that each variant keeps"
                : switch (rules.getFirst()) {
                    case LOWEST_LOSS -> "Of the weights with the lowest validation loss";
                    case HIGHEST_ACCURACY -> "Of the weights with the highest validation accuracy";
                    case LAST -> "Of the weights after the last epoch";
                };
    }

    static String tests(Study study) {
        if (study.tests().isEmpty()) {
            return "";
        }
        String reference =
                study.rows().get(study.reference().orElseThrow()).variant().name();
        var rows = new ArrayList<List<String>>();
        for (Against each : study.tests()) {
            var difference = each.test().difference();
            var width = difference.width();
            rows.add(List.of(
                    Html.name(study.rows().get(each.row()).variant().name()),
                    String.valueOf(difference.n()),
                    difference(study, difference.mean()),
                    width.map(w -> difference(study, w.low()) + " … " + difference(study, w.high()))
                            .orElse("–"),
                    each.test().outcome().map(outcome -> signed(outcome.t(), 2)).orElse("–"),
                    each.test()
                            .outcome()
                            .map(PairedTest.Outcome::p)
                            .map(Words::probability)
                            .orElse("–"),
                    each.corrected().map(Words::probability).orElse("–"),
                    each.corrected().map(StudyTables::verdict).orElse("cannot be told")));
        }
        return Html.section(
                "tests",
                "Against " + Words.shortened(reference),
                Html.table(
                                List.of(
                                        "variant",
                                        "#pairs",
                                        "#" + (study.measure().isMoreBetter() ? "difference, points" : "difference"),
                                        "#95 % interval",
                                        "#t",
                                        "#p",
                                        "#p (Holm)",
                                        ""),
                                rows)
                        + Html.note(
                                "Each variant less %s, paired by seed; Student's t test of the differences, two-sided, with Holm's correction for asking about all of them. It speaks of other seeds on these test examples, not of other examples."
                                        .formatted(Html.text(reference))));
    }

    private static String verdict(double p) {
        return p < LEVEL ? "a difference" : "within noise";
    }

    static String runs(Study study) {
        var rows = new ArrayList<List<String>>();
        for (Row row : study.rows()) {
            for (Study.One one : row.runs()) {
                Standing standing = one.standing();
                rows.add(List.of(
                        Html.name(row.variant().name()),
                        String.valueOf(one.seed()),
                        number(study, one.value()),
                        standing.summary()
                                .map(summary -> summary.epochs() + " of " + summary.plannedEpochs())
                                .orElse("–"),
                        standing.summary()
                                .map(Summary::bestEpoch)
                                .filter(epoch -> epoch > 0)
                                .map(String::valueOf)
                                .orElse("–"),
                        Html.text(state(standing)),
                        Html.still(standing.run().map(run -> run.id()).orElse("–"))));
            }
        }
        return Html.section(
                "runs",
                "Every run",
                Html.table(
                        List.of("variant", "#seed", "#" + study.measure().words(), "#epochs", "#kept", "state", "run"),
                        rows));
    }

    private static String state(Standing standing) {
        String state = standing.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return standing.message().isEmpty() ? state : state + ": " + standing.message();
    }

    /** Where the variants differ, and the spec that they depart from. */
    static String settings(Experiment experiment) {
        var specs = experiment.variants().stream().map(Variant::spec).toList();
        var differences = Difference.between(specs);
        var header = new ArrayList<String>(List.of("variant"));
        differences.forEach(difference -> header.add(difference.path()));
        var rows = new ArrayList<List<String>>();
        for (int i = 0; i < specs.size(); i++) {
            var row = new ArrayList<String>(
                    List.of(Html.name(experiment.variants().get(i).name())));
            for (Difference difference : differences) {
                String value = difference.values().get(i);
                row.add(value.isEmpty() ? "–" : Html.text(value));
            }
            rows.add(row);
        }
        Spec base = experiment.spec();
        return Html.section(
                "settings",
                "What they are",
                (differences.isEmpty() ? "" : Html.details("Where the variants differ", Html.table(header, rows)))
                        + Html.details("The spec that they depart from", Html.code(Repeat.yaml(base))));
    }

    /** In points of a hundred if the measure is a share. */
    private static String difference(Study study, double value) {
        return study.measure().isMoreBetter() ? signed(100 * value, 2) : signed(value, 4);
    }

    private static String signed(double value, int digits) {
        return (value < 0 ? "−" : "+") + Words.decimals(Math.abs(value), digits);
    }

    /** A share in per cent, a loss with four digits. */
    private static String number(Study study, Optional<Double> value) {
        return value.map(v -> study.measure().isMoreBetter() ? Words.percent(v) : Words.decimals(v, 4))
                .orElse("–");
    }
}
