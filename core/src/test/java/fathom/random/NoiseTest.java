package fathom.random;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoiseTest {
    /** SciPy's norm.ppf, 1.10.1. */
    @ParameterizedTest
    @CsvSource({
        "1e-20, -9.262340089798409",
        "1e-9, -5.9978070150076865",
        "0.0013, -3.0114537584997843",
        "0.02425, -1.972961051311885",
        "0.07499, -1.4396021182393162",
        "0.0751, -1.4388253927525403",
        "0.3, -0.5244005127080409",
        "0.5, 0",
        "0.61, 0.27931903444745415",
        "0.975, 1.959963984540054",
        "0.999999, 4.753424308817087"
    })
    void quantilesAreThoseOfTheNormalDistribution(double p, double z) {
        assertThat(Noise.quantile(p)).isCloseTo(z, Offset.offset(1e-14 + 1e-11 * Math.abs(z)));
    }

    /** Means of 100,000 draws deviate by about 1/316 (first moment), 1/224 (second) and 1/65 (fourth); four times that. */
    @Test
    void momentsAreThoseOfTheNormalDistribution() {
        var noise = Noise.of(3, "test", 5);
        int count = 100_000;
        double first = 0;
        double second = 0;
        double fourth = 0;
        double neighbours = 0;
        for (int i = 0; i < count; i++) {
            double it = noise.at(i);
            first += it / count;
            second += it * it / count;
            fourth += it * it * it * it / count;
            neighbours += it * noise.at(i + 1) / count;
        }
        assertThat(first).isCloseTo(0, Offset.offset(0.013));
        assertThat(second).isCloseTo(1, Offset.offset(0.018));
        assertThat(fourth).isCloseTo(3, Offset.offset(0.13));
        assertThat(neighbours).isCloseTo(0, Offset.offset(0.013));
    }

    @Test
    void aNumberIsNamedBySeedStreamStepAndIndex() {
        assertThat(Noise.of(1, "a", 2).at(3)).isEqualTo(Noise.of(1, "a", 2).at(3));
        assertThat(Noise.of(1, "a", 2).at(3))
                .isNotEqualTo(Noise.of(2, "a", 2).at(3))
                .isNotEqualTo(Noise.of(1, "b", 2).at(3))
                .isNotEqualTo(Noise.of(1, "a", 3).at(3))
                .isNotEqualTo(Noise.of(1, "a", 2).at(4));
    }
}
