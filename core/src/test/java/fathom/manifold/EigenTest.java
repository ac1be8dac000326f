package fathom.manifold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EigenTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 60})
    void everyPairSatisfiesItsEquation(int m) {
        double[][] matrix = symmetric(m);
        Eigen eigen = Eigen.of(symmetric(m), m);
        for (int i = 0; i < m; i++) {
            double[] vector = eigen.vector(i);
            for (int r = 0; r < m; r++) {
                assertThat(Doubles.dot(matrix[r], vector)).isCloseTo(eigen.value(i) * vector[r], within(1e-10));
            }
            assertThat(Doubles.dot(vector, vector)).isCloseTo(1, within(1e-12));
            if (i > 0) {
                assertThat(eigen.value(i)).isLessThanOrEqualTo(eigen.value(i - 1));
                assertThat(Doubles.dot(vector, eigen.vector(i - 1))).isCloseTo(0, within(1e-12));
            }
        }
    }

    private static double[][] symmetric(int m) {
        Noise noise = new Noise(m);
        double[][] matrix = new double[m][m];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j <= i; j++) {
                matrix[i][j] = noise.gaussian();
                matrix[j][i] = matrix[i][j];
            }
        }
        return matrix;
    }

    @Test
    void equalEigenvaluesAndZerosAreFine() {
        double[][] matrix = new double[5][5];
        matrix[1][1] = 2;
        matrix[4][4] = 2;
        Eigen eigen = Eigen.of(matrix, 0);
        assertThat(eigen.value(0)).isEqualTo(2);
        assertThat(eigen.value(1)).isEqualTo(2);
        assertThat(eigen.value(4)).isZero();
    }

    @Test
    void aKrylovSpaceEndsWhereTheMatrixDoes() {
        // Rank 3 of 40: the space is complete after one block.
        double[][] axes;
        try (Team team = new Team(1)) {
            axes = Krylov.leading(
                    40,
                    5,
                    8,
                    vectors -> {
                        double[][] images = new double[vectors.length][40];
                        for (int v = 0; v < vectors.length; v++) {
                            for (int i = 0; i < 3; i++) {
                                images[v][i * 7] = (3 - i) * vectors[v][i * 7];
                            }
                        }
                        return images;
                    },
                    team);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(Math.abs(axes[i][i * 7])).isCloseTo(1, within(1e-9));
        }
        assertThat(Doubles.dot(axes[4], axes[4])).isCloseTo(1, within(1e-12));
        assertThat(Doubles.dot(axes[4], axes[0])).isCloseTo(0, within(1e-9));
    }
}
