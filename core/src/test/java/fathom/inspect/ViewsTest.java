package fathom.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fathom.data.Augmentation;
import fathom.data.Batch;
import fathom.data.Data;
import fathom.data.Examples;
import fathom.model.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewsTest {
    private static final Data DATA = Data.of("mnist").withAugmentation(new Augmentation.Flip());

    /** Pictures of 1×1×2: label 0 is bright on the left, label 1 on the right; a mirrored one looks like the other. */
    private static final Examples HALVES = new Examples() {
        @Override
        public int size() {
            return 1200;
        }

        @Override
        public int label(int index) {
            return index % 2;
        }

        @Override
        public Shape shape() {
            return Shape.of(1, 1, 2);
        }

        @Override
        public void read(int index, float[] out, int offset) {
            out[offset] = 1 - index % 2;
            out[offset + 1] = index % 2;
        }
    };

    /** Finds the bright side with 0.9. */
    private static List<float[]> answer(Batch batch, List<String> taps) {
        var logs = new float[batch.inputs().length];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = (float) Math.log(batch.inputs()[i] > 0.5 ? 0.9 : 0.1);
        }
        return List.of(logs);
    }

    @Test
    void oneViewIsThePlainAnswer() {
        var metrics = new Views(ViewsTest::answer, DATA).metrics(HALVES, 1, 3);
        assertThat(metrics.accuracy()).contains(1.0);
        assertThat(metrics.loss()).isCloseTo(-Math.log(0.9), within(1e-6));
    }

    /** With two views half of the pictures are mirrored once: their mean is ½ and ½, the others keep 0.9. */
    @Test
    void probabilitiesAreAveragedNotLogarithms() {
        var metrics = new Views(ViewsTest::answer, DATA).metrics(HALVES, 2, 3);
        double mirrored = (metrics.loss() + Math.log(0.9)) / (Math.log(0.9) - Math.log(0.5));
        assertThat(mirrored).isBetween(0.45, 0.55);
        assertThat(mirrored * 1200).isCloseTo(Math.rint(mirrored * 1200), within(1e-3));
    }

    @Test
    void theSameSeedGivesTheSame() {
        var views = new Views(ViewsTest::answer, DATA);
        assertThat(views.metrics(HALVES, 5, 3)).isEqualTo(views.metrics(HALVES, 5, 3));
        assertThat(views.metrics(HALVES, 5, 3)).isNotEqualTo(views.metrics(HALVES, 5, 4));
    }

    @Test
    void whatChangesPicturesEarlyInATrainingChangesViews() {
        Data early = DATA.withAugmentation(
                new Augmentation.Early(0.5, List.of(new Augmentation.Flip(), new Augmentation.Erase(1, 0.5, 0.6))));
        assertThat(new Views(ViewsTest::answer, early).metrics(HALVES, 5, 3))
                .isEqualTo(new Views(ViewsTest::answer, DATA).metrics(HALVES, 5, 3));
    }

    @Test
    void aRunWithoutAugmentationHasOneViewOnly() {
        Data erased = DATA.withAugmentation(new Augmentation.Erase(0.5, 0.1, 0.2));
        assertThatThrownBy(() -> new Views(ViewsTest::answer, erased)).hasMessageContaining("set data.augmentation");
    }
}
