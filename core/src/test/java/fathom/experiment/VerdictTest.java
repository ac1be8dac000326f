package fathom.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import fathom.experiment.Study.Against;
import fathom.experiment.Study.Measure;
import fathom.experiment.Study.Row;
import fathom.inspect.History;
import fathom.inspect.PairedTest;
import fathom.inspect.Spread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What is said of numbers; the corrected p are given, {@code SpreadTest} has the tests themselves. */
class VerdictTest {
    private static final double[] GOOD = {0.981, 0.982, 0.980};
    private static final double[] BAD = {0.91, 0.92, 0.90};

    @Test
    void aDifferenceThatMayBeChanceIsNoise() {
        assertThat(verdict(0, List.of(GOOD, BAD), List.of(Optional.of(0.051))))
                .isEqualTo(
                        "Highest mean: v0: 98.10 ± 0.10 % over 3 seeds. Within noise: no difference to another variant is beyond chance.");
    }

    @Test
    void aDifferenceBeyondChanceIsSaid() {
        assertThat(verdict(0, List.of(GOOD, BAD, BAD), List.of(Optional.of(0.01), Optional.of(0.2))))
                .isEqualTo(
                        "Highest mean: v0: 98.10 ± 0.10 % over 3 seeds. Better than v1 beyond chance. Within noise of v2.");
    }

    @Test
    void tooFewSeedsTellNothing() {
        assertThat(verdict(0, List.of(new double[] {0.98}, new double[] {0.91}), List.of(Optional.empty())))
                .isEqualTo("Highest mean: v0: 98.00 % with one seed. Too few seeds to tell it from v1.");
    }

    @Test
    void againstAnotherThanTheBestOnlyDifferencesAreSaid() {
        var rows = rows(List.of(GOOD, BAD));
        var tests = List.of(against(0, Optional.of(0.01)));
        assertThat(Verdict.of(Measure.TEST_ACCURACY, rows, OptionalInt.of(0), OptionalInt.of(1), tests))
                .isEqualTo("Highest mean: v0: 98.10 ± 0.10 % over 3 seeds. Different from v1 beyond chance: v0.");
    }

    @Test
    void withoutAWholeRunNothingIsSaid() {
        assertThat(Verdict.of(Measure.TEST_ACCURACY, List.of(), OptionalInt.empty(), OptionalInt.empty(), List.of()))
                .isEqualTo("No run is whole yet.");
    }

    @Test
    void ofLossesTheLowestIsBest() {
        assertThat(Verdict.of(
                        Measure.TEST_LOSS,
                        rows(List.of(new double[] {0.1, 0.2}, new double[] {0.3, 0.4})),
                        OptionalInt.of(0),
                        OptionalInt.of(0),
                        List.of(against(1, Optional.of(0.3)))))
                .startsWith("Lowest mean: v0: 0.1500 ± 0.0707 over 2 seeds. Within noise");
    }

    @Test
    void lossesAgainstAnotherThanTheBestAreLowest() {
        var rows = rows(List.of(new double[] {0.1, 0.2}, new double[] {0.3, 0.4}));
        assertThat(Verdict.of(Measure.TEST_LOSS, rows, OptionalInt.of(0), OptionalInt.of(1), List.of()))
                .startsWith("Lowest mean: v0: 0.1500");
    }

    @Test
    void equalMeansAreSaid() {
        var tests = List.of(Optional.of(0.9), Optional.of(0.2), Optional.of(0.9));
        assertThat(verdict(0, List.of(GOOD, GOOD, BAD, GOOD), tests))
                .startsWith("Highest mean: v0: 98.10 ± 0.10 % over 3 seeds, the same as v1, v3. Within noise");
    }

    private static String verdict(int best, List<double[]> values, List<Optional<Double>> corrected) {
        var tests = new ArrayList<Against>();
        for (int i = 0; i < corrected.size(); i++) {
            tests.add(against(i + 1, corrected.get(i)));
        }
        return Verdict.of(Measure.TEST_ACCURACY, rows(values), OptionalInt.of(best), OptionalInt.of(best), tests);
    }

    private static Against against(int row, Optional<Double> corrected) {
        return new Against(row, PairedTest.of(GOOD, BAD), corrected);
    }

    private static List<Row> rows(List<double[]> values) {
        var spec = Toys.rates().spec();
        var rows = new ArrayList<Row>();
        for (double[] each : values) {
            rows.add(new Row(
                    new Variant("v" + rows.size(), spec),
                    Arrays.stream(each)
                            .mapToObj(value -> new Study.One(
                                    Standing.missing(new Cell(new Variant("v", spec), 0)),
                                    Optional.of(value),
                                    new History(List.of())))
                            .toList(),
                    Optional.of(Spread.of(each)),
                    Optional.empty()));
        }
        return rows;
    }
}
