package fathom.report;

import fathom.chart.Axis;
import fathom.chart.BarChart;
import fathom.chart.Line;
import fathom.chart.LineChart;
import fathom.chart.Numbers;
import fathom.experiment.Curve;
import fathom.experiment.Experiment;
import fathom.experiment.Experiments;
import fathom.experiment.Study;
import fathom.experiment.Study.Row;
import fathom.experiment.StudyFiles;
import fathom.inspect.Spread;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** {@code study.html}: what an experiment has shown, as a page that needs nothing but itself. The same runs give the same bytes. */
public final class StudyReport {
    private StudyReport() {}

    /**
     * Writes {@code study.html}, {@code figures/}, {@code variants.csv}, {@code runs.csv} and {@code study.json} into a folder.
     *
     * @param folder made if it is not there
     * @return the page
     */
    public static Path write(Study study, Path folder) throws IOException {
        var figures = new Figures();
        String page = page(study, figures);
        var output = new OutputFolder(folder);
        output.figures(figures);
        output.page("variants.csv", StudyFiles.variantsCsv(study));
        output.page("runs.csv", StudyFiles.runsCsv(study));
        output.page("study.json", StudyFiles.json(study) + "\n");
        return output.page("study.html", page);
    }

    private static String page(Study study, Figures figures) {
        String body = header(study)
                + StudyTables.variants(study)
                + means(study, figures)
                + curves(study, figures)
                + StudyTables.tests(study)
                + StudyTables.runs(study)
                + StudyTables.settings(study.experiment());
        return Page.html(study.experiment().name(), body);
    }

    private static String header(Study study) {
        var out = new StringBuilder("<header>\n<h1>")
                .append(Html.text(study.experiment().name()))
                .append("</h1>\n");
        if (!study.experiment().question().isEmpty()) {
            out.append("<p class=\"question\">")
                    .append(Html.text(study.experiment().question()))
                    .append("</p>\n");
        }
        out.append("<p class=\"answer\">").append(Html.text(study.verdict())).append("</p>\n");
        study.notes()
                .forEach(note -> out.append("<p class=\"warning\">")
                        .append(Html.text(note))
                        .append("</p>\n"));
        if (!study.experiment().reported().isEmpty() && isOnItsData(study.experiment())) {
            out.append(Html.note(
                    "The course report reached " + Html.text(study.experiment().reported()) + "."));
        }
        return out.append("</header>\n").toString();
    }

    /** Whether its data is that of the built-in experiment whose reported figure it has, if that is where it is from. */
    private static boolean isOnItsData(Experiment experiment) {
        return Experiments.find(experiment.name())
                .filter(built -> built.reported().equals(experiment.reported()))
                .map(built -> built.spec().data().set())
                .map(experiment.spec().data().set()::equals)
                .orElse(true);
    }

    private static String means(Study study, Figures figures) {
        var rows = study.rows().stream().filter(row -> row.spread().isPresent()).toList();
        if (rows.isEmpty()) {
            return "";
        }
        var spreads = rows.stream().map(row -> row.spread().orElseThrow()).toList();
        var halves = Numbers.of(spreads.stream()
                .mapToDouble(spread -> spread.width()
                        .map(width -> (width.high() - width.low()) / 2)
                        .orElse(0.0))
                .toArray());
        double low = spreads.stream().mapToDouble(StudyReport::low).min().orElseThrow();
        double high = spreads.stream().mapToDouble(StudyReport::high).max().orElseThrow();
        double room = Math.max(1e-4, (high - low) / 5);
        double from = Math.max(0, low - room);
        double to = study.measure().isMoreBetter() ? Math.min(1, high + room) : high + room;
        var chart = new BarChart(
                "",
                axis(study).between(from, to),
                rows.stream().map(row -> row.variant().name()).toList(),
                List.of(new BarChart.Series(
                        study.measure().words(),
                        Numbers.of(spreads.stream().map(Spread::mean).toList()),
                        halves)));
        return Html.section(
                "means",
                "Means",
                figures.add(
                        "means",
                        chart,
                        Figures.WIDE,
                        "Mean over the seeds with its 95 % interval."
                                + (from > 0 ? " The axis does not begin at 0." : "")));
    }

    private static double low(Spread spread) {
        return spread.width().map(Spread.Width::low).orElse(spread.mean());
    }

    private static double high(Spread spread) {
        return spread.width().map(Spread.Width::high).orElse(spread.mean());
    }

    private static Axis axis(Study study) {
        return study.measure().isMoreBetter()
                ? Axis.percent(study.measure().words())
                : Axis.of(study.measure().words() + ", nats");
    }

    private static String curves(Study study, Figures figures) {
        var charts = new ArrayList<String>();
        chart(study, study.measure().words(), axis(study), row -> Curve.measured(row, study.measure()))
                .ifPresent(chart -> charts.add(figures.add("curves-test", chart, Figures.WIDE, "")));
        chart(study, "validation loss", Axis.of("nats"), Curve::validationLoss)
                .ifPresent(chart -> charts.add(figures.add("curves-loss", chart, Figures.WIDE, "")));
        String few =
                study.rows().size() > Line.COLOURS ? " Only the first " + Line.COLOURS + " variants are drawn." : "";
        return charts.isEmpty()
                ? ""
                : Html.section(
                        "curves",
                        "Learning",
                        Html.paragraph(
                                        "Lines are means over the whole runs of a variant after each epoch, bands one deviation to either side."
                                                + few)
                                + String.join("", charts));
    }

    private static Optional<LineChart> chart(Study study, String title, Axis axis, Function<Row, Curve> of) {
        var lines = new ArrayList<Line>();
        for (int i = 0; i < Math.min(Line.COLOURS, study.rows().size()); i++) {
            var points = of.apply(study.rows().get(i)).points();
            if (!points.isEmpty()) {
                lines.add(line(study.rows().get(i).variant().name(), points, i));
            }
        }
        return lines.isEmpty() ? Optional.empty() : Optional.of(new LineChart(title, Axis.whole("epoch"), axis, lines));
    }

    private static Line line(String name, List<Curve.Point> points, int colour) {
        var line = Line.of(
                name,
                Numbers.of(points.stream().map(Curve.Point::epoch).toList()),
                Numbers.of(points.stream().map(point -> point.spread().mean()).toList()),
                colour);
        return line.withBand(Numbers.of(points.stream()
                .map(point ->
                        point.spread().width().map(Spread.Width::deviation).orElse(0.0))
                .toList()));
    }
}
