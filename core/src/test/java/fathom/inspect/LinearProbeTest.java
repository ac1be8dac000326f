package fathom.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fathom.manifold.Matrix;
import fathom.random.Draws;
import org.junit.jupiter.api.Test;

class LinearProbeTest {
    /** Against {@code LogisticRegression(C=1, tol=1e-14)} of scikit-learn 1.2.1, on numbers that a formula makes. */
    @Test
    void theRegressionIsThatOfScikitLearn() {
        var x = new double[120][5];
        var y = new int[120];
        for (int i = 0; i < 120; i++) {
            y[i] = (i * 5 + i / 7) % 3;
            for (int j = 0; j < 5; j++) {
                x[i][j] = (i * 29 + j * 17 + i * j * 7) % 83 / 41.5 - 1 + ((y[i] + j) % 3 == 0 ? 0.4 : 0);
            }
        }
        var regression = LogisticRegression.fit(x, y, 3);
        // Both stop near the minimum: probabilities there differ by far less than 1e-6.
        assertClose(regression.probabilities(x[0]), 0.43709290501393316, 0.15768788329065672, 0.40521921169541014);
        assertClose(regression.probabilities(x[1]), 0.12366994536906736, 0.4386346803959341, 0.4376953742349985);
        assertClose(regression.probabilities(x[2]), 0.6325685944789654, 0.3096921534288654, 0.057739252092169166);
        assertClose(regression.probabilities(x[119]), 0.5641106980407332, 0.11859309367984891, 0.3172962082794178);
        assertThat(regression.hits(x, y)).isEqualTo(71);
    }

    private static void assertClose(double[] actual, double... expected) {
        for (int c = 0; c < expected.length; c++) {
            assertThat(actual[c]).isCloseTo(expected[c], within(1e-6));
        }
    }

    @Test
    void clustersThatLieApartAreToldApartAndNoiseIsNot() {
        assertThat(probe(6).test().share()).isEqualTo(1);
        assertThat(probe(0).test().share()).isBetween(0.2, 0.5); // three classes: a third by chance
    }

    @Test
    void theSameActivationsGiveTheSameProbe() {
        assertThat(probe(1)).isEqualTo(probe(1));
    }

    @Test
    void aColumnThatNeverVariesDoesNoHarm() {
        Matrix constant = Matrix.of(6, 2, new float[] {0, 5, 1, 5, 0, 5, 1, 5, 0, 5, 1, 5});
        var labels = new int[] {0, 1, 0, 1, 0, 1};
        assertThat(LinearProbe.of(constant, labels, constant, labels, 2).test().share())
                .isEqualTo(1);
    }

    /** A probe of three clouds whose middles lie {@code apart} deviations from each other. */
    private static LinearProbe probe(double apart) {
        Matrix train = clouds(150, apart, 1);
        var components = LinearProbe.components(train, 1);
        return LinearProbe.of(
                components.transform(train, 1),
                labels(150),
                components.transform(clouds(90, apart, 2), 1),
                labels(90),
                3);
    }

    private static int[] labels(int n) {
        var labels = new int[n];
        for (int i = 0; i < n; i++) {
            labels[i] = i % 3;
        }
        return labels;
    }

    private static Matrix clouds(int n, double apart, int step) {
        var draws = Draws.of(7, "clouds", step);
        var values = new float[n * 8];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (draws.nextGaussian() + (i % 8 == i / 8 % 3 ? apart : 0));
        }
        return Matrix.of(n, 8, values);
    }
}
