package fathom.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Intervals and tests of shares, against published tables and SciPy. */
class TestsOfSharesTest {
    /** Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17, 1998, table I. */
    @ParameterizedTest
    @CsvSource({"81, 263, 0.2553, 0.3662", "15, 148, 0.0624, 0.1605", "0, 20, 0.0000, 0.1611", "1, 29, 0.0061, 0.1718"})
    void intervalsAreThoseOfNewcombesTable(long hits, long trials, double low, double high) {
        var interval = Interval.wilson(hits, trials);
        assertThat(interval.low()).isCloseTo(low, within(5e-5));
        assertThat(interval.high()).isCloseTo(high, within(5e-5));
    }

    /** {@code scipy.stats.binomtest(hits, trials).proportion_ci(method="wilson")}. */
    @ParameterizedTest
    @CsvSource({
        "81, 263, 0.2552885198782742, 0.36620957698280004",
        "9909, 10000, 0.9888411689374499, 0.9925818214622197",
        "1, 29, 0.006113214292762667, 0.17175521879320282"
    })
    void intervalsAreThoseOfScipy(long hits, long trials, double low, double high) {
        var interval = Interval.wilson(hits, trials);
        assertThat(interval.low()).isCloseTo(low, within(1e-12));
        assertThat(interval.high()).isCloseTo(high, within(1e-12));
    }

    @Test
    void intervalsOfNoneAndAllEndAtZeroAndOne() {
        assertThat(Interval.wilson(0, 5).low()).isZero();
        assertThat(Interval.wilson(5, 5).high()).isEqualTo(1);
        assertThatThrownBy(() -> Interval.wilson(6, 5)).hasMessage("hits must be in 0 … trials, got 6 of 5");
    }

    /** {@code scipy.stats.binomtest(min(b, c), b + c).pvalue}. */
    @ParameterizedTest
    @CsvSource({"5, 15, 0.04138946533203125", "0, 7, 0.015625", "12, 12, 1", "3, 21, 0.0002771615982055664", "0, 0, 1"})
    void fewDiscordantPairsAreTestedExactly(int b, int c, double p) {
        var test = McNemar.of(b, c);
        assertThat(test.kind()).isEqualTo(McNemar.Kind.EXACT_BINOMIAL);
        assertThat(test.p()).isCloseTo(p, within(1e-14));
        assertThat(McNemar.of(c, b).p()).isEqualTo(test.p());
    }

    /** {@code scipy.stats.chi2.sf((abs(b - c) - 1)**2 / (b + c), 1)}. */
    @ParameterizedTest
    @CsvSource({
        "20, 30, 0.20309178757716426",
        "86, 150, 4.114562281345944e-05",
        "156, 617, 1.7382029288017075e-61",
        "13, 12, 1"
    })
    void manyDiscordantPairsAreTestedByChiSquared(int b, int c, double p) {
        var test = McNemar.of(b, c);
        assertThat(test.kind()).isEqualTo(McNemar.Kind.CHI_SQUARED);
        assertThat(test.p()).isCloseTo(p, Percentage.withPercentage(1e-8));
    }

    /** {@code 2 * scipy.stats.norm.sf(z)}; 1 − erf loses digits up to z = 3, where the tail is 0.0027. */
    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "0.5, 0.6170750774519738",
        "1.959963984540054, 0.05",
        "2.9, 0.003731626600768075",
        "3.1, 0.0019352064264367126",
        "6, 1.973175290075389e-09",
        "20, 5.507248237212311e-89"
    })
    void tailsOfTheNormalAreThoseOfScipy(double z, double tails) {
        assertThat(Normal.twoTails(z)).isCloseTo(tails, Percentage.withPercentage(1e-9));
    }

    @Test
    void answersToOtherExamplesAreNotCompared() {
        Answers all = AnswersTest.made(20);
        assertThatThrownBy(() -> McNemar.of(all, all.of(1, 2, 3)))
                .hasMessage("the answers are to different examples: 20 and 3 of them");
        assertThat(McNemar.of(all, all).p()).isEqualTo(1);
    }
}
