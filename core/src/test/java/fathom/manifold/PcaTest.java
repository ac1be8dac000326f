package fathom.manifold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PcaTest {
    /** Numbers from sklearn.decomposition.PCA(3, svd_solver="full"), scikit-learn 1.2.1, signs turned by our rule. */
    @Test
    void isThatOfScikitLearn() {
        Pca pca = Pca.fit(Tables.waves(60, 7), 3, 1);
        assertThat(pca.variances())
                .containsExactly(
                        new double[] {1.0780162392631305, 0.7811900288078797, 0.503688599966853}, within(1e-6));
        assertThat(pca.ratios())
                .containsExactly(
                        new double[] {0.24779054695330838, 0.179562698095429, 0.11577680292204601}, within(1e-6));
        assertThat(pca.axes().row(0))
                .containsExactly(
                        new float[] {-0.426503f, -0.352666f, 0.44552f, 0.17584f, 0.465899f, -0.435199f, 0.240528f},
                        within(3e-5f));
        assertThat(pca.axes().at(2, 1)).isCloseTo(0.611469f, within(3e-5f));
    }

    /** Covariance in double and all eigenvectors, for every way in which axes are found. */
    @ParameterizedTest
    @CsvSource({"300, 20, 5", "20, 300, 5", "900, 400, 12", "400, 900, 12", "2100, 2050, 4"})
    void axesAreExactForEveryShape(int n, int d, int k) {
        Matrix points = decaying(n, d);
        Pca pca = Pca.fit(points, k, 2);
        Matrix found = pca.transform(points, 2);
        float most = (float) Math.sqrt(pca.variances()[0]);
        assertThat(Pca.fitTransform(points, k, 2).coordinates().values())
                .containsExactly(found.values(), within(1e-5f * most));
        double before = Double.POSITIVE_INFINITY;
        for (int a = 0; a < k; a++) {
            // The residual ‖Cv − λv‖ with C applied in double.
            double[] axis = new double[d];
            for (int c = 0; c < d; c++) {
                axis[c] = pca.axes().at(a, c);
            }
            double[] image = covarianceTimes(points, axis);
            double value = Doubles.dot(image, axis) / Doubles.dot(axis, axis);
            Doubles.addScaled(image, -value, axis);
            assertThat(Math.sqrt(Doubles.dot(image, image)) / value).isLessThan(3e-4);
            // What the axis, rounded to float32, is off by counts squared.
            assertThat(pca.variances()[a]).isCloseTo(value, within(1e-9 * value));
            assertThat(value).isLessThan(before);
            before = value;
            double squares = 0;
            for (float coordinate : found.column(a)) {
                squares += (double) coordinate * coordinate;
            }
            assertThat(squares / (n - 1)).isCloseTo(value, within(1e-5 * value));
        }
    }

    /** Noise turned so that no axis is a coordinate, with a spectrum that falls. */
    private static Matrix decaying(int n, int d) {
        Matrix points = Tables.noise(n, d, 11);
        for (int i = 0; i < n; i++) {
            float carried = 0;
            for (int c = 0; c < d; c++) {
                float value = points.values()[i * d + c] * (float) (0.05 + 3 * Math.exp(-c / 4.0));
                carried = 0.6f * carried + value;
                points.values()[i * d + c] = carried + 5;
            }
        }
        return points;
    }

    private static double[] covarianceTimes(Matrix points, double[] axis) {
        int n = points.rows();
        int d = points.columns();
        double[] mean = new double[d];
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < d; c++) {
                mean[c] += points.at(i, c) / (double) n;
            }
        }
        double[] result = new double[d];
        for (int i = 0; i < n; i++) {
            double along = 0;
            for (int c = 0; c < d; c++) {
                along += (points.at(i, c) - mean[c]) * axis[c];
            }
            for (int c = 0; c < d; c++) {
                result[c] += along * (points.at(i, c) - mean[c]) / (n - 1);
            }
        }
        return result;
    }

    /** By every route, but for rounding in float32 divided by the relative distance of two variances, some hundredths. */
    @ParameterizedTest
    @CsvSource({"130, 70, 4", "70, 130, 4", "700, 210, 9", "210, 700, 9", "513, 33, 6"})
    void everyRouteLeadsToTheSameAxes(int n, int d, int k) {
        Matrix points = decaying(n, d);
        try (Team team = new Team(2)) {
            for (Kernels kernels : new Kernels[] {Kernels.plain(), Kernels.vector()}) {
                Pca expected = Pca.fit(points, k, Axes.Route.COLUMNS, kernels.tiles(), team)
                        .pca();
                for (Axes.Route route : Axes.Route.values()) {
                    Pca found = Pca.fit(points, k, route, kernels.tiles(), team).pca();
                    assertThat(found.axes().values())
                            .containsExactly(expected.axes().values(), within(1e-4f));
                    for (int a = 0; a < k; a++) {
                        double variance = expected.variances()[a];
                        assertThat(found.variances()[a]).isCloseTo(variance, within(1e-5 * variance));
                    }
                }
            }
        }
    }

    /** A row and its opposite along each of four columns, whose variances are 12, 13 and 24 decades below the first. */
    @Test
    void axesOfSmallVarianceAreFoundBesideLargeOnes() {
        float[] lengths = {1e6f, 1, 2e-1f, 1e-6f};
        Matrix points = Matrix.zeros(8, 20);
        for (int a = 0; a < 4; a++) {
            points.values()[2 * a * 20 + 19 - a] = lengths[a];
            points.values()[(2 * a + 1) * 20 + 19 - a] = -lengths[a];
        }
        for (Axes.Route route : new Axes.Route[] {Axes.Route.COLUMNS, Axes.Route.ROWS}) {
            Pca pca = fit(points, 4, route);
            for (int a = 0; a < 3; a++) {
                double variance = 2.0 * lengths[a] * lengths[a] / 7;
                assertThat(pca.variances()[a]).isCloseTo(variance, within(1e-6 * variance));
                assertThat(pca.axes().at(a, 19 - a)).isCloseTo(1, within(1e-6f));
            }
            assertThat(pca.variances()[3]).isLessThan(1e-9);
        }
    }

    @Test
    void theDistancesOfPointsGiveTheirComponents() {
        Matrix points = decaying(150, 400);
        try (Team team = new Team(2)) {
            for (Kernels kernels : new Kernels[] {Kernels.plain(), Kernels.vector()}) {
                Pca expected = Pca.fit(points, 3, kernels.tiles(), team).pca();
                double[][] gram =
                        PairForces.distances(points, kernels.tiles(), team).gram(150, team);
                Pca found = Pca.ofGram(gram, points, 3, team).pca();
                assertThat(found.axes().values())
                        .containsExactly(expected.axes().values(), within(1e-4f));
                for (int a = 0; a < 3; a++) {
                    double variance = expected.variances()[a];
                    assertThat(found.variances()[a]).isCloseTo(variance, within(1e-5 * variance));
                }
            }
        }
    }

    @Test
    void warmingUpChangesNothingAndEnds() throws InterruptedException {
        Matrix points = decaying(600, 300);
        float[] before = Pca.fit(points, 5, 2).axes().values();
        Pca.warmUp(600, 300, 2);
        assertThat(Pca.fit(points, 5, 2).axes().values()).isEqualTo(before);
        for (Axes.Route route : Axes.Route.values()) {
            Thread rehearsal = Thread.ofPlatform()
                    .start(new PcaRehearsal(route, Kernels.best().tiles()));
            rehearsal.join(60_000);
            assertThat(rehearsal.isAlive()).isFalse();
        }
    }

    @Test
    void theLargestEntryOfEveryAxisIsPositive() {
        Matrix axes = Pca.fit(Tables.noise(100, 8, 4), 8, 1).axes();
        for (int a = 0; a < 8; a++) {
            float[] axis = axes.row(a);
            float largest = 0;
            for (float entry : axis) {
                largest = Math.abs(entry) > Math.abs(largest) ? entry : largest;
            }
            assertThat(largest).isPositive();
        }
    }

    @Test
    void allComponentsGiveThePointsBack() {
        Matrix points = Tables.noise(50, 6, 9);
        for (Pca pca : new Pca[] {Pca.fit(points, 6, 1), Pca.fit(points, 6, 1).whitening()}) {
            assertThat(pca.inverse(pca.transform(points, 1)).values()).containsExactly(points.values(), within(1e-5f));
        }
    }

    @Test
    void whiteningGivesEveryCoordinateDeviationOne() {
        Matrix points = Tables.clouds(200, 5, 3, 4, 2);
        Matrix white = Pca.fit(points, 3, 1).whitening().transform(points, 1);
        for (int c = 0; c < 3; c++) {
            double squares = 0;
            for (float value : white.column(c)) {
                squares += (double) value * value;
            }
            assertThat(squares / 199).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void constantColumnsAreFineWhereverTheyStand() {
        Matrix points = Tables.noise(40, 4, 3);
        for (int i = 0; i < 40; i++) {
            points.values()[i * 4] = 0.1f;
        }
        Pca pca = Pca.fit(points, 4, 1);
        assertThat(pca.variances()[3]).isLessThan(1e-12);
        assertThat(pca.whitening().transform(points, 1).column(3)).containsOnly(0f);
        for (int a = 0; a < 3; a++) {
            assertThat(pca.axes().at(a, 0)).isCloseTo(0, within(1e-6f));
        }
    }

    @ParameterizedTest
    @EnumSource
    void equalPointsHaveNoVarianceAndUnitAxes(Axes.Route route) {
        for (int d : new int[] {3, 100}) {
            float[] ones = new float[20 * d];
            Arrays.fill(ones, 0.3f);
            Pca pca = fit(Matrix.of(20, d, ones), 3, route);
            assertThat(pca.variances()).containsOnly(0);
            assertThat(pca.ratios()).containsOnly(0);
            for (int a = 0; a < 3; a++) {
                double squares = 0;
                for (float entry : pca.axes().row(a)) {
                    squares += (double) entry * entry;
                }
                assertThat(squares).isCloseTo(1, within(1e-6));
            }
        }
    }

    /** A row and its opposite, of which a sample of the rows has neither. */
    @ParameterizedTest
    @EnumSource
    void twoPointsApartFromManyEqualOnesAreTheAxis(Axes.Route route) {
        Matrix points = Matrix.zeros(40, 100);
        for (int c = 0; c < 100; c++) {
            points.values()[3 * 100 + c] = 0.1f;
            points.values()[5 * 100 + c] = -0.1f;
        }
        Pca pca = fit(points, 2, route);
        assertThat(pca.variances()[0]).isCloseTo(2 / 39.0, within(1e-6));
        assertThat(pca.variances()[1]).isCloseTo(0, within(1e-12));
        assertThat(pca.axes().row(0)).containsOnly(new float[] {0.1f}, within(1e-6f));
    }

    /** The mean of the first column lies half way between two floats; the second varies a little more than it. */
    @ParameterizedTest
    @EnumSource
    void theRoundingOfTheMeanIsNoVariance(Axes.Route route) {
        Matrix points = Matrix.zeros(40, 2);
        for (int i = 0; i < 40; i++) {
            points.values()[2 * i] = 1e6f + 0.0625f * (i % 2);
            points.values()[2 * i + 1] = i % 4 < 2 ? 0.039f : -0.039f;
        }
        assertThat(fit(points, 1, route).axes().at(0, 1)).isCloseTo(1, within(1e-5f));
        assertThat(Arrays.stream(fit(points, 2, route).ratios()).sum()).isCloseTo(1, within(1e-9));
        assertThat(fit(Matrix.of(40, 1, points.column(0)), 1, route).ratios()[0])
                .isCloseTo(1, within(1e-12));
    }

    private static Pca fit(Matrix points, int k, Axes.Route route) {
        try (Team team = new Team(2)) {
            return Pca.fit(points, k, route, Kernels.best().tiles(), team).pca();
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {1e-30f, 1e30f})
    void verySmallAndVeryLargeNumbersAreNoMatter(float scale) {
        Matrix points = Tables.clouds(90, 6, 3, 2, 1);
        Pca plain = Pca.fit(points, 2, 1);
        Pca scaled = Pca.fit(Tables.scaled(points, scale), 2, 1);
        double unit = (double) scale * scale;
        assertThat(scaled.variances()[0] / unit).isCloseTo(plain.variances()[0], within(1e-4));
        assertThat(scaled.axes().row(1)).containsExactly(plain.axes().row(1), within(1e-5f));
    }

    @Test
    void theSameToTheLastBitForAnyNumberOfThreads() {
        for (Matrix points : new Matrix[] {decaying(700, 300), decaying(150, 400)}) {
            float[] one = Pca.fit(points, 10, 1).axes().values();
            assertThat(Pca.fit(points, 10, 2).axes().values()).isEqualTo(one);
            assertThat(Pca.fit(points, 10, 4).axes().values()).isEqualTo(one);
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        Matrix points = Tables.noise(10, 4, 1);
        assertThatThrownBy(() -> Pca.fit(points, 5, 1))
                .hasMessage("10 × 4 points have 1 … 4 components, got k = 5: ask for fewer");
        assertThatThrownBy(() -> Pca.fit(Tables.noise(1, 4, 1), 1, 1))
                .hasMessage("principal components need at least 2 points, got 1");
        Pca pca = Pca.fit(points, 2, 1);
        assertThatThrownBy(() -> pca.transform(Tables.noise(3, 5, 1), 1)).hasMessageContaining("need 4 columns, got 5");
        points.values()[9] = Float.NEGATIVE_INFINITY;
        assertThatThrownBy(() -> Pca.fit(points, 2, 1)).hasMessageContaining("-Infinity at row 2, column 1 (from 0)");
    }

    @Test
    void sharesAreNeverMoreThanAll() {
        Matrix twice = Matrix.zeros(100_000, 3);
        for (int i = 0; i < twice.values().length; i++) {
            twice.values()[i] = i / 3 < 50_000 ? 0.1f * (i % 3 + 1) : -0.7f;
        }
        assertThat(Pca.fit(twice, 1, 2).ratios()[0]).isCloseTo(1, within(1e-12));
        double[] shares = Pca.fit(decaying(300, 20), 20, 1).ratios();
        assertThat(Arrays.stream(shares).sum()).isCloseTo(1, within(1e-9));
    }

    @Test
    void numbersTooFarApartForFloat32AreRefused() {
        Matrix points = Tables.noise(30, 4, 1);
        for (int i = 0; i < 30; i++) {
            points.values()[4 * i] = i == 0 ? Float.MAX_VALUE : -Float.MAX_VALUE;
        }
        assertThatThrownBy(() -> Pca.fit(points, 2, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too far apart for float32");
    }
}
