package fathom.run;

import fathom.train.Event;
import fathom.train.Metrics;
import java.util.List;
import java.util.Optional;

/** The rows of {@code metrics.csv} (RFC 4180: commas, CR LF, a header): one an epoch. Missing numbers are empty. */
final class MetricsTable {
    static final String HEADER = row(List.of(
            "epoch",
            "step",
            "trainLoss",
            "trainAccuracy",
            "validationLoss",
            "validationAccuracy",
            "testLoss",
            "testAccuracy",
            "rate",
            "seconds",
            "imagesPerSecond",
            "best"));

    private MetricsTable() {}

    static String row(Event.EpochDone done) {
        return row(List.of(
                String.valueOf(done.epoch()),
                String.valueOf(done.step()),
                String.valueOf(done.train().loss()),
                String.valueOf(done.train().accuracy()),
                loss(done.validation()),
                accuracy(done.validation()),
                loss(done.test()),
                accuracy(done.test()),
                String.valueOf(done.rate()),
                String.valueOf(done.seconds()),
                String.valueOf(done.imagesPerSecond()),
                String.valueOf(done.best())));
    }

    private static String loss(Optional<Metrics> metrics) {
        return metrics.map(m -> String.valueOf(m.loss())).orElse("");
    }

    private static String accuracy(Optional<Metrics> metrics) {
        return metrics.map(m -> String.valueOf(m.accuracy())).orElse("");
    }

    private static String row(List<String> cells) {
        return String.join(",", cells) + "\r\n";
    }
}
