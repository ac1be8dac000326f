package fathom.engine.vector;

import static fathom.engine.vector.BothKernels.between;
import static fathom.engine.vector.BothKernels.noise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fathom.random.Draws;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sums of products against the formulas of {@link Kernels} in 64-bit floats, on random sizes. */
class ProductKernelsTest {
    private static final int ROUNDS = 400;

    /** A sum of n products in 32 bits is off by less than n · 6e-8 of the sum of their sizes; n is at most 400. */
    private static final double TOLERANCE = 2.4e-5;

    @ParameterizedTest
    @MethodSource("fathom.engine.vector.BothKernels#all")
    void aProductIsTheSumItIsDefinedAs(Kernels kernels) {
        for (int round = 0; round < ROUNDS; round++) {
            new Product(Draws.of(round, "product", 0), kernels).check("round " + round);
        }
    }

    /** A pattern of random size on random numbers: weights at 0, summands behind them, then y, then x; or the weights elsewhere. */
    private static final class Product {
        private final Kernels kernels;
        private final Pattern pattern;
        private final Part part;
        private final int firstTap;
        private final int taps;
        private final int start;
        private final int from;
        private final int to;
        private final float[] m;
        private final float[] numbers;

        Product(Draws draws, Kernels kernels) {
            this.kernels = kernels;
            int lanes = kernels.lanes();
            int channels = between(draws, 1, 20);
            int positions = between(draws, 1, 20);
            int allTaps = between(draws, 1, 40);
            boolean isByChannel = draws.nextInt(2) == 0;
            int plane = (positions + draws.nextInt(3)) * lanes;
            pattern = new Pattern(
                    channels,
                    isByChannel ? allTaps : 1,
                    isByChannel ? 1 : channels,
                    offsets(draws, allTaps, lanes),
                    offsets(draws, positions, lanes),
                    Arrays.stream(draws.permutation(positions))
                            .map(p -> p * lanes)
                            .toArray(),
                    plane);
            int firstChannel = draws.nextInt(channels);
            int firstPosition = draws.nextInt(positions);
            part = new Part(
                    firstChannel,
                    between(draws, 1, channels - firstChannel),
                    firstPosition,
                    between(draws, 1, positions - firstPosition));
            firstTap = draws.nextInt(allTaps);
            taps = draws.nextInt(allTaps - firstTap + 1);
            int summands = channels * allTaps;
            start = new int[] {Kernels.ZERO, Kernels.ADD, summands}[draws.nextInt(3)];
            to = summands + channels;
            from = to + channels * plane;
            m = noise(draws, from + 60 * lanes);
            numbers = draws.nextInt(2) == 0 ? m : noise(draws, summands);
        }

        private static int[] offsets(Draws draws, int count, int lanes) {
            var offsets = new int[count];
            for (int i = 0; i < count; i++) {
                offsets[i] = draws.nextInt(30) * lanes;
            }
            return offsets;
        }

        void check(String name) {
            float[] before = m.clone();
            float[] weights = numbers.clone();
            kernels.product(pattern, part, firstTap, taps, numbers, 0, start, m, from, to);
            var isWritten = new boolean[m.length];
            for (int p = part.firstPosition(); p < part.firstPosition() + part.positions(); p++) {
                for (int c = part.firstChannel(); c < part.firstChannel() + part.channels(); c++) {
                    for (int lane = 0; lane < kernels.lanes(); lane++) {
                        int y = to + pattern.to[p] + c * pattern.plane + lane;
                        isWritten[y] = true;
                        checkSum(before, weights, y, p, c, lane, name);
                    }
                }
            }
            for (int i = 0; i < m.length; i++) {
                if (!isWritten[i] && m[i] != before[i]) {
                    throw new AssertionError("%s: wrote at %d, which is not y".formatted(name, i));
                }
            }
        }

        private void checkSum(float[] before, float[] weights, int y, int p, int c, int lane, String name) {
            double sum = start == Kernels.ZERO ? 0 : start == Kernels.ADD ? before[y] : before[start + c];
            double sizes = Math.abs(sum);
            for (int t = firstTap; t < firstTap + taps; t++) {
                double weight = weights[c * pattern.channelStep + t * pattern.tapStep];
                double product = weight * before[from + pattern.from[p] + pattern.taps[t] + lane];
                sum += product;
                sizes += Math.abs(product);
            }
            if (!(Math.abs(m[y] - sum) <= TOLERANCE * sizes)) {
                throw new AssertionError("%s: channel %d, position %d, lane %d is %s, expected %s"
                        .formatted(name, c, p, lane, m[y], sum));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fathom.engine.vector.BothKernels#all")
    void aCorrelationIsTheSumItIsDefinedAs(Kernels kernels) {
        int lanes = kernels.lanes();
        for (int round = 0; round < ROUNDS; round++) {
            var draws = Draws.of(round, "correlate", 0);
            int lefts = between(draws, 1, 20);
            int rights = between(draws, 1, 20);
            var overlap = new Overlap(
                    Product.offsets(draws, lefts, lanes),
                    7 * lanes,
                    lanes * between(draws, 1, 2),
                    Product.offsets(draws, rights, lanes),
                    5 * lanes,
                    lanes,
                    between(draws, 1, 4),
                    between(draws, 1, 6));
            int firstLeft = draws.nextInt(lefts);
            int firstRight = draws.nextInt(rights);
            var block = new Overlap.Block(
                    firstLeft,
                    between(draws, 1, lefts - firstLeft),
                    firstRight,
                    between(draws, 1, rights - firstRight));
            int right = 80 * lanes;
            int to = right + 80 * lanes;
            int scratch = to + lefts * rights;
            float[] m = noise(draws, scratch + 32 * lanes);
            float[] before = m.clone();
            kernels.correlate(overlap, block, m, 0, right, to, scratch);
            for (int i = 0; i < lefts; i++) {
                for (int j = 0; j < rights; j++) {
                    boolean isIn = i >= firstLeft
                            && i < firstLeft + block.lefts()
                            && j >= firstRight
                            && j < firstRight + block.rights();
                    int at = to + i * rights + j;
                    double expected = before[at] + (isIn ? pair(overlap, before, i, right, j, lanes) : 0);
                    assertThat((double) m[at])
                            .as("round %d, pair %d, %d", round, i, j)
                            .isCloseTo(expected, within(isIn ? 1e-3 : 0));
                }
            }
            assertThat(Arrays.copyOf(m, to)).isEqualTo(Arrays.copyOf(before, to));
        }
    }

    private static double pair(Overlap o, float[] m, int i, int right, int j, int lanes) {
        double sum = 0;
        for (int row = 0; row < o.rows; row++) {
            for (int column = 0; column < o.columns; column++) {
                for (int lane = 0; lane < lanes; lane++) {
                    sum += (double) m[o.left[i] + row * o.leftRow + column * o.leftStep + lane]
                            * m[right + o.right[j] + row * o.rightRow + column * o.rightStep + lane];
                }
            }
        }
        return sum;
    }
}
