package fathom.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Means, intervals and paired tests against SciPy: {@code statistics.py} beside {@code statistics.json} made the numbers. */
class SpreadTest {
    /** Of the number itself: both sides round a few dozen times in 64 bits. */
    private static final double TOLERANCE = 1e-12;

    @Test
    void meansDeviationsAndIntervalsAreThoseOfScipy() throws IOException {
        for (JsonNode each : golden().get("cases")) {
            requireSame(Spread.of(numbers(each.get("first"))), each.get("spread"), scale(each));
        }
    }

    @Test
    void pairedTestsAreThoseOfScipy() throws IOException {
        for (JsonNode each : golden().get("cases")) {
            var test = PairedTest.of(numbers(each.get("first")), numbers(each.get("second")));
            var outcome = test.outcome().orElseThrow();
            requireSame(test.difference(), each.get("difference"), scale(each));
            requireClose("t", outcome.t(), each.get("t").asDouble());
            requireClose("p", outcome.p(), each.get("p").asDouble());
        }
    }

    @Test
    void holmsCorrectionIsThatOfItsDefinition() throws IOException {
        for (JsonNode each : golden().get("holm")) {
            var p = List.copyOf(Arrays.stream(numbers(each.get("p"))).boxed().toList());
            assertThat(Holm.corrected(p))
                    .containsExactly(Arrays.stream(numbers(each.get("corrected")))
                            .boxed()
                            .toArray(Double[]::new));
        }
        assertThat(Holm.corrected(List.of())).isEmpty();
    }

    @Test
    void oneMeasurementHasNoWidth() {
        var spread = Spread.of(0.5);
        assertThat(spread.mean()).isEqualTo(0.5);
        assertThat(spread.width()).isEmpty();
        assertThat(PairedTest.of(new double[] {0.5}, new double[] {0.6}).outcome())
                .isEmpty();
    }

    @Test
    void differencesThatAreAllTheSameAreNotTested() {
        var test = PairedTest.of(new double[] {1, 2, 3}, new double[] {2, 3, 4});
        assertThat(test.difference().mean()).isEqualTo(1);
        assertThat(test.outcome()).isEmpty();
        assertThat(PairedTest.of(new double[] {1, 2}, new double[] {1, 2}).outcome())
                .isEmpty();
    }

    @Test
    void whatCannotBeMeasuredIsRefused() {
        assertThatThrownBy(Spread::of).hasMessage("a mean needs at least one value");
        assertThatThrownBy(() -> Spread.of(1, Double.NaN)).hasMessageContaining("finite");
        assertThatThrownBy(() -> PairedTest.of(new double[2], new double[3]))
                .hasMessage("a paired test needs as many of each, got 2 and 3");
    }

    private static void requireSame(Spread spread, JsonNode golden, double scale) {
        var width = spread.width().orElseThrow();
        requireWithin("mean", spread.mean(), golden.get("mean").asDouble(), scale);
        requireWithin("deviation", width.deviation(), golden.get("deviation").asDouble(), scale);
        requireWithin("low", width.low(), golden.get("low").asDouble(), scale);
        requireWithin("high", width.high(), golden.get("high").asDouble(), scale);
    }

    private static void requireWithin(String what, double value, double golden, double scale) {
        assertThat(Math.abs(value - golden))
                .as("%s: %s, SciPy %s", what, value, golden)
                .isLessThanOrEqualTo(TOLERANCE * scale);
    }

    private static void requireClose(String what, double value, double golden) {
        assertThat(Math.abs(value - golden))
                .as("%s: %s, SciPy %s", what, value, golden)
                .isLessThanOrEqualTo(TOLERANCE * Math.abs(golden));
    }

    private static double scale(JsonNode each) {
        double largest = 0;
        for (double value : numbers(each.get("first"))) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static double[] numbers(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    private static JsonNode golden() throws IOException {
        try (InputStream in = Objects.requireNonNull(SpreadTest.class.getResourceAsStream("statistics.json"))) {
            return JsonMapper.shared().readTree(in);
        }
    }
}
