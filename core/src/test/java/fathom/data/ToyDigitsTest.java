package fathom.data;

import static org.assertj.core.api.Assertions.assertThat;

import fathom.model.Shape;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ToyDigitsTest {
    /** Of 100 pictures and labels of seed 0; when this changes, the set's version must grow. */
    private static final String FIRST_HUNDRED = "18dbe07ccbd55ae7c764ded8de35ee78f6b098b2970ce463d896ffb3a8cfc19e";

    @Test
    void theDrawingsAreTheSameOnEveryMachine() {
        var digest = FileBytes.digest();
        var album = ToyDigits.album(0, Split.TRAIN, 100);
        for (int i = 0; i < 100; i++) {
            digest.update((byte) album.label(i));
            digest.update(album.picture(i));
        }
        assertThat(FileBytes.hex(digest.digest())).isEqualTo(FIRST_HUNDRED);
    }

    @Test
    void aPictureIsTheSameInASetOfAnySize() {
        var few = ToyDigits.album(4, Split.TEST, 20);
        var many = ToyDigits.album(4, Split.TEST, 500);
        for (int i = 0; i < 20; i++) {
            assertThat(many.picture(i)).isEqualTo(few.picture(i));
            assertThat(many.label(i)).isEqualTo(few.label(i));
        }
    }

    @Test
    void seedsAndSplitsDrawDifferentPictures() {
        var seen = new HashSet<String>();
        for (long seed = 0; seed < 3; seed++) {
            for (Split split : Split.values()) {
                var album = ToyDigits.album(seed, split, 50);
                IntStream.range(0, 50).forEach(i -> seen.add(FileBytes.sha256(album.picture(i))));
            }
        }
        assertThat(seen).hasSize(450);
    }

    @Test
    void classesAreBalancedAndInkIsNeitherScarceNorEverywhere() {
        var album = ToyDigits.album(0, Split.TRAIN, 2000);
        int[] counts = new int[10];
        for (int i = 0; i < 2000; i++) {
            counts[album.label(i)]++;
            int dark = 0;
            for (byte pixel : album.picture(i)) {
                dark += (pixel & 0xff) > 110 ? 1 : 0;
            }
            assertThat(dark).as("picture %d, a %d", i, album.label(i)).isBetween(8, 300);
        }
        assertThat(Arrays.stream(counts).min().orElse(0)).isGreaterThan(140);
        assertThat(Arrays.stream(counts).max().orElse(0)).isLessThan(270);
    }

    /** A picture is told by the class of the training picture that is nearest to it, pixel by pixel. */
    @Test
    void digitsCanBeToldApartButNotEasily() {
        var known = ToyDigits.album(0, Split.TRAIN, 2000);
        var asked = ToyDigits.album(0, Split.TEST, 200);
        long right = IntStream.range(0, 200)
                .parallel()
                .filter(i -> known.label(nearest(known, asked.picture(i))) == asked.label(i))
                .count();
        assertThat(right / 200.0).isBetween(0.5, 0.9);
    }

    @Test
    void theSetHasTheSizesAskedFor() {
        var set = ToyDigits.open(data(600, 0, 0));
        assertThat(set.shape()).isEqualTo(Shape.of(1, 28, 28));
        assertThat(set.classes()).hasSize(10);
        assertThat(set.examples(Split.TRAIN).size()).isEqualTo(450);
        assertThat(set.examples(Split.VALIDATION).size()).isEqualTo(150);
        assertThat(set.examples(Split.TEST).size()).isEqualTo(100);
        assertThat(set.provenance()).containsEntry("seed", "0");
        var larger = ToyDigits.open(data(600, 32, 40));
        assertThat(larger.shape()).isEqualTo(Shape.of(1, 32, 32));
        assertThat(larger.examples(Split.TRAIN).size()).isEqualTo(40);
        assertThat(larger.examples(Split.VALIDATION).size()).isEqualTo(150);
    }

    private static int nearest(Album known, byte[] picture) {
        int nearest = -1;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < known.size(); i++) {
            long distance = 0;
            byte[] other = known.picture(i);
            for (int pixel = 0; pixel < picture.length; pixel++) {
                int difference = (picture[pixel] & 0xff) - (other[pixel] & 0xff);
                distance += (long) difference * difference;
            }
            if (distance < least) {
                least = distance;
                nearest = i;
            }
        }
        return nearest;
    }

    private static Data data(int count, int size, int limit) {
        return new Data("toy-digits", new Data.Scale.Unit(), size, Data.Fit.RESIZE, 0.25, 0, List.of(), count, limit);
    }
}
