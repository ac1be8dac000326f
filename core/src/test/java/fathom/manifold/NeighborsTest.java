package fathom.manifold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NeighborsTest {
    @ParameterizedTest
    @CsvSource({"2, 1, 1", "3, 1, 2", "50, 3, 7", "513, 5, 20", "1300, 50, 90", "200, 784, 30", "1100, 2, 1000"})
    void areThoseOfSortingAllDistances(int n, int d, int k) {
        Matrix points = Tables.noise(n, d, n);
        Neighbors neighbors = Neighbors.among(points, k, 2);
        for (int i = 0; i < n; i += Math.max(1, n / 40)) {
            int[] expected = sorted(points, i, k);
            for (int j = 0; j < k; j++) {
                // In float32 two of nearly the same distance may change places.
                assertThat(Math.sqrt(Tables.squaredDistance(points, i, neighbors.index(i, j))))
                        .isCloseTo(Math.sqrt(Tables.squaredDistance(points, i, expected[j])), within(1e-6));
                assertThat((double) neighbors.distance(i, j))
                        .isCloseTo(Math.sqrt(Tables.squaredDistance(points, i, expected[j])), within(1e-4));
            }
        }
    }

    private static int[] sorted(Matrix points, int i, int k) {
        return IntStream.range(0, points.rows())
                .filter(j -> j != i)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer j) -> Tables.squaredDistance(points, i, j))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(k)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** On a lattice nearly everything is a tie. */
    @Test
    void tiesAreOrderedByIndex() {
        Matrix lattice = Matrix.zeros(900, 2);
        for (int i = 0; i < 900; i++) {
            lattice.values()[2 * i] = i % 30;
            lattice.values()[2 * i + 1] = Math.floorDiv(i, 30);
        }
        Neighbors neighbors = Neighbors.among(lattice, 12, 2);
        for (int i = 0; i < 900; i += 37) {
            int[] expected = sorted(lattice, i, 12);
            int row = i;
            assertThat(IntStream.range(0, 12).map(j -> neighbors.index(row, j))).containsExactly(box(expected));
        }
    }

    private static Integer[] box(int[] values) {
        return Arrays.stream(values).boxed().toArray(Integer[]::new);
    }

    @Test
    void duplicatesAreNeighboursAtDistanceZeroLowestIndexFirst() {
        Matrix some = Tables.noise(40, 3, 5);
        int[] chosen = IntStream.range(0, 400).map(i -> i * 7 % 40).toArray();
        Matrix points = some.select(chosen);
        Neighbors neighbors = Neighbors.among(points, 25, 2);
        for (int i = 0; i < 400; i += 13) {
            int[] expected = sorted(points, i, 25);
            int row = i;
            assertThat(IntStream.range(0, 25).map(j -> neighbors.index(row, j))).containsExactly(box(expected));
            assertThat(neighbors.distance(i, 8)).isZero();
            assertThat(neighbors.distance(i, 9)).isPositive();
        }
    }

    @Test
    void aHundredThousandEqualPointsAreDoneInAMoment() {
        Matrix points = Matrix.of(100_000, 5, new float[500_000]);
        Neighbors neighbors = Neighbors.among(points, 90, 2);
        assertThat(neighbors.index(0, 0)).isEqualTo(1);
        assertThat(neighbors.index(50, 89)).isEqualTo(90);
        assertThat(neighbors.index(99_999, 89)).isEqualTo(89);
        assertThat(neighbors.distance(99_999, 89)).isZero();
    }

    @ParameterizedTest
    @ValueSource(floats = {1e-30f, 1e30f})
    void verySmallAndVeryLargeNumbersAreNoMatter(float scale) {
        Matrix points = Tables.noise(300, 10, 3);
        Matrix scaled = Tables.scaled(points, scale);
        Neighbors neighbors = Neighbors.among(scaled, 10, 1);
        assertThat(Quality.recall(Neighbors.among(points, 10, 1), neighbors)).isEqualTo(1);
        double expected = Math.sqrt(Tables.squaredDistance(points, 0, neighbors.index(0, 0)));
        assertThat(neighbors.distance(0, 0) / (double) scale).isCloseTo(expected, within(1e-5));
    }

    @Test
    void twoFarCloudsKeepTheirInnerOrder() {
        Matrix points = Tables.noise(400, 4, 8);
        for (int i = 0; i < 200 * 4; i++) {
            points.values()[i] += 1000;
        }
        Neighbors neighbors = Neighbors.among(points, 20, 2);
        for (int i = 0; i < 400; i += 17) {
            int[] expected = sorted(points, i, 20);
            int row = i;
            assertThat(IntStream.range(0, 20).map(j -> neighbors.index(row, j))).containsExactly(box(expected));
        }
    }

    /** The numbers of a column keep their digits whatever its mean. */
    @ParameterizedTest
    @CsvSource({"1e9, 0", "-1e9, 0", "3.9, 2", "-3.9, -2"})
    void smallDifferencesCountBesideLargeNumbers(float far, float offset) {
        Matrix points = Matrix.zeros(101, 1);
        for (int i = 0; i < 100; i++) {
            points.values()[i] = offset + i * 0x1p-20f;
        }
        points.values()[100] = far;
        Neighbors among = Neighbors.among(points, 2, 1);
        Neighbors of = Neighbors.of(points, points, 3, 1);
        for (int i = 1; i < 99; i++) {
            assertThat(new int[] {among.index(i, 0), among.index(i, 1)}).containsExactly(i - 1, i + 1);
            assertThat(new int[] {of.index(i, 0), of.index(i, 1), of.index(i, 2)})
                    .containsExactly(i, i - 1, i + 1);
            assertThat(among.distance(i, 1)).isEqualTo(0x1p-20f);
        }
    }

    @Test
    void theSameToTheLastBitForAnyNumberOfThreads() {
        Matrix points = Tables.clouds(3000, 20, 5, 3, 4);
        Neighbors one = Neighbors.among(points, 30, 1);
        for (int threads : new int[] {2, 4}) {
            Neighbors many = Neighbors.among(points, 30, threads);
            assertThat(many.indices()).isEqualTo(one.indices());
            assertThat(many.squared()).isEqualTo(one.squared());
        }
    }

    @Test
    void queriesFindTheirNearestPoints() {
        Matrix points = Tables.noise(700, 6, 1);
        Matrix queries = Tables.noise(30, 6, 2);
        Neighbors neighbors = Neighbors.of(queries, points, 3, 2);
        for (int q = 0; q < 30; q++) {
            double best = Double.POSITIVE_INFINITY;
            for (int i = 0; i < 700; i++) {
                double sum = 0;
                for (int c = 0; c < 6; c++) {
                    sum += Math.pow((double) queries.at(q, c) - points.at(i, c), 2);
                }
                best = Math.min(best, sum);
            }
            assertThat((double) neighbors.distance(q, 0)).isCloseTo(Math.sqrt(best), within(1e-5));
        }
        assertThat(Neighbors.of(points, points, 1, 1).index(5, 0)).isEqualTo(5);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        Matrix points = Tables.noise(10, 2, 1);
        assertThatThrownBy(() -> Neighbors.among(points, 10, 1)).hasMessageContaining("k must be 1 … 9");
        assertThatThrownBy(() -> Neighbors.of(Tables.noise(3, 3, 1), points, 1, 1))
                .hasMessageContaining("3 columns");
        points.values()[7] = Float.NaN;
        assertThatThrownBy(() -> Neighbors.among(points, 3, 1)).hasMessageContaining("NaN at row 3, column 1");
    }
}
