package fathom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fathom.model.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ToyFacesTest {
    /** Of 100 pictures and labels of seed 0; when this changes, the set's version must grow. */
    private static final String FIRST_HUNDRED = "b077889bb421b8ae61457bc0cc809e944eb3f372230a54d80c098cf80b6c11ba";

    private static final Face PLAIN = new Face(0, 0.3, 0.3, 0.4, 0, false, 0, 0.5, 0, 0);

    @Test
    void theDrawingsAreTheSameOnEveryMachine() {
        var digest = FileBytes.digest();
        var album = ToyFaces.album(0, Split.TRAIN, 100);
        for (int i = 0; i < 100; i++) {
            digest.update((byte) album.label(i));
            digest.update(album.picture(i));
        }
        assertThat(FileBytes.hex(digest.digest())).isEqualTo(FIRST_HUNDRED);
    }

    @Test
    void aFaceIsTheSameInASetOfAnySizeAndDiffersBySeedAndSplit() {
        var few = ToyFaces.album(4, Split.TEST, 5);
        var many = ToyFaces.album(4, Split.TEST, 50);
        assertThat(many.picture(4)).isEqualTo(few.picture(4));
        var seen = new HashSet<String>();
        for (Split split : Split.values()) {
            seen.add(FileBytes.sha256(ToyFaces.album(4, split, 1).picture(0)));
            seen.add(FileBytes.sha256(ToyFaces.album(5, split, 1).picture(0)));
        }
        assertThat(seen).hasSize(6);
    }

    @Test
    void theSetHasTheSizesAskedForAndItsFactorsAsAttributes() {
        var data = new Data("toy-faces", new Data.Scale.Unit(), 32, Data.Fit.RESIZE, 0.25, 0, List.of(), 600, 40)
                .withCrop(48);
        var set = ToyFaces.open(data);
        assertThat(set.shape()).isEqualTo(Shape.of(3, 32, 32));
        assertThat(set.classes()).containsExactly("no glasses", "glasses");
        assertThat(set.examples(Split.TRAIN).size()).isEqualTo(40);
        assertThat(set.examples(Split.VALIDATION).size()).isEqualTo(150);
        assertThat(set.examples(Split.TEST).size()).isEqualTo(100);
        assertThat(set.attributes(Split.TRAIN).orElseThrow().size()).isEqualTo(40);
        var attributes = set.attributes(Split.TEST).orElseThrow();
        assertThat(attributes.names())
                .containsExactly("turn", "skin", "hair_length", "hair_shade", "smile", "glasses", "age", "width");
        assertThat(attributes.isBinary("glasses")).isTrue();
        assertThat(attributes.isBinary("smile")).isFalse();
        float[] glasses = attributes.values("glasses");
        for (int i = 0; i < 100; i++) {
            assertThat((int) glasses[i]).isEqualTo(set.examples(Split.TEST).label(i));
        }
    }

    @Test
    void moreFacesThanFitIntoMemoryAreRefusedBeforeTheyAreDrawn() {
        assertThatThrownBy(() -> ToyFaces.open(Data.of("toy-faces").withCount(1_000_000)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("toy-faces: 1,166,666 pictures of 12,288 bytes do not fit in the memory of")
                .hasMessageEndingWith("set a smaller data.count");
    }

    /** Of n uniform numbers the mean has a deviation of range ÷ √(12 n); the bounds are five of them. */
    @Test
    void factorsAreSpreadOverTheirRangesAndIndependent() {
        var attributes = ToyFaces.album(1, Split.TRAIN, 2000).attributes().orElseThrow();
        for (String one : attributes.names()) {
            float[] values = attributes.values(one);
            boolean signed = one.equals("turn") || one.equals("smile");
            double range = signed ? 2 : attributes.isBinary(one) ? Math.sqrt(3) : 1;
            assertThat(mean(values)).isCloseTo(signed ? 0 : 0.5, within(5 * range / Math.sqrt(12 * 2000)));
            for (String other : attributes.names()) {
                if (!one.equals(other)) {
                    assertThat(correlation(values, attributes.values(other)))
                            .as("%s and %s", one, other)
                            .isCloseTo(0, within(5 / Math.sqrt(2000)));
                }
            }
        }
    }

    @Test
    void eachFactorChangesItsOwnRegionAndNothingElse() {
        changes(with(0, 0.3, 0.4, 0.8, false, 0), y -> y >= 40 && y <= 51, "smile");
        changes(with(0, 0.3, 0.4, 0, true, 0), y -> y >= 24 && y <= 40, "glasses");
        changes(with(0, 0.3, 0.4, 0, false, 1), y -> y >= 14 && y <= 48, "age");
        changes(with(0, 0.3, 0.9, 0, false, 0), y -> y >= 8 && y <= 57, "hair shade");
        changes(with(0, 0.8, 0.4, 0, false, 0), y -> y >= 10, "skin");
        changes(with(0.7, 0.3, 0.4, 0, false, 0), y -> y >= 10 && y <= 55, "turn");
        changes(new Face(0, 0.3, 0.9, 0.4, 0, false, 0, 0.5, 0, 0), y -> y >= 20, "hair length");
        changes(new Face(0, 0.3, 0.3, 0.4, 0, false, 0, 0.9, 0, 0), y -> y >= 8 && y <= 60, "width");
    }

    /** The shade of the forehead is the skin's, that beside the top of the head the wall's. */
    @Test
    void coloursAreWhereTheyBelong() {
        byte[] light = FaceDrawing.draw(with(0, 0, 0.4, 0, false, 0));
        byte[] dark = FaceDrawing.draw(with(0, 1, 0.4, 0, false, 0));
        assertThat(red(light, 26, 32)).isGreaterThan(240);
        assertThat(red(dark, 26, 32)).isLessThan(110);
        assertThat(red(light, 5, 5)).isEqualTo(red(dark, 5, 5)).isBetween(195, 210);
        assertThat(red(FaceDrawing.draw(with(0, 0.3, 0, 0, false, 0)), 12, 32)).isLessThan(60);
        assertThat(red(FaceDrawing.draw(with(0, 0.3, 1, 0, false, 0)), 12, 32)).isGreaterThan(200);
    }

    @Test
    void aFaceTurnedTheOtherWayIsItsMirrorImage() {
        byte[] left = FaceDrawing.draw(with(-0.6, 0.3, 0.4, 0.5, true, 0.5));
        byte[] right = FaceDrawing.draw(with(0.6, 0.3, 0.4, 0.5, true, 0.5));
        int far = 0;
        for (int i = 0; i < left.length; i++) {
            int mirrored = right[i / 64 * 64 + 63 - i % 64] & 0xff;
            far += Math.abs((left[i] & 0xff) - mirrored) > 48 ? 1 : 0;
        }
        assertThat(far / (double) left.length)
                .as("share of pixels that differ much")
                .isLessThan(0.02);
    }

    private static Face with(double turn, double skin, double shade, double smile, boolean glasses, double age) {
        return new Face(turn, skin, 0.3, shade, smile, glasses, age, 0.5, 0, 0);
    }

    private static void changes(Face face, IntPredicate row, String factor) {
        byte[] plain = FaceDrawing.draw(PLAIN);
        byte[] changed = FaceDrawing.draw(face);
        int[] different = IntStream.range(0, plain.length)
                .filter(i -> plain[i] != changed[i])
                .toArray();
        assertThat(different).as(factor).hasSizeGreaterThan(60);
        assertThat(IntStream.of(different).map(i -> i / 64 % 64).allMatch(row))
                .as(
                        "%s changes rows %s",
                        factor, IntStream.of(different).map(i -> i / 64 % 64).summaryStatistics())
                .isTrue();
    }

    private static int red(byte[] picture, int row, int column) {
        return picture[64 * row + column] & 0xff;
    }

    private static double mean(float[] values) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> values[i])
                .average()
                .orElseThrow();
    }

    private static double correlation(float[] a, float[] b) {
        double meanA = mean(a);
        double meanB = mean(b);
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return ab / Math.sqrt(aa * bb);
    }
}
