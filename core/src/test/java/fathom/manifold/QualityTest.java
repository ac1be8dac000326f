package fathom.manifold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class QualityTest {
    private static final Matrix POINTS = Tables.waves(60, 7);

    private static Matrix columns(int first) {
        Matrix map = Matrix.zeros(60, 2);
        for (int i = 0; i < 60; i++) {
            map.values()[2 * i] = POINTS.at(i, first);
            map.values()[2 * i + 1] = POINTS.at(i, first + 1);
        }
        return map;
    }

    /** Numbers from sklearn.manifold.trustworthiness(n_neighbors=5), scikit-learn 1.2.1. */
    @Test
    void trustworthinessAndContinuityAreThoseOfScikitLearn() {
        assertThat(Quality.trustworthiness(POINTS, columns(0), 5, 2)).isCloseTo(0.7003205128205128, within(1e-12));
        assertThat(Quality.continuity(POINTS, columns(0), 5, 2)).isCloseTo(0.8271794871794872, within(1e-12));
        assertThat(Quality.trustworthiness(POINTS, POINTS, 5, 1)).isEqualTo(1);
    }

    /** numpy with P of scikit-learn at perplexity 10. */
    @Test
    void divergenceIsThatOfTheDefinition() {
        assertThat(Quality.divergence(POINTS, columns(0), 10, 2)).isCloseTo(1.2203802609332617, within(1e-4));
    }

    @Test
    void recallCountsWhatBothHave() {
        assertThat(Quality.recall(POINTS, POINTS, 7, 1)).isEqualTo(1);
        Neighbors all = Neighbors.among(POINTS, 59, 1);
        Neighbors few = Neighbors.among(columns(0), 6, 1);
        assertThat(Quality.recall(few, all)).isEqualTo(1);
        assertThat(Quality.recall(all, few)).isCloseTo(6 / 59.0, within(1e-12));
    }

    @Test
    void labelsAreVotedByTheNearestAndTiesGoToTheSmallest() {
        Matrix line = Matrix.of(5, 1, new float[] {0, 1, 2.1f, 10, 11});
        assertThat(Quality.labelAccuracy(line, new int[] {1, 1, 1, 2, 2}, 1, 1)).isEqualTo(1);
        // With two votes: 1 and 1, 1 and 1, 1 and 1, then 2 and 1 twice, where 1 wins.
        assertThat(Quality.labelAccuracy(line, new int[] {1, 1, 1, 2, 2}, 2, 1)).isEqualTo(0.6);
    }

    /** scipy.spatial.procrustes gives this disparity. */
    @Test
    void procrustesIsThatOfSciPy() {
        assertThat(Procrustes.align(columns(1), columns(0)).disparity()).isCloseTo(0.6622552507964041, within(1e-6));
    }

    @Test
    void aTurnedMirroredScaledAndMovedMapIsLaidBack() {
        Matrix map = columns(0);
        Matrix moved = Matrix.zeros(60, 2);
        for (int i = 0; i < 60; i++) {
            float x = map.at(i, 0);
            float y = map.at(i, 1);
            moved.values()[2 * i] = 3 * (0.6f * x + 0.8f * y) + 10;
            moved.values()[2 * i + 1] = -3 * (-0.8f * x + 0.6f * y) - 7;
        }
        Procrustes aligned = Procrustes.align(moved, map);
        assertThat(aligned.disparity()).isLessThan(1e-10);
        assertThat(aligned.aligned().values()).containsExactly(map.values(), within(1e-5f));
        assertThat(Procrustes.align(Matrix.zeros(60, 2), map).disparity()).isEqualTo(1);
    }

    /** On the map as they are, or shuffled, which shows. */
    @Test
    void neighboursBesideAPointFarAwayAreStillTold() {
        Matrix points = Matrix.zeros(101, 1);
        Matrix map = Matrix.zeros(101, 1);
        Matrix shuffled = Matrix.zeros(101, 1);
        for (int i = 0; i < 100; i++) {
            points.values()[i] = i / 128f;
            map.values()[i] = i / 128f;
            shuffled.values()[i] = 37 * i % 100 / 128f;
        }
        points.values()[100] = 1e9f;
        map.values()[100] = 1000;
        assertThat(Quality.trustworthiness(points, map, 5, 1)).isEqualTo(1);
        assertThat(Quality.trustworthiness(points, shuffled, 5, 1)).isLessThan(0.7);
    }

    @Test
    void mapsThatDoNotMatchAreRefused() {
        for (int columns : new int[] {1, 4}) {
            assertThatThrownBy(() -> Quality.divergence(POINTS, Matrix.zeros(60, columns), 10, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("KL is of maps of 2 or 3 columns, this has " + columns);
        }
        assertThatThrownBy(() -> Quality.divergence(POINTS, columns(0), 0, 1))
                .hasMessage("perplexity must be at least 1, got 0.0");
        assertThatThrownBy(() -> Quality.recall(POINTS, Matrix.zeros(59, 2), 3, 1))
                .hasMessage("the data has 60 points, but the map 59: both must have the same");
        assertThatThrownBy(() -> Quality.trustworthiness(POINTS, columns(0), 30, 1))
                .hasMessageContaining("less than half of 60 points, got 30");
        assertThatThrownBy(() -> Quality.labelAccuracy(columns(0), new int[3], 3, 1))
                .hasMessage("3 labels for 60 points");
    }
}
