package fathom.engine.vector;

import static fathom.engine.vector.BothKernels.between;
import static fathom.engine.vector.BothKernels.halves;
import static fathom.engine.vector.BothKernels.noise;
import static org.assertj.core.api.Assertions.assertThat;

import fathom.random.Draws;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kernels that work on one plane against their formulas in 64-bit floats, on random sizes. */
class PlaneKernelsTest {
    private static final int ROUNDS = 300;

    /** Sums of at most a hundred numbers of size 1 to 10, in 32 bits. */
    private static final double TOLERANCE = 1e-3;

    @ParameterizedTest
    @MethodSource("fathom.engine.vector.BothKernels#all")
    void momentsAndSumsAreWhatTheyAreDefinedAs(Kernels kernels) {
        int lanes = kernels.lanes();
        for (int round = 0; round < ROUNDS; round++) {
            var draws = Draws.of(round, "moments", 0);
            var grid = new Kernels.Grid(between(draws, 1, 7), between(draws, 1, 7));
            int row = (grid.columns() + draws.nextInt(3)) * lanes;
            int dRow = (grid.columns() + draws.nextInt(3)) * lanes;
            int d = 7 * row;
            int out = d + 7 * dRow;
            float[] m = noise(draws, out + 3 * lanes);
            float[] before = m.clone();
            kernels.moments(m, 0, grid, row, out);
            for (int lane = 0; lane < lanes; lane++) {
                var sums = new double[] {before[lane], 0, 0};
                for (int i = 0; i < grid.rows() * grid.columns(); i++) {
                    double x = before[i / grid.columns() * row + i % grid.columns() * lanes + lane] - before[lane];
                    sums[1] += x;
                    sums[2] += x * x;
                }
                expect("moments, round " + round, m, out, lanes, lane, sums);
            }
            kernels.sum(m, 0, grid, row, out);
            for (int lane = 0; lane < lanes; lane++) {
                double sum = 0;
                for (int i = 0; i < grid.rows() * grid.columns(); i++) {
                    sum += before[i / grid.columns() * row + i % grid.columns() * lanes + lane];
                }
                expect("sum, round " + round, m, out, lanes, lane, new double[] {sum});
            }
            kernels.sums(m, d, dRow, 0, row, grid, 0.5f, out);
            for (int lane = 0; lane < lanes; lane++) {
                var sums = new double[2];
                for (int i = 0; i < grid.rows() * grid.columns(); i++) {
                    int column = i % grid.columns() * lanes + lane;
                    double gradient = before[d + i / grid.columns() * dRow + column];
                    sums[0] += gradient;
                    sums[1] += gradient * (before[i / grid.columns() * row + column] - 0.5);
                }
                expect("sums, round " + round, m, out, lanes, lane, sums);
            }
            assertThat(Arrays.copyOf(m, out)).isEqualTo(Arrays.copyOf(before, out));
        }
    }

    private static void expect(String name, float[] m, int out, int lanes, int lane, double[] expected) {
        for (int i = 0; i < expected.length; i++) {
            close("%s, sum %d, lane %d".formatted(name, i, lane), m[out + i * lanes + lane], expected[i]);
        }
    }

    private static void close(String name, float actual, double expected) {
        if (!(Math.abs(actual - expected) <= TOLERANCE)) {
            throw new AssertionError("%s is %s, expected %s".formatted(name, actual, expected));
        }
    }

    /** Of kernels 1 … 4 and strides 1 … 4, on numbers of which many are equal. */
    @ParameterizedTest
    @MethodSource("fathom.engine.vector.BothKernels#all")
    void poolingAndItsWayBackAreWhatTheyAreDefinedAs(Kernels kernels) {
        for (int round = 0; round < 2 * ROUNDS; round++) {
            new Pooling(Draws.of(round, "pooling", 0), kernels, true).check("round " + round);
        }
    }

    @ParameterizedTest
    @MethodSource("fathom.engine.vector.BothKernels#all")
    void marksLeadTheSameWayBack(Kernels kernels) {
        int tiling = 0;
        for (int round = 0; round < 4 * ROUNDS; round++) {
            var pooling = new Pooling(Draws.of(round, "marks", 0), kernels, false);
            if (pooling.k.tiles()) {
                pooling.checkMarks("round " + round);
                tiling++;
            }
        }
        assertThat(tiling).isGreaterThan(100);
    }

    /** Four planes, one after the other: x, y, the gradient at y, the gradient at x; then two vectors of sums. */
    private static final class Pooling {
        private final Kernels kernels;
        private final int lanes;
        private final Window k;
        private final Kernels.Norm norm;
        private final int y;
        private final int dy;
        private final int dx;
        private final int out;
        private final int marks;
        private final float[] m;
        private final float[] before;

        Pooling(Draws draws, Kernels kernels, boolean isNormed) {
            this.kernels = kernels;
            lanes = kernels.lanes();
            int kernel = between(draws, 1, 4);
            int stride = draws.nextInt(2) == 0 ? kernel : between(draws, 1, 4);
            var of = new Kernels.Grid(between(draws, kernel, kernel + 7), between(draws, kernel, kernel + 7));
            var to = new Kernels.Grid((of.rows() - kernel) / stride + 1, (of.columns() - kernel) / stride + 1);
            k = new Window(
                    to,
                    of,
                    kernel,
                    stride,
                    (of.columns() + draws.nextInt(3)) * lanes,
                    (to.columns() + draws.nextInt(3)) * lanes,
                    (to.columns() + draws.nextInt(3)) * lanes,
                    (of.columns() + draws.nextInt(3)) * lanes);
            float[] scales = {1, -0.5f, 2};
            float[] slopes = {0, 0.01f, 1};
            float slope = slopes[draws.nextInt(3)];
            norm = isNormed
                    ? new Kernels.Norm(scales[draws.nextInt(3)], draws.nextInt(3) * 0.5f, slope)
                    : new Kernels.Norm(1, 0, slope);
            y = of.rows() * k.xRow();
            dy = y + to.rows() * k.yRow();
            dx = dy + to.rows() * k.dyRow();
            out = dx + of.rows() * k.dxRow();
            marks = out + 2 * lanes;
            m = halves(draws, marks + to.rows() * to.columns() * Math.max(lanes, MarkLoops.perWindow(kernel)));
            before = m.clone();
        }

        void check(String name) {
            kernels.pool(m, k, 0, y, norm);
            double[] d = checkLargest(name);
            if (k.kernel() == 2 && k.tiles()) {
                checkWinners(name);
            }
            kernels.route(m, k, 0, dy, dx, norm, 1, 0, 0);
            checkGradient(name + ": " + k + ", routed", d, 1, 0, 0);
            kernels.route(m, k, 0, dy, dx, norm, 0.5f, -2, 0.25f);
            checkGradient(name + ": " + k + ", routed and combined", d, 0.5, -2, 0.25);
            kernels.routedSums(m, k, 0, dy, norm, 0.5f, dx, out);
            for (int lane = 0; lane < lanes; lane++) {
                var sums = new double[2];
                for (int i = lane; i < d.length; i += lanes) {
                    sums[0] += d[i];
                    sums[1] += d[i] * (x(i) - 0.5);
                }
                expect(name + ": " + k, m, out, lanes, lane, sums);
            }
            assertThat(Arrays.copyOf(m, y)).isEqualTo(Arrays.copyOf(before, y));
        }

        private void checkWinners(String name) {
            float[] pooled = Arrays.copyOfRange(m, y, dy);
            Arrays.fill(m, y, dy, 0);
            kernels.poolKeeping(m, k, 0, y, norm, marks);
            for (int row = 0; row < k.out().rows(); row++) {
                for (int i = 0; i < k.out().columns() * lanes; i++) {
                    int at = row * k.yRow() + i;
                    close(name + ": " + k + ", largest again", m[y + at], pooled[at]);
                    float winner = m[marks + row * k.out().columns() * lanes + i];
                    close(name + ": " + k + ", what won", winner, x(winner(row, i)));
                }
            }
        }

        void checkMarks(String name) {
            kernels.marks().pool(m, k, 0, y, norm.slope(), marks);
            double[] d = checkLargest(name);
            assertThat(Arrays.copyOf(m, y)).isEqualTo(Arrays.copyOf(before, y));
            Arrays.fill(m, 0, y, Float.NaN); // the way back must not look
            kernels.marks().route(m, k, marks, dy, dx, norm.slope());
            checkGradient(name + ": " + k + ", routed by marks", d, 1, 0, 0);
        }

        /** @return what each number of x earns */
        private double[] checkLargest(String name) {
            var d = new double[k.in().rows() * k.in().columns() * lanes];
            for (int row = 0; row < k.out().rows(); row++) {
                for (int i = 0; i < k.out().columns() * lanes; i++) {
                    int winner = winner(row, i);
                    double best = value(winner);
                    double slope = best > 0 ? 1 : norm.slope();
                    close(name + ": " + k + ", largest", m[y + row * k.yRow() + i], slope * best);
                    d[winner] += slope * before[dy + row * k.dyRow() + i];
                }
            }
            return d;
        }

        private void checkGradient(String name, double[] d, double a, double b, double c) {
            for (int i = 0; i < d.length; i++) {
                int rowLength = k.in().columns() * lanes;
                float actual = m[dx + i / rowLength * k.dxRow() + i % rowLength];
                close(name + " at " + i, actual, a * d[i] + (b == 0 ? 0 : b * x(i)) + c);
            }
        }

        /** The input's number i, counted without what lies between rows. */
        private double x(int i) {
            int rowLength = k.in().columns() * lanes;
            return before[i / rowLength * k.xRow() + i % rowLength];
        }

        private double value(int i) {
            return norm.scale() * x(i) + norm.shift();
        }

        /** The first of a window's largest. */
        private int winner(int row, int i) {
            int best = -1;
            for (int number = 0; number < k.kernel() * k.kernel(); number++) {
                int r = row * k.stride() + number / k.kernel();
                int column = i / lanes * k.stride() + number % k.kernel();
                int candidate = (r * k.in().columns() + column) * lanes + i % lanes;
                if (best < 0 || value(candidate) > value(best)) {
                    best = candidate;
                }
            }
            return best;
        }
    }

    @ParameterizedTest
    @MethodSource("fathom.engine.vector.BothKernels#all")
    void dropoutDropsItsShareByTheCountedHash(Kernels kernels) {
        int lanes = kernels.lanes();
        var grid = new Kernels.Grid(9, 7);
        int row = 8 * lanes;
        int laneStep = 63;
        int dropped = 0;
        for (int round = 0; round < ROUNDS; round++) {
            float[] m = noise(Draws.of(round, "dropout", 0), 9 * row);
            float[] before = m.clone();
            int index = round * laneStep * lanes;
            kernels.dropout(m, 0, grid, row, index, laneStep, 12345, Hash.threshold(0.3), 2);
            for (int i = 0; i < m.length; i++) {
                int column = i % row / lanes;
                int number = index + i / row * 7 + column + i % lanes * laneStep;
                boolean isDropped = Hash.of(number, 12345) >>> 1 < 0.3 * 0x1p31;
                float expected = column == 7 ? before[i] : isDropped ? 0 : 2 * before[i];
                assertThat(m[i]).isEqualTo(expected);
                dropped += column < 7 && isDropped ? 1 : 0;
            }
        }
        double count = ROUNDS * 63.0 * lanes;
        assertThat(Math.abs(dropped / count - 0.3)).isLessThan(4 * Math.sqrt(0.3 * 0.7 / count));
    }

    @ParameterizedTest
    @MethodSource("fathom.engine.vector.BothKernels#all")
    void rowsBecomeLanesAndRowsAgain(Kernels kernels) {
        int lanes = kernels.lanes();
        for (int round = 0; round < ROUNDS; round++) {
            var draws = Draws.of(round, "lanes", 0);
            int count = between(draws, 1, 50);
            int examples = between(draws, 1, lanes);
            int step = count + draws.nextInt(3);
            int[] place =
                    Arrays.stream(draws.permutation(count)).map(i -> i * lanes).toArray();
            int scratch = 5 + count * lanes;
            float[] rows = noise(draws, 3 + lanes * step + count);
            float[] m = noise(draws, scratch + lanes * lanes);
            kernels.toLanes(rows, 3, step, examples, m, 5, place, scratch);
            var back = new float[rows.length];
            kernels.toRows(m, 5, place, examples, back, 3, step, scratch);
            for (int e = 0; e < count; e++) {
                for (int lane = 0; lane < lanes; lane++) {
                    int at = 3 + lane * step + e;
                    assertThat(m[5 + place[e] + lane]).isEqualTo(lane < examples ? rows[at] : 0);
                    assertThat(back[at]).isEqualTo(lane < examples ? rows[at] : 0);
                }
            }
        }
    }
}
