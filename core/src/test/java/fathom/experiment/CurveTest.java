package fathom.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fathom.inspect.History;
import fathom.inspect.Spread;
import fathom.train.Metrics;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CurveTest {
    /** A damaged line of the events is left out of a run's history. */
    @Test
    void anEpochIsThatOfItsNumberWhereOneIsMissing() {
        var cell = Toys.rates().cells().getFirst();
        var row = new Study.Row(
                cell.variant(),
                List.of(run(cell, 1, 2, 3), run(cell, 1, 3)),
                Optional.of(Spread.of(1, 1)),
                Optional.empty());
        assertThat(Curve.validationLoss(row).points())
                .extracting(
                        Curve.Point::epoch,
                        point -> point.spread().n(),
                        point -> point.spread().mean())
                .containsExactly(tuple(1, 2, 1.0), tuple(2, 1, 2.0), tuple(3, 2, 3.0));
    }

    /** A run whose loss is the number of the epoch. */
    private static Study.One run(Cell cell, int... epochs) {
        var history = Arrays.stream(epochs)
                .mapToObj(number -> new History.Epoch(
                        number,
                        Optional.empty(),
                        Optional.of(Metrics.ofClasses(number, 0.5)),
                        Optional.empty(),
                        0.1,
                        false))
                .toList();
        return new Study.One(Standing.missing(cell), Optional.of(1.0), new History(history));
    }
}
