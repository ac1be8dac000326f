package fathom.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fathom.data.Batch;
import fathom.data.Examples;
import fathom.manifold.Matrix;
import fathom.manifold.Pca;
import fathom.model.Layer;
import fathom.model.ModelException;
import fathom.model.Network;
import fathom.model.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WalkTest {
    private static final Network NETWORK =
            Network.of(Layer.chain(Layer.named("wide", Layer.linear(4)), Layer.linear(2)), Shape.of(3));
    private static final List<String> CLASSES = List.of("even", "odd");
    private static final long PLENTY = 1 << 20;

    /** Example i is (i, i + 1, 2). */
    private record Counting(int size) implements Examples {
        @Override
        public int label(int index) {
            return index % 2;
        }

        @Override
        public void read(int index, float[] out, int offset) {
            out[offset] = index;
            out[offset + 1] = index + 1;
            out[offset + 2] = 2;
        }

        @Override
        public Shape shape() {
            return Shape.of(3);
        }
    }

    private final List<Integer> batches = new ArrayList<>();

    /** Says "odd" to all; what passes at "wide" is (x, 2x, −x², 7) of the first input x. */
    private List<float[]> predict(Batch batch, List<String> taps) {
        batches.add(batch.size());
        var answers = new float[batch.size() * 2];
        var wide = new float[batch.size() * 4];
        for (int i = 0; i < batch.size(); i++) {
            float x = batch.inputs()[i * 3];
            answers[i * 2] = (float) Math.log(0.25);
            answers[i * 2 + 1] = (float) Math.log(0.75);
            wide[i * 4] = x;
            wide[i * 4 + 1] = 2 * x;
            wide[i * 4 + 2] = -x * x;
            wide[i * 4 + 3] = 7;
        }
        var seen = new ArrayList<float[]>(List.of(answers));
        taps.forEach(tap -> seen.add(wide));
        return seen;
    }

    private Walk walk(long budget) {
        return new Walk(this::predict, NETWORK, CLASSES, budget);
    }

    @Test
    void everyExamplePassesOnceWhateverIsKept() {
        var examples = new Counting(600);
        var walk = walk(PLENTY);
        var some = walk.keep("wide", new int[] {599, 0, 251});
        var all = walk.keep("wide", Sample.all(examples));
        var answers = walk.through(examples, Sample.all(examples));
        assertThat(batches).containsExactly(250, 250, 100);
        assertThat(some.get().row(0)).containsExactly(599, 1198, -358_801, 7);
        assertThat(some.get().row(1)).containsExactly(0, 0, -0f, 7);
        assertThat(some.get().row(2)).containsExactly(251, 502, -63_001, 7);
        assertThat(all.get().row(400)).containsExactly(400, 800, -160_000, 7);
        assertThat(answers.size()).isEqualTo(600);
        assertThat(answers.accuracy().share()).isEqualTo(0.5);
        assertThat(answers.given(10)).isEqualTo(1);
    }

    @Test
    void theInputIsATapToo() {
        var walk = walk(PLENTY);
        var input = walk.keep(Taps.INPUT, new int[] {5});
        walk.through(new Counting(10), new int[] {4, 5});
        assertThat(input.get().row(0)).containsExactly(5, 6, 2);
    }

    @Test
    void coordinatesAreThoseOfTheWholeTable() {
        var examples = new Counting(300);
        Matrix whole = whole(examples);
        Pca pca = Pca.fit(whole, 2, 1);
        var walk = walk(PLENTY);
        var projected = walk.project("wide", pca, 300, 1);
        walk.through(examples, Sample.all(examples));
        assertThat(projected.get().values()).isEqualTo(pca.transform(whole, 1).values());
    }

    private Matrix whole(Examples examples) {
        var walk = walk(PLENTY);
        var all = walk.keep("wide", Sample.all(examples));
        walk.through(examples, Sample.all(examples));
        return all.get();
    }

    @Test
    void moreThanTheBudgetIsRefusedBeforeAnythingRuns() {
        var walk = walk(3 << 20);
        walk.keep("wide", new int[65_536]);
        assertThatThrownBy(() -> walk.keep("wide", new int[200_000]))
                .isInstanceOf(InspectException.class)
                .hasMessage(
                        "activations of 200,000 examples at \"wide\" (4) need 4 MB, and 1 of 3 MB are taken: look at fewer examples a class or fewer places, or allow more memory");
        assertThat(batches).isEmpty();
    }

    @Test
    void anUnknownTapIsExplained() {
        assertThatThrownBy(() -> walk(PLENTY).keep("block9", new int[1]))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("no layer at \"block9\": choose one of wide, 1");
    }

    @Test
    void aBalancedSampleTakesTheSameFromEachClass() {
        var examples = new Counting(101);
        int[] chosen = Sample.balanced(examples, 2, 20);
        assertThat(Sample.labels(examples, chosen)).hasSize(40);
        assertThat(chosen).isSorted().doesNotHaveDuplicates();
        assertThat(List.of(0, 1))
                .allMatch(c -> Arrays.stream(chosen).filter(i -> i % 2 == c).count() == 20);
        assertThat(Sample.balanced(examples, 2, 20)).isEqualTo(chosen);
        assertThat(Sample.balanced(examples, 2, Integer.MAX_VALUE)).hasSize(101);
    }
}
