package fathom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fathom.model.Shape;
import fathom.random.Draws;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class AugmenterTest {
    private static final float BACKGROUND = -0.5f;
    private static final Shape SHAPE = Shape.of(2, 12, 10);

    @Test
    void theSameSeedAndStepMakeTheSameChanges() {
        List<Augmentation> all = List.of(
                new Augmentation.Shift(2),
                new Augmentation.Flip(),
                new Augmentation.Rotate(15),
                new Augmentation.Affine(10, 0.1, 0.1, 2),
                new Augmentation.Erase(0.5, 0.02, 0.33));
        assertThat(augmented(pictures(9), 3, 17, all)).isEqualTo(augmented(pictures(9), 3, 17, all));
        assertThat(augmented(pictures(9), 3, 17, all)).isNotEqualTo(augmented(pictures(9), 3, 18, all));
        assertThat(augmented(pictures(9), 3, 17, all)).isNotEqualTo(augmented(pictures(9), 4, 17, all));
    }

    @Test
    void thePicturesOfABatchDoNotDependOnHowManyThereAre() {
        List<Augmentation> changes = List.of(new Augmentation.Shift(3), new Augmentation.Rotate(30));
        float[] nine = augmented(pictures(9), 0, 5, changes);
        float[] four = augmented(pictures(4), 0, 5, changes);
        assertThat(Arrays.copyOf(nine, four.length)).isEqualTo(four);
    }

    @Test
    void withoutChangesNothingChanges() {
        assertThat(augmented(pictures(3), 0, 0, List.of())).isEqualTo(pictures(3));
    }

    @Test
    void aShiftMovesWholePixelsAndAllChannelsTogether() {
        var seen = new HashSet<List<Integer>>();
        for (int step = 0; step < 60; step++) {
            float[] out = augmented(pictures(1), 0, step, List.of(new Augmentation.Shift(2)));
            int[] move = moveOf(out);
            seen.add(List.of(move[0], move[1]));
            assertThat(out).isEqualTo(shifted(pictures(1), move[0], move[1]));
        }
        assertThat(seen)
                .hasSizeGreaterThan(18)
                .allMatch(move -> Math.abs(move.get(0)) <= 2 && Math.abs(move.get(1)) <= 2);
    }

    @Test
    void aShiftBeyondThePictureLeavesBackground() {
        float[] numbers = pictures(1);
        var canvas = canvas(numbers);
        canvas.shift(10, 0);
        assertThat(numbers).containsOnly(BACKGROUND);
        float[] others = pictures(1);
        canvas(others).shift(0, -40);
        assertThat(others).containsOnly(BACKGROUND);
    }

    @Test
    void flippingTwiceGivesThePictureBack() {
        float[] numbers = pictures(1);
        var canvas = canvas(numbers);
        canvas.flip();
        assertThat(numbers[0]).isEqualTo(pictures(1)[9]);
        assertThat(numbers[239]).isEqualTo(pictures(1)[230]);
        canvas.flip();
        assertThat(numbers).isEqualTo(pictures(1));
    }

    @Test
    void aboutHalfOfThePicturesAreFlipped() {
        float[] before = pictures(400);
        float[] after = augmented(pictures(400), 1, 1, List.of(new Augmentation.Flip()));
        int flipped = 0;
        for (int i = 0; i < 400; i++) {
            flipped += before[i * 240] == after[i * 240] ? 0 : 1;
        }
        assertThat(flipped).isBetween(160, 240);
    }

    @Test
    void aQuarterTurnMovesEveryPixelToItsPlace() {
        float[] square = Arrays.copyOf(pictures(1), 49);
        var canvas = new Canvas(square, Shape.of(1, 7, 7), BACKGROUND);
        canvas.moveTo(0);
        canvas.rotate(Math.PI / 2);
        for (int y = 0; y < 7; y++) {
            for (int x = 0; x < 7; x++) {
                assertThat(square[x * 7 + 6 - y]).isCloseTo(pictures(1)[y * 7 + x], within(1e-5f));
            }
        }
    }

    @Test
    void aTurnKeepsAnEvenPictureEvenAndBringsBackgroundIntoTheCorners() {
        float[] numbers = new float[SHAPE.count()];
        Arrays.fill(numbers, BACKGROUND);
        canvas(numbers).rotate(0.3);
        for (float number : numbers) {
            assertThat(number).isCloseTo(BACKGROUND, within(1e-6f));
        }
        Arrays.fill(numbers, 1);
        canvas(numbers).rotate(Math.PI / 4);
        assertThat(numbers[0]).isEqualTo(BACKGROUND);
        assertThat(numbers[5 * 10 + 5]).isCloseTo(1, within(1e-6f));
    }

    @Test
    void anAffineMapBringsEachPixelFromWhereItsFormulaSays() {
        var map = new Canvas.Map(0.4, 1.2, 0.15, 1.5, -0.75);
        float[] plane = pictures(1);
        float[] mapped = plane.clone();
        canvas(mapped).map(map);
        for (int y = 0; y < 12; y++) {
            for (int x = 0; x < 10; x++) {
                double awayX = x - 4.5 - 1.5;
                double awayY = y - 5.5 + 0.75;
                double unturnedX = (Math.cos(0.4) * awayX + Math.sin(0.4) * awayY) / 1.2;
                double unturnedY = (Math.cos(0.4) * awayY - Math.sin(0.4) * awayX) / 1.2;
                double fromX = 4.5 + unturnedX - 0.15 * unturnedY;
                double fromY = 5.5 + unturnedY;
                assertThat(mapped[y * 10 + x]).isCloseTo((float) between(plane, fromX, fromY), within(1e-3f));
            }
        }
    }

    /** Bilinear, in 64 bits; outside is background. */
    private static double between(float[] plane, double x, double y) {
        double sum = 0;
        for (int row = (int) Math.floor(y); row <= Math.floor(y) + 1; row++) {
            for (int column = (int) Math.floor(x); column <= Math.floor(x) + 1; column++) {
                boolean isInside = row >= 0 && row < 12 && column >= 0 && column < 10;
                double share = (1 - Math.abs(x - column)) * (1 - Math.abs(y - row));
                sum += share * (isInside ? plane[row * 10 + column] : BACKGROUND);
            }
        }
        return sum;
    }

    @Test
    void erasingFillsOneRectangleOfTheAskedSize() {
        for (int step = 0; step < 100; step++) {
            float[] out = new float[1600];
            Arrays.fill(out, 1);
            var batch = new Batch(Shape.of(1, 40, 40), out, new int[1]);
            new Augmenter(List.of(new Augmentation.Erase(1, 0.1, 0.2)), BACKGROUND).apply(batch, 0, step, 0);
            int top = 40;
            int bottom = -1;
            int left = 40;
            int right = -1;
            int erased = 0;
            for (int i = 0; i < out.length; i++) {
                if (out[i] == BACKGROUND) {
                    erased++;
                    top = Math.min(top, i / 40);
                    bottom = Math.max(bottom, i / 40);
                    left = Math.min(left, i % 40);
                    right = Math.max(right, i % 40);
                }
            }
            assertThat(erased).isBetween((int) (0.09 * 1600), (int) (0.215 * 1600));
            assertThat(erased).isEqualTo((bottom - top + 1) * (right - left + 1));
        }
    }

    @Test
    void erasingHappensAsOftenAsAsked() {
        float[] before = pictures(500);
        float[] after = augmented(pictures(500), 1, 1, List.of(new Augmentation.Erase(0.3, 0.1, 0.2)));
        int erased = 0;
        for (int i = 0; i < 500; i++) {
            erased += Arrays.equals(before, i * 240, (i + 1) * 240, after, i * 240, (i + 1) * 240) ? 0 : 1;
        }
        assertThat(erased).isBetween(110, 190);
    }

    @Test
    void earlyChangesAreMadeUntilTheirShareOfTheTrainingIsDone() {
        var flip = new Augmentation.Flip();
        var shift = new Augmentation.Shift(2);
        var erase = new Augmentation.Erase(0.5, 0.02, 0.33);
        List<Augmentation> changes =
                List.of(flip, new Augmentation.Early(0.6, List.of(new Augmentation.Early(0.8, List.of(shift)))), erase);
        float[] all = augmented(pictures(9), 3, 17, List.of(flip, shift, erase));
        float[] late = augmented(pictures(9), 3, 17, List.of(flip, erase));
        assertThat(augmented(pictures(9), 3, 17, 0, changes)).isEqualTo(all).isNotEqualTo(late);
        assertThat(augmented(pictures(9), 3, 17, Math.nextDown(0.6), changes)).isEqualTo(all);
        assertThat(augmented(pictures(9), 3, 17, 0.6, changes)).isEqualTo(late);
        assertThat(augmented(pictures(9), 3, 17, 0.99, changes)).isEqualTo(late);
        assertThat(changes.stream().flatMap(Augmentation::steps)).containsExactly(flip, shift, erase);
    }

    @Test
    void onlyPicturesAreAugmented() {
        var batch = new Batch(Shape.of(4), new float[4], new int[1]);
        assertThatThrownBy(() -> new Augmenter(List.of(new Augmentation.Flip()), 0).apply(batch, 0, 0, 0))
                .hasMessageContaining("only pictures");
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new Augmentation.Shift(0)).hasMessageContaining("1 … 256, got 0");
        assertThatThrownBy(() -> new Augmentation.Rotate(Double.NaN)).hasMessageContaining("got NaN");
        assertThatThrownBy(() -> new Augmentation.Affine(10, 1, 0, 0)).hasMessageContaining("zoom");
        assertThatThrownBy(() -> new Augmentation.Affine(10, 0, Double.NaN, 0)).hasMessageContaining("shear");
        assertThatThrownBy(() -> new Augmentation.Rotate(181)).hasMessageContaining("got 181");
        assertThatThrownBy(() -> new Augmentation.Erase(1.1, 0.1, 0.2)).hasMessageContaining("got 1.1");
        assertThatThrownBy(() -> new Augmentation.Erase(1, 0.3, 0.2)).hasMessageContaining("smallest 0.3, largest 0.2");
        for (double until : new double[] {0, 1, -0.1, Double.NaN}) {
            assertThatThrownBy(() -> new Augmentation.Early(until, List.of(new Augmentation.Flip())))
                    .hasMessageContaining("below 1, got " + until);
        }
        assertThatThrownBy(() -> new Augmentation.Early(0.5, List.of())).hasMessageContaining("at least one change");
    }

    /** Numbers that tell every pixel of every picture apart, all above the background. */
    private static float[] pictures(int count) {
        float[] numbers = new float[count * SHAPE.count()];
        var draws = Draws.of(8, "pictures", 0);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) draws.nextDouble();
        }
        return numbers;
    }

    private static float[] augmented(float[] numbers, long seed, long step, List<Augmentation> changes) {
        return augmented(numbers, seed, step, 0, changes);
    }

    private static float[] augmented(float[] numbers, long seed, long step, double done, List<Augmentation> changes) {
        var batch = new Batch(SHAPE, numbers, new int[numbers.length / SHAPE.count()]);
        new Augmenter(changes, BACKGROUND).apply(batch, seed, step, done);
        return numbers;
    }

    private static Canvas canvas(float[] numbers) {
        var canvas = new Canvas(numbers, SHAPE, BACKGROUND);
        canvas.moveTo(0);
        return canvas;
    }

    /** How far to the right and down: where the pixel of row 5, column 5 went. */
    private static int[] moveOf(float[] out) {
        float wanted = pictures(1)[55];
        for (int i = 0; i < 120; i++) {
            if (out[i] == wanted) {
                return new int[] {i % 10 - 5, i / 10 - 5};
            }
        }
        throw new AssertionError("the pixel is gone");
    }

    private static float[] shifted(float[] numbers, int right, int down) {
        float[] out = new float[numbers.length];
        for (int i = 0; i < out.length; i++) {
            int x = i % 10 - right;
            int y = i / 10 % 12 - down;
            out[i] = x >= 0 && x < 10 && y >= 0 && y < 12 ? numbers[i / 120 * 120 + y * 10 + x] : BACKGROUND;
        }
        return out;
    }
}
