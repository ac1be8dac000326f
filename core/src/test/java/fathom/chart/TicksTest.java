package fathom.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TicksTest {
    private static Ticks ticks(Axis axis, double low, double high) {
        return Ticks.of(axis, low, high, 5, true);
    }

    @Test
    void stepsAreRound() {
        assertThat(ticks(Axis.of(""), 0.03, 0.97).labels()).containsExactly("0.0", "0.2", "0.4", "0.6", "0.8", "1.0");
        assertThat(ticks(Axis.of(""), 0, 11).labels()).containsExactly("0.0", "2.5", "5.0", "7.5", "10.0", "12.5");
        assertThat(ticks(Axis.of(""), -120, 330).labels())
                .containsExactly("−200", "−100", "0", "100", "200", "300", "400");
        assertThat(ticks(Axis.of(""), 0, 60_000).labels()).containsExactly("0", "20,000", "40,000", "60,000");
    }

    @Test
    void epochsAreWhole() {
        assertThat(ticks(Axis.whole(""), 1, 3).labels()).containsExactly("1", "2", "3");
        assertThat(ticks(Axis.whole(""), 0, 12).labels()).containsExactly("0", "5", "10", "15");
        assertThat(Ticks.of(Axis.whole(""), 1, 100, 8, false).labels()).containsExactly("20", "40", "60", "80", "100");
    }

    @Test
    void percentagesShowAsManyDecimalsAsTheyNeed() {
        assertThat(ticks(Axis.percent(""), 0.985, 0.9941).labels())
                .containsExactly("98.4 %", "98.6 %", "98.8 %", "99.0 %", "99.2 %", "99.4 %", "99.6 %");
        assertThat(ticks(Axis.percent("").between(0, 1), 0.3, 0.4).labels())
                .containsExactly("0 %", "20 %", "40 %", "60 %", "80 %", "100 %");
    }

    @Test
    void powersOfTenStandOnALogarithmicAxis() {
        assertThat(ticks(Axis.log(""), 2e-7, 3).labels()).containsExactly("10⁻⁷", "10⁻⁵", "0.001", "0.1", "10");
        assertThat(ticks(Axis.log(""), 0.03, 0.4).labels()).containsExactly("0.02", "0.05", "0.1", "0.2", "0.5");
        assertThat(ticks(Axis.log(""), Double.NaN, Double.NaN).labels()).contains("1", "10");
    }

    @Test
    void veryLargeAndVerySmallNumbersAreShort() {
        assertThat(ticks(Axis.of(""), 0, 3e9).labels()).contains("1·10⁹", "2·10⁹");
        assertThat(ticks(Axis.of(""), 0, 3e-8).labels()).contains("1·10⁻⁸");
    }

    @Test
    void oneNumberHasRoomAroundIt() {
        Ticks ticks = ticks(Axis.of(""), 5, 5);
        assertThat(ticks.from()).isLessThan(5);
        assertThat(ticks.to()).isGreaterThan(5);
        assertThat(ticks(Axis.whole(""), 1, 1).labels()).containsExactly("0", "1", "2");
    }

    /** Whatever the numbers: few marks, in order, inside, each written in its own way, and the numbers between the ends. */
    @Test
    void marksSuitAnyRange() {
        var random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            double low = random.nextGaussian() * Math.pow(10, random.nextInt(-12, 12));
            double high = low + Math.abs(random.nextGaussian()) * Math.pow(10, random.nextInt(-3, 3)) * Math.abs(low);
            Axis axis = random.nextInt(4) == 0 ? Axis.log("") : Axis.of("");
            double from = axis.scale() == Axis.Scale.LOG ? Math.abs(low) : low;
            double to = axis.scale() == Axis.Scale.LOG ? from + high - low : high;
            int most = random.nextInt(2, 12);
            Ticks ticks = Ticks.of(axis, from, to, most, true);
            String range = "%s … %s, at most %d: %s".formatted(from, to, most, ticks);
            assertThat(ticks.values()).as(range).hasSizeBetween(2, most + 4).isSorted();
            assertThat(ticks.labels()).as(range).doesNotHaveDuplicates();
            double slack = 1e-6 * (ticks.to() - ticks.from());
            assertThat(ticks.from()).as(range).isLessThanOrEqualTo(from + slack);
            assertThat(ticks.to()).as(range).isGreaterThanOrEqualTo(to - slack);
            assertThat(ticks.values().getFirst()).as(range).isGreaterThanOrEqualTo(ticks.from());
            assertThat(ticks.values().getLast()).as(range).isLessThanOrEqualTo(ticks.to());
        }
    }
}
