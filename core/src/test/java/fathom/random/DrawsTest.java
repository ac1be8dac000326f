package fathom.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrawsTest {
    /** Reference outputs of SplitMix64 from state 0: Vigna's splitmix64.c. */
    @Test
    void theGeneratorIsSplitMix64() {
        long state = 0;
        var expected = new long[] {0xe220a8397b1dcdafL, 0x6e789e6aa1b965f4L, 0x06c45d188009454fL};
        for (long value : expected) {
            state += 0x9e3779b97f4a7c15L;
            long z = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
            z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
            assertThat(z ^ (z >>> 31)).isEqualTo(value);
        }
        assertThat(Draws.fromState(0).nextLong()).isEqualTo(expected[0]);
    }

    @Test
    void theSameNameGivesTheSameNumbersForEver() {
        assertThat(Draws.of(6, "order", 3).nextLong())
                .isEqualTo(Draws.of(6, "order", 3).nextLong());
        assertThat(Draws.key(6, "order", 3)).isEqualTo(-7351190135384055112L);
    }

    @Test
    void anotherSeedStreamOrStepGivesOthers() {
        long first = Draws.of(1, "a", 0).nextLong();
        assertThat(Draws.of(2, "a", 0).nextLong()).isNotEqualTo(first);
        assertThat(Draws.of(1, "b", 0).nextLong()).isNotEqualTo(first);
        assertThat(Draws.of(1, "a", 1).nextLong()).isNotEqualTo(first);
    }

    @Test
    void integersAreEvenlySpread() {
        int[] counts = new int[7];
        var draws = Draws.of(1, "spread", 0);
        for (int i = 0; i < 70_000; i++) {
            counts[draws.nextInt(7)]++;
        }
        // Standard deviation of a count is about 93: five of them allow one failure in a million.
        assertThat(Arrays.stream(counts).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(10_000 - 465, 10_000 + 465));
    }

    @Test
    void gaussiansHaveMeanZeroAndDeviationOne() {
        var draws = Draws.of(1, "normal", 0);
        double[] values = IntStream.range(0, 100_000)
                .mapToDouble(i -> draws.nextGaussian())
                .toArray();
        assertThat(Arrays.stream(values).average().orElseThrow()).isBetween(-0.016, 0.016);
        assertThat(Arrays.stream(values).map(x -> x * x).average().orElseThrow())
                .isBetween(0.977, 1.023);
    }

    @Test
    void aPermutationHoldsEachNumberOnce() {
        int[] order = Draws.of(1, "order", 0).permutation(1000);
        assertThat(order).isNotEqualTo(IntStream.range(0, 1000).toArray());
        assertThat(Arrays.stream(order).sorted().toArray())
                .isEqualTo(IntStream.range(0, 1000).toArray());
    }

    @Test
    void aBoundMustBePositive() {
        assertThatThrownBy(() -> Draws.of(1, "x", 0).nextInt(0)).hasMessage("a bound must be positive, got 0");
    }
}
