package fathom.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fathom.inspect.Confusion.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * Against scikit-learn 1.2.1 ({@code confusion_matrix}, {@code precision_recall_fscore_support}, {@code f1_score}) and, for
 * calibration and likelihood, NumPy in 64-bit floats; on answers that a formula in whole numbers makes, the same in both.
 */
class AnswersTest {
    /** Both sides sum at most 200 terms in 64-bit floats from the same 32-bit logarithms. */
    private static final double TOLERANCE = 1e-9;

    private static final List<String> CLASSES = List.of("a", "b", "c", "d");
    private static final Answers ANSWERS = made(200);

    /** Answers whose logits are ((37i + 53c + 11ic) mod 101) / 25, and 1.5 more for the true class. */
    static Answers made(int n) {
        var examples = new int[n];
        var labels = new int[n];
        var logs = new float[n * 4];
        for (int i = 0; i < n; i++) {
            examples[i] = i;
            labels[i] = (i * 7 + i / 3) % 4;
            var logits = new double[4];
            double sum = 0;
            for (int c = 0; c < 4; c++) {
                logits[c] = (i * 37 + c * 53 + i * c * 11) % 101 / 25.0 + (labels[i] == c ? 1.5 : 0);
                sum += Math.exp(logits[c]);
            }
            for (int c = 0; c < 4; c++) {
                logs[i * 4 + c] = (float) (logits[c] - Math.log(sum));
            }
        }
        return new Answers(CLASSES, examples, labels, logs);
    }

    @Test
    void theConfusionMatrixIsThatOfScikitLearn() {
        int[][] expected = {{45, 9, 1, 12}, {2, 18, 7, 6}, {8, 5, 48, 5}, {6, 4, 5, 19}};
        var confusion = ANSWERS.confusion();
        for (int actual = 0; actual < 4; actual++) {
            for (int given = 0; given < 4; given++) {
                assertThat(confusion.count(actual, given)).isEqualTo(expected[actual][given]);
            }
        }
    }

    @Test
    void precisionRecallAndF1AreThoseOfScikitLearn() {
        close(Scores::precision, 0.7377049180327869, 0.5, 0.7868852459016393, 0.4523809523809524);
        close(Scores::recall, 0.6716417910447762, 0.5454545454545454, 0.7272727272727273, 0.5588235294117647);
        close(Scores::f1, 0.703125, 0.5217391304347826, 0.7559055118110236, 0.5);
        assertThat(ANSWERS.confusion().macroF1()).isCloseTo(0.6201924105614516, within(TOLERANCE));
    }

    private static void close(ToDoubleFunction<Scores> what, double... expected) {
        var scores = ANSWERS.confusion().scores();
        for (int c = 0; c < expected.length; c++) {
            assertThat(what.applyAsDouble(scores.get(c))).isCloseTo(expected[c], within(TOLERANCE));
        }
    }

    @Test
    void theCalibrationErrorIsThatOfTheDefinition() {
        assertThat(ANSWERS.reliability().error()).isCloseTo(0.11001310390082732, within(TOLERANCE));
        assertThat(ANSWERS.reliability().bins()).hasSize(15);
        assertThat(ANSWERS.reliability().bins().stream()
                        .mapToInt(Reliability.Bin::count)
                        .sum())
                .isEqualTo(200);
    }

    @Test
    void aConfidenceOnTheEdgeOfABinBelongsToTheLowerOne() {
        var reliability = Reliability.of(new double[] {0.5, 0.51, 1}, new boolean[] {true, false, true}, 2);
        assertThat(reliability.bins()).extracting(Reliability.Bin::count).containsExactly(1, 2);
        assertThat(reliability.error()).isCloseTo((0.5 + 0.51) / 3, within(1e-12));
    }

    @Test
    void lossAndAccuracyAreThoseOfTheLogarithms() {
        assertThat(ANSWERS.metrics().loss()).isCloseTo(0.8059995341859758, within(TOLERANCE));
        assertThat(ANSWERS.metrics().accuracy()).contains(0.65);
    }

    @Test
    void theSurestMistakesComeFirst() {
        var mistakes = ANSWERS.mistakes(3);
        assertThat(mistakes).extracting(Answers.Mistake::example).containsExactly(142, 41, 178);
        assertThat(mistakes.getFirst().confidence()).isCloseTo(0.890003024100498, within(TOLERANCE));
        assertThat(mistakes).allMatch(mistake -> mistake.given() != mistake.label());
        assertThat(ANSWERS.mistakes(1000)).hasSize(70);
    }

    @Test
    void aClassThatNobodyIsOfOrCalledHasZeros() {
        var confusion = Confusion.of(List.of("a", "b", "never"), new int[] {0, 1, 1}, new int[] {0, 0, 1});
        assertThat(confusion.scores().getLast()).isEqualTo(new Scores("never", 0, 0, 0, 0));
    }

    @Test
    void aLabelThatIsNoClassIsRefused() {
        assertThatThrownBy(() -> Confusion.of(List.of("a"), new int[] {1}, new int[] {0}))
                .hasMessage("there are 1 classes, got label 1");
    }

    @Test
    void someAnswersKeepTheirOrder() {
        var some = ANSWERS.of(142, 3, 41);
        var examples = new ArrayList<Integer>();
        for (int i = 0; i < some.size(); i++) {
            examples.add(some.example(i));
            assertThat(some.given(i)).isEqualTo(ANSWERS.given(some.example(i)));
            assertThat(some.label(i)).isEqualTo(ANSWERS.label(some.example(i)));
        }
        assertThat(examples).containsExactly(142, 3, 41);
        assertThatThrownBy(() -> ANSWERS.of(200)).hasMessage("there is no answer to example 200");
    }
}
