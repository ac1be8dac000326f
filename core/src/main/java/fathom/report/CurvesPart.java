package fathom.report;

import fathom.chart.Axis;
import fathom.chart.Line;
import fathom.chart.LineChart;
import fathom.chart.Numbers;
import fathom.inspect.History;
import fathom.inspect.History.Epoch;
import fathom.train.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** How loss and accuracy went. */
final class CurvesPart {
    private CurvesPart() {}

    static String of(History history, Figures figures) {
        if (history.epochs().isEmpty()) {
            return "";
        }
        var loss = chart("loss", Axis.of("nats"), history, Metrics::loss);
        if (isOfAutoencoder(history)) {
            var reconstruction = chart(
                    "reconstruction",
                    Axis.of("nats"),
                    history,
                    m -> m.reconstruction().orElse(Double.NaN));
            var divergence = chart(
                    "divergence", Axis.of("nats"), history, m -> m.divergence().orElse(Double.NaN));
            String charts = figures.add(
                            "curves-loss",
                            loss,
                            Figures.WIDE,
                            "Negative evidence lower bound: both parts below together.")
                    + Html.row(List.of(
                            figures.add("curves-reconstruction", reconstruction, Figures.HALF, ""),
                            figures.add("curves-divergence", divergence, Figures.HALF, "")));
            return Html.section("curves", "Learning", Html.paragraph(sentence(history)) + charts);
        }
        var accuracy = chart(
                "accuracy",
                Axis.percent(""),
                history,
                metrics -> metrics.accuracy().orElse(Double.NaN));
        String charts = Html.row(List.of(
                figures.add("curves-loss", loss, Figures.HALF, ""),
                figures.add("curves-accuracy", accuracy, Figures.HALF, "")));
        return Html.section("curves", "Learning", Html.paragraph(sentence(history)) + charts);
    }

    private static boolean hasLowestLoss(History.Epoch kept, History history) {
        double loss = loss(kept);
        return history.epochs().stream().noneMatch(epoch -> loss(epoch) < loss);
    }

    private static double loss(History.Epoch epoch) {
        return epoch.validation().map(Metrics::loss).orElse(Double.POSITIVE_INFINITY);
    }

    static boolean isOfAutoencoder(History history) {
        return history.epochs().stream()
                .flatMap(epoch -> epoch.train().stream())
                .anyMatch(metrics -> metrics.divergence().isPresent());
    }

    private static String sentence(History history) {
        boolean hasValidation =
                history.epochs().stream().anyMatch(epoch -> epoch.validation().isPresent());
        String best = history.best()
                .filter(_ -> hasValidation)
                .map(epoch -> "The weights of epoch %s%s were kept (ringed). "
                        .formatted(
                                epoch.number(),
                                hasLowestLoss(epoch, history) ? ", with the lowest validation loss," : ""))
                .orElse("");
        return best
                + "An epoch took %s on average, evaluation included. Training figures are means over the epoch's batches, with dropout and augmentation on."
                        .formatted(Words.seconds(history.secondsPerEpoch()));
    }

    private static LineChart chart(String title, Axis axis, History history, ToDoubleFunction<Metrics> what) {
        var lines = new ArrayList<Line>();
        addLine(lines, "train", 0, history, Epoch::train, what);
        addLine(lines, "validation", 1, history, Epoch::validation, what);
        addLine(lines, "test", 2, history, Epoch::test, what);
        return new LineChart(title, Axis.whole("epoch"), axis, lines);
    }

    private static void addLine(
            List<Line> lines,
            String name,
            int colour,
            History history,
            Function<Epoch, Optional<Metrics>> part,
            ToDoubleFunction<Metrics> what) {
        Numbers values = values(history, part, what);
        if (values.finite().findAny().isEmpty()) {
            return;
        }
        Line line = Line.of(name, epochs(history), values, colour);
        Optional<Epoch> best = history.best().filter(_ -> name.equals("validation"));
        lines.add(best.map(epoch -> line.withMark(history.epochs().indexOf(epoch)))
                .orElse(line));
    }

    static Numbers epochs(History history) {
        return Numbers.of(history.epochs().stream().map(Epoch::number).toList());
    }

    static Numbers values(History history, Function<Epoch, Optional<Metrics>> part, ToDoubleFunction<Metrics> what) {
        return Numbers.of(history.epochs().stream()
                .map(part)
                .mapToDouble(metrics -> metrics.isPresent() ? what.applyAsDouble(metrics.get()) : Double.NaN)
                .toArray());
    }
}
