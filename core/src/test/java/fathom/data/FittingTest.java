package fathom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fathom.model.Shape;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FittingTest {
    /** The numbers were computed by another library; the file's first line says how. */
    @Test
    void resizingAgreesWithAnIndependentComputation() {
        var lines = new String(MadeUp.resource("resized.txt"), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .iterator();
        int cases = 0;
        while (lines.hasNext()) {
            int[] sizes = Arrays.stream(numbers(lines.next()))
                    .mapToInt(number -> (int) number)
                    .toArray();
            compare(Shape.of(sizes[0], sizes[1], sizes[2]), sizes[3], sizes[4], lines);
            cases++;
        }
        assertThat(cases).isEqualTo(5);
    }

    private static void compare(Shape from, int height, int width, Iterator<String> expected) {
        byte[] picture = new byte[from.count()];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = (byte) (i * 37 + 13 * ((i * i) % 11));
        }
        var fitting = Fitting.of(from, height, width, Data.Fit.RESIZE);
        assertThat(fitting.shape()).isEqualTo(Shape.of(from.size(0), height, width));
        byte[] out = fitting.apply(picture);
        for (int row = 0; row < from.size(0) * height; row++) {
            double[] numbers = numbers(expected.next());
            for (int x = 0; x < width; x++) {
                assertThat((double) (out[row * width + x] & 0xff))
                        .as("%s to %d×%d, row %d, column %d", from, height, width, row, x)
                        .isCloseTo(numbers[x], within(0.501));
            }
        }
    }

    private static double[] numbers(String line) {
        return Pattern.compile(" ")
                .splitAsStream(line)
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    @Test
    void picturesThatWouldNotFitIntoMemoryAreRefused() {
        var many = new Album(Shape.of(1, 1, 1), new int[1 << 22], _ -> new byte[1]);
        assertThatThrownBy(() -> many.fitted(Data.of("dots").withSize(1024)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("dots: 4,194,304 pictures of 1,048,576 bytes do not fit in the memory of")
                .hasMessageEndingWith("set a smaller data.size");
    }

    @Test
    void aCropIsTheMiddleOfThePicture() {
        var from = Shape.of(3, 7, 6);
        byte[] picture = MadeUp.random(from.count(), 256, 3);
        var fitting = Fitting.of(from, data(4, 0));
        assertThat(fitting.shape()).isEqualTo(Shape.of(3, 4, 4));
        byte[] out = fitting.apply(picture);
        for (int channel = 0; channel < 3; channel++) {
            for (int y = 0; y < 4; y++) {
                for (int x = 0; x < 4; x++) {
                    assertThat(out[16 * channel + 4 * y + x]).isEqualTo(picture[42 * channel + 6 * (1 + y) + 1 + x]);
                }
            }
        }
    }

    /** Computed anew in double precision: triangles of the ratio's width about each new pixel's centre. */
    @Test
    void aPictureIsCutBeforeItIsResized() {
        var from = Shape.of(1, 30, 25);
        byte[] picture = MadeUp.random(from.count(), 256, 5);
        byte[] out = Fitting.of(from, data(21, 6)).apply(picture);
        double ratio = 21 / 6.0;
        for (int i = 0; i < 36; i++) {
            int row = i / 6;
            double sum = 0;
            double weights = 0;
            for (int y = 0; y < 21; y++) {
                for (int x = 0; x < 21; x++) {
                    double weight = triangle(y + 0.5 - (row + 0.5) * ratio, ratio)
                            * triangle(x + 0.5 - (i % 6 + 0.5) * ratio, ratio);
                    sum += weight * (picture[25 * (4 + y) + 2 + x] & 0xff);
                    weights += weight;
                }
            }
            assertThat((double) (out[i] & 0xff)).isCloseTo(sum / weights, within(0.501));
        }
    }

    private static double triangle(double distance, double reach) {
        return Math.max(0, 1 - Math.abs(distance) / reach);
    }

    @Test
    void aCropLargerThanThePictureIsRefused() {
        assertThatThrownBy(() -> Fitting.of(Shape.of(3, 7, 6), data(7, 4)))
                .isInstanceOf(DataException.class)
                .hasMessage("no square of 7×7 pixels can be cut out of a picture of 3×7×6: set a smaller data.crop");
    }

    private static Data data(int crop, int size) {
        return Data.of("x").withCrop(crop).withSize(size);
    }

    @Test
    void aPictureOfTheRightSizeIsLeftAlone() {
        byte[] picture = {1, 2, 3, 4};
        assertThat(Fitting.of(Shape.of(1, 2, 2), 2, 2, Data.Fit.RESIZE).apply(picture))
                .isSameAs(picture);
    }

    @Test
    void anEvenPictureStaysEvenWhateverItsSize() {
        for (int size = 1; size < 40; size++) {
            byte[] picture = new byte[17 * 13];
            Arrays.fill(picture, (byte) 255);
            byte[] out =
                    Fitting.of(Shape.of(1, 17, 13), size, size, Data.Fit.RESIZE).apply(picture);
            assertThat(out).hasSize(size * size).containsOnly(255);
        }
    }

    @Test
    void paddingPutsBackgroundAround() {
        byte[] out = Fitting.of(Shape.of(2, 1, 2), 3, 5, Data.Fit.PAD).apply(new byte[] {1, 2, 3, 4});
        assertThat(out)
                .containsExactly(
                        0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, //
                        0, 0, 0, 0, 0, 0, 3, 4, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void aPictureLargerThanItsFrameCannotBePadded() {
        assertThatThrownBy(() -> Fitting.of(Shape.of(1, 28, 33), 32, 32, Data.Fit.PAD))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "a picture of 1×28×33 cannot be padded to 1×32×32, which is smaller: take fit resize, or a larger"
                                + " size");
    }
}
