package fathom.report;

import fathom.data.Split;
import fathom.experiment.Experiment;
import fathom.experiment.Published;
import fathom.inspect.Interval;
import fathom.inspect.Survey;
import fathom.run.Summary;
import fathom.train.Metrics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The top of a report: the question, the answer, what others reached, and what is missing. */
final class Opening {
    private Opening() {}

    static String header(Material material) {
        var out = new StringBuilder("<header>\n");
        String name = material.manifest().spec().experiment();
        out.append("<p class=\"over\">").append(Html.text(material.run().id())).append("</p>\n");
        out.append(Html.element("h1", "", Html.text(name))).append('\n');
        material.experiment()
                .map(Experiment::question)
                .ifPresent(question -> out.append("<p class=\"question\">")
                        .append(Html.text(question))
                        .append("</p>\n"));
        out.append(answer(material));
        material.notes()
                .forEach(note -> out.append("<p class=\"warning\">")
                        .append(Html.text(note))
                        .append("</p>\n"));
        out.append(facts(material));
        out.append("</header>\n");
        out.append(others(material));
        return out.toString();
    }

    private static String answer(Material material) {
        Optional<Survey> survey = material.survey();
        if (survey.isPresent()) {
            Interval accuracy = survey.get().answers().accuracy();
            return """
                    <p class="answer"><strong>%s</strong> of %s %s examples are classified right
                    <span class="interval">(95&nbsp;%% interval %s – %s)</span></p>
                    """.formatted(
                            Words.percent(accuracy.share()),
                            Words.count(survey.get().answers().size()),
                            split(survey.get()),
                            Words.decimals(100 * accuracy.low(), 2),
                            Words.percent(accuracy.high()));
        }
        return material.summary()
                .flatMap(summary -> summary.test().or(summary::validation))
                .map(Opening::lastEvaluated)
                .orElse("");
    }

    private static String lastEvaluated(Metrics metrics) {
        return metrics.accuracy()
                .map(accuracy -> "<p class=\"answer\"><strong>%s</strong> when it was last evaluated</p>\n"
                        .formatted(Words.percent(accuracy)))
                .orElseGet(() -> """
                        <p class="answer"><strong>%s nats</strong> an example when it was last evaluated: reconstruction %s, \
                        divergence of the codes %s</p>
                        """.formatted(
                                Words.decimals(metrics.loss(), 2),
                                Words.decimals(metrics.reconstruction().orElse(metrics.loss()), 2),
                                Words.decimals(metrics.divergence().orElse(0.0), 2)));
    }

    /** The split in a word. */
    static String split(Survey survey) {
        return split(survey.split());
    }

    static String split(Split split) {
        return split.name().toLowerCase(Locale.ROOT);
    }

    private static String facts(Material material) {
        var pairs = new ArrayList<List<String>>();
        pairs.add(List.of("data", material.manifest().spec().data().set()));
        pairs.add(List.of("parameters", Words.count(material.network().parameterCount())));
        material.summary().ifPresent(summary -> {
            pairs.add(List.of("epochs", epochs(summary)));
            pairs.add(List.of("time", Words.seconds(summary.seconds())));
            pairs.add(List.of(
                    "state",
                    material.run().state().name().toLowerCase(Locale.ROOT).replace('_', ' ')));
        });
        pairs.add(List.of("seed", String.valueOf(material.manifest().spec().seed())));
        return Html.terms(pairs);
    }

    private static String epochs(Summary summary) {
        String epochs = summary.epochs() + " of " + summary.plannedEpochs();
        return summary.bestEpoch() > 0 ? epochs + ", kept: " + summary.bestEpoch() : epochs;
    }

    /** This run's accuracy in order among the report's and published ones. */
    private static String others(Material material) {
        String data = material.manifest().spec().data().set();
        var experiment = material.experiment()
                .filter(built -> built.spec().data().set().equals(data)); // figures of other data do not compare
        if (experiment.isEmpty() || material.survey().isEmpty()) {
            return "";
        }
        record Row(double accuracy, List<String> cells) {}
        var rows = new ArrayList<Row>();
        Interval here = material.survey().get().answers().accuracy();
        rows.add(new Row(here.share(), List.of("<strong>this run</strong>", bold(Words.percent(here)))));
        reported(experiment.get())
                .ifPresent(accuracy -> rows.add(new Row(
                        accuracy,
                        List.of("the course report", Html.text(experiment.get().reported())))));
        for (Published each : experiment.get().published()) {
            rows.add(new Row(each.accuracy(), List.of(Html.text(each.what()), Words.published(each.accuracy()))));
        }
        if (rows.size() == 1) {
            return "";
        }
        rows.sort(Comparator.comparingDouble(Row::accuracy).reversed());
        String sources = experiment.get().published().stream()
                .map(Published::source)
                .distinct()
                .collect(Collectors.joining("; "));
        return Html.section(
                "others",
                "Beside others",
                Html.table(
                                List.of("classifier", "#test accuracy"),
                                rows.stream().map(Row::cells).toList())
                        + (sources.isEmpty() ? "" : Html.note("Published figures: " + Html.text(sources) + ".")));
    }

    private static Optional<Double> reported(Experiment experiment) {
        try {
            String number = experiment.reported().replace("%", "").strip();
            return Optional.of(Double.parseDouble(number) / 100);
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static String bold(String markup) {
        return Html.element("strong", "", markup);
    }
}
