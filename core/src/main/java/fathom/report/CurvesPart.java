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
        var accuracy = chart("accuracy", Axis.percent(""), history, Metrics::accuracy);
        String charts = Html.row(List.of(
                figures.add("curves-loss", loss, Figures.HALF, ""),
                figures.add("curves-accuracy", accuracy, Figures.HALF, "")));
        return Html.section("curves", "Learning", Html.paragraph(sentence(history)) + charts);
    }

    private static String sentence(History history) {
        String best = history.best()
                .map(epoch -> "The weights of epoch %d, with the lowest validation loss, were kept (ringed). "
                        .formatted(epoch.number()))
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
