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
        var tests = List.of(new Against(0, PairedTest.of(BAD, GOOD), Optional.of(0.01)));
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
        double[] low = {0.1, 0.2};
        double[] high = {0.3, 0.41};
        var rows = rows(List.of(low, high));
        assertThat(Verdict.of(
                        Measure.TEST_LOSS,
                        rows,
                        OptionalInt.of(0),
                        OptionalInt.of(0),
                        List.of(new Against(1, PairedTest.of(low, high), Optional.of(0.3)))))
                .startsWith("Lowest mean: v0: 0.1500 ± 0.0707 over 2 seeds. Within noise");
        assertThat(Verdict.of(
                        Measure.TEST_LOSS,
                        rows,
                        OptionalInt.of(0),
                        OptionalInt.of(0),
                        List.of(new Against(1, PairedTest.of(low, high), Optional.of(0.01)))))
                .endsWith("Better than v1 beyond chance.");
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

    /** The best mean owes itself to a seed that the other has not. */
    @Test
    void whoeverLosesOnTheCommonSeedsIsNotCalledBetter() {
        double[] all = {0.900, 0.910, 0.905, 0.990};
        double[] common = {0.900, 0.910, 0.905};
        double[] other = {0.910, 0.921, 0.915};
        var test = new Against(1, PairedTest.of(common, other), Optional.of(0.001));
        assertThat(Verdict.of(
                        Measure.TEST_ACCURACY,
                        rows(List.of(all, other)),
                        OptionalInt.of(0),
                        OptionalInt.of(0),
                        List.of(test)))
                .endsWith("over 4 seeds. Worse than v1 beyond chance on the seeds that both have.");
    }

    @Test
    void againstAnotherThanTheBestTooFewSeedsTellNothingEither() {
        double[] one = {0.98};
        double[] other = {0.91};
        var test = new Against(0, PairedTest.of(other, one), Optional.empty());
        assertThat(Verdict.of(
                        Measure.TEST_ACCURACY,
                        rows(List.of(one, other)),
                        OptionalInt.of(0),
                        OptionalInt.of(1),
                        List.of(test)))
                .isEqualTo("Highest mean: v0: 98.00 % with one seed. Too few seeds to tell v1 from v0.");
    }

    @Test
    void theSameOnEverySeedIsNoMatterOfTooFewSeeds() {
        var test = new Against(1, PairedTest.of(GOOD, GOOD), Optional.empty());
        assertThat(Verdict.of(
                        Measure.TEST_ACCURACY,
                        rows(List.of(GOOD, GOOD)),
                        OptionalInt.of(0),
                        OptionalInt.of(0),
                        List.of(test)))
                .endsWith("the same as v1. Within noise: no difference to another variant is beyond chance.");
    }

    @Test
    void withoutACommonSeedThereIsNoTest() {
        assertThat(verdict(0, List.of(GOOD, BAD), List.of()))
                .endsWith("over 3 seeds. Not tested against v1: no seed in common.");
        assertThat(Verdict.of(
                        Measure.TEST_ACCURACY,
                        rows(List.of(GOOD, BAD)),
                        OptionalInt.of(0),
                        OptionalInt.of(1),
                        List.of()))
                .endsWith("over 3 seeds. Not tested against v1: v0, no seed in common.");
    }

    private static String verdict(int best, List<double[]> values, List<Optional<Double>> corrected) {
        var tests = new ArrayList<Against>();
        for (int i = 0; i < corrected.size(); i++) {
            tests.add(new Against(i + 1, PairedTest.of(values.get(best), values.get(i + 1)), corrected.get(i)));
        }
        return Verdict.of(Measure.TEST_ACCURACY, rows(values), OptionalInt.of(best), OptionalInt.of(best), tests);
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
