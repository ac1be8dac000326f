package fathom.run;

import fathom.train.Event;
import fathom.train.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows of {@code metrics.csv} (RFC 4180: commas, CR LF, a header): one an epoch. Missing numbers are empty. */
final class MetricsTable {
    static final String HEADER = row(List.of(
            "epoch",
            "step",
            "trainLoss",
            "trainAccuracy",
            "trainDivergence",
            "validationLoss",
            "validationAccuracy",
            "validationDivergence",
            "testLoss",
            "testAccuracy",
            "testDivergence",
            "rate",
            "seconds",
            "imagesPerSecond",
            "best"));

    private MetricsTable() {}

    static String row(Event.EpochDone done) {
        var cells = new ArrayList<String>();
        cells.add(String.valueOf(done.epoch()));
        cells.add(String.valueOf(done.step()));
        cells.addAll(cells(Optional.of(done.train())));
        cells.addAll(cells(done.validation()));
        cells.addAll(cells(done.test()));
        cells.add(String.valueOf(done.rate()));
        cells.add(String.valueOf(done.seconds()));
        cells.add(String.valueOf(done.imagesPerSecond()));
        cells.add(String.valueOf(done.best()));
        return row(cells);
    }

    private static List<String> cells(Optional<Metrics> metrics) {
        return List.of(
                cell(metrics.map(Metrics::loss)),
                cell(metrics.flatMap(Metrics::accuracy)),
                cell(metrics.flatMap(Metrics::divergence)));
    }

    private static String cell(Optional<Double> number) {
        return number.map(String::valueOf).orElse("");
    }

    private static String row(List<String> cells) {
        return String.join(",", cells) + "\r\n";
    }
}
