package fathom.experiment;

import fathom.inspect.History.Epoch;
import fathom.inspect.Spread;
import fathom.train.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** How the runs of a variant went together: mean and deviation over its whole runs, epoch by epoch. */
public record Curve(List<Point> points) {

    /**
     * One epoch.
     *
     * @param epoch from 1
     * @param spread over the runs that have this epoch and a number for it
     */
    public record Point(int epoch, Spread spread) {}

    public Curve {
        points = List.copyOf(points);
    }

    /** Of what is measured, on the test examples; empty if the runs do not track them. */
    public static Curve measured(Study.Row row, Study.Measure measure) {
        return of(row, Epoch::test, measure::of);
    }

    /** Of the loss on the validation examples, in nats. */
    public static Curve validationLoss(Study.Row row) {
        return of(row, Epoch::validation, metrics -> Optional.of(metrics.loss()));
    }

    private static Curve of(
            Study.Row row, Function<Epoch, Optional<Metrics>> split, Function<Metrics, Optional<Double>> what) {
        var values = new TreeMap<Integer, List<Double>>(); // by epoch
        for (Study.One run : row.whole()) {
            for (Epoch epoch : run.history().epochs()) {
                split.apply(epoch)
                        .flatMap(what)
                        .ifPresent(value -> values.computeIfAbsent(epoch.number(), _ -> new ArrayList<>())
                                .add(value));
            }
        }
        var points = new ArrayList<Point>();
        values.forEach((epoch, all) -> points.add(new Point(
                epoch, Spread.of(all.stream().mapToDouble(value -> value).toArray()))));
        return new Curve(points);
    }
}
