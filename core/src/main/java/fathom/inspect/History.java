package fathom.inspect;

import fathom.config.Node;
import fathom.run.Run;
import fathom.train.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a training went, epoch by epoch, as its run recorded it. */
public record History(List<Epoch> epochs) {

    /**
     * One epoch.
     *
     * @param number from 1
     * @param train empty where a number was not finite; likewise below
     * @param seconds that it took, evaluation included
     * @param best whether its weights were kept as the best so far
     */
    public record Epoch(
            int number,
            Optional<Metrics> train,
            Optional<Metrics> validation,
            Optional<Metrics> test,
            double seconds,
            boolean best) {}

    /**
     * When a training first reached a level.
     *
     * @param epoch from 1
     * @param seconds from the first step to the end of that epoch
     */
    public record Reached(int epoch, double seconds) {}

    public History {
        epochs = List.copyOf(epochs);
    }

    /**
     * What a run has recorded; an event that does not say what it should is left out.
     *
     * @throws fathom.run.StoreException if the events cannot be read
     */
    public static History of(Run run) {
        var epochs = new ArrayList<Epoch>();
        for (Node event : run.events()) {
            if (event instanceof Node.Mapping mapping && text(mapping, "event").equals("epoch")) {
                int number = (int) number(mapping, "epoch");
                if (number > epochs.size()) {
                    epochs.add(epoch(number, mapping));
                }
            }
        }
        return new History(epochs);
    }

    private static Epoch epoch(int number, Node.Mapping event) {
        return new Epoch(
                number,
                metrics(event, "train"),
                metrics(event, "validation"),
                metrics(event, "test"),
                number(event, "seconds"),
                text(event, "best").equals("true"));
    }

    private static Optional<Metrics> metrics(Node.Mapping event, String key) {
        return event.get(key).flatMap(node -> node instanceof Node.Mapping found ? metrics(found) : Optional.empty());
    }

    private static Optional<Metrics> metrics(Node.Mapping found) {
        var metrics = new Metrics(number(found, "loss"), present(found, "accuracy"), present(found, "divergence"));
        return metrics.isFinite() ? Optional.of(metrics) : Optional.empty();
    }

    private static Optional<Double> present(Node.Mapping mapping, String key) {
        return mapping.get(key).map(_ -> number(mapping, key));
    }

    private static String text(Node.Mapping mapping, String key) {
        return mapping.get(key).orElse(mapping) instanceof Node.Scalar scalar ? scalar.text() : "";
    }

    private static double number(Node.Mapping mapping, String key) {
        try {
            return Double.parseDouble(text(mapping, key));
        } catch (NumberFormatException _) {
            return Double.NaN;
        }
    }

    /** The last epoch marked best: the one whose weights were kept; empty if there is none. */
    public Optional<Epoch> best() {
        return epochs.stream().filter(Epoch::best).reduce((_, later) -> later);
    }

    /** Mean seconds of an epoch; 0 without one. */
    public double secondsPerEpoch() {
        return epochs.stream().mapToDouble(Epoch::seconds).average().orElse(0);
    }

    /** When the test accuracy first was at least {@code level}. */
    public Optional<Reached> reached(double level) {
        double seconds = 0;
        for (Epoch epoch : epochs) {
            seconds += epoch.seconds();
            if (epoch.test().flatMap(Metrics::accuracy).orElse(0.0) >= level) {
                return Optional.of(new Reached(epoch.number(), seconds));
            }
        }
        return Optional.empty();
    }
}
