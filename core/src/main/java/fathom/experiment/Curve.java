package fathom.experiment;

import fathom.inspect.History.Epoch;
import fathom.inspect.Spread;
import fathom.train.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        var histories = row.whole().stream().map(run -> run.history().epochs()).toList();
        int epochs = histories.stream().mapToInt(List::size).max().orElse(0);
        var points = new ArrayList<Point>();
        for (int i = 0; i < epochs; i++) {
            int index = i;
            double[] values = histories.stream()
                    .filter(history -> history.size() > index)
                    .flatMap(history -> split.apply(history.get(index)).flatMap(what).stream())
                    .mapToDouble(value -> value)
                    .toArray();
            if (values.length > 0) {
                points.add(new Point(i + 1, Spread.of(values)));
            }
        }
        return new Curve(points);
    }
}
