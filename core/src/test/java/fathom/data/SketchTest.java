package fathom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fathom.model.Shape;
import fathom.random.Draws;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SketchTest {
    private static final Shape INPUT = Shape.of(1, 28, 28);
    private static final Data DIGITS = Data.of("mnist");

    /** Interpolation blurs edges by a part of a pixel; one pixel of shift changes twice as much (see below). */
    private static final double NEARLY = 0.2;

    /** Pixels so faint that they are taken for grain are lost. */
    private static final double EXACTLY = 0.001;

    @TempDir
    private Path folder;

    /** How a pixel of the drawing is coloured: from its ink, 0 … 1, a byte for each channel. */
    private interface Pen {
        int[] of(double ink);
    }

    /** A 7 of 28×28 pixels as MNIST has it: 20 pixels high, its centre of mass in the middle. */
    private static byte[] seven() {
        byte[] pixels = new byte[784];
        for (int y = 0; y < 28; y++) {
            for (int x = 0; x < 28; x++) {
                double bars = Math.max(stroke(x, y, 7, 8.5, 19, 8.5), stroke(x, y, 9, 16, 20, 16));
                double ink = Math.max(bars, stroke(x, y, 18.5, 8.5, 12, 24.5));
                pixels[y * 28 + x] = (byte) Math.round(255 * ink);
            }
        }
        return pixels;
    }

    /** How much of a pixel a round pen of width 3 covers between two points, about. */
    private static double stroke(double x, double y, double x1, double y1, double x2, double y2) {
        double length = (x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1);
        double along = Math.clamp(((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length, 0, 1);
        double away = Math.hypot(x - x1 - along * (x2 - x1), y - y1 - along * (y2 - y1));
        return Math.clamp(2 - away, 0, 1);
    }

    /** The 7 enlarged, on a larger sheet, coloured by a pen. */
    private Path drawn(int times, int height, int width, int top, int left, Pen pen) {
        byte[] seven = seven();
        int channels = pen.of(0).length;
        byte[] planes = new byte[channels * height * width];
        for (int i = 0; i < height * width; i++) {
            int y = Math.floorDiv(i / width - top, times);
            int x = Math.floorDiv(i % width - left, times);
            boolean inside = y >= 0 && y < 28 && x >= 0 && x < 28;
            int[] colour = pen.of(inside ? (seven[y * 28 + x] & 0xff) / 255.0 : 0);
            for (int channel = 0; channel < channels; channel++) {
                planes[channel * height * width + i] = (byte) colour[channel];
            }
        }
        Path file = folder.resolve("drawing.png");
        MadeUp.write(file, channels == 1 ? Png.grey(height, width, planes) : Png.colour(height, width, planes));
        return file;
    }

    private static byte[] prepared(Path file) {
        return Pictures.read(file, INPUT, DIGITS, Preparation.DIGIT);
    }

    /** The sum of differences, as a share of all ink. */
    private static double difference(byte[] a, byte[] b) {
        double difference = 0;
        double ink = 0;
        for (int i = 0; i < a.length; i++) {
            difference += Math.abs((a[i] & 0xff) - (b[i] & 0xff));
            ink += a[i] & 0xff;
        }
        return difference / ink;
    }

    @Test
    void whatMnistHoldsStaysAsItIs() {
        byte[] prepared = prepared(drawn(1, 28, 28, 0, 0, ink -> new int[] {(int) Math.round(255 * ink)}));
        assertThat(difference(seven(), prepared)).isLessThan(EXACTLY);
    }

    @Test
    void shiftedScaledInvertedAndColouredDigitsAreTheSame() {
        byte[] seven = seven();
        Pen white = ink -> new int[] {(int) (255 * ink)};
        Pen black = ink -> new int[] {(int) (255 - 255 * ink)};
        Pen pencil = ink -> new int[] {(int) (220 - 90 * ink)};
        Pen redOnBlue = ink -> new int[] {(int) (30 + 200 * ink), 40, (int) (200 - 190 * ink)};
        assertThat(difference(seven, prepared(drawn(1, 28, 28, -3, 2, white)))).isLessThan(EXACTLY);
        assertThat(difference(seven, prepared(drawn(1, 60, 90, 30, 5, black)))).isLessThan(EXACTLY);
        assertThat(difference(seven, prepared(drawn(8, 400, 300, 150, 40, white))))
                .isLessThan(NEARLY);
        assertThat(difference(seven, prepared(drawn(5, 300, 700, 100, 500, black))))
                .isLessThan(NEARLY);
        assertThat(difference(seven, prepared(drawn(11, 500, 500, 100, 150, pencil))))
                .isLessThan(NEARLY);
        assertThat(difference(seven, prepared(drawn(7, 300, 300, 20, 90, redOnBlue))))
                .isLessThan(NEARLY);
    }

    /** So that the tolerance above means something. */
    @Test
    void aShiftOfOnePixelWouldBeSeen() {
        byte[] shifted = new byte[784];
        System.arraycopy(seven(), 0, shifted, 29, 755); // to the right and down
        assertThat(difference(seven(), shifted)).isGreaterThan(2 * NEARLY);
    }

    @Test
    void grainIsNoInk() {
        var draws = Draws.of(1, "grain", 0);
        Pen scanned = ink -> new int[] {(int) (225 - 190 * ink + draws.nextDouble(-12, 12))};
        assertThat(difference(seven(), prepared(drawn(8, 400, 400, 60, 120, scanned))))
                .isLessThan(NEARLY);
    }

    /** A photograph of paper: darker towards one corner, with grain. */
    @Test
    void aShadowIsNoInk() {
        byte[] seven = seven();
        var draws = Draws.of(2, "grain", 0);
        byte[] photograph = new byte[400 * 300];
        for (int i = 0; i < photograph.length; i++) {
            int y = Math.floorDiv(i / 300 - 60, 8);
            int x = Math.floorDiv(i % 300 - 50, 8);
            double ink = y >= 0 && y < 28 && x >= 0 && x < 28 ? (seven[y * 28 + x] & 0xff) / 255.0 : 0;
            double paper = 215 - 20 * (i / 120_000.0) - 25 * (i % 300 / 300.0) + draws.nextDouble(-6, 6);
            photograph[i] = (byte) (paper - 130 * ink);
        }
        Path file = folder.resolve("photograph.png");
        MadeUp.write(file, Png.grey(400, 300, photograph));
        assertThat(difference(seven, prepared(file))).isLessThan(NEARLY);
    }

    @Test
    void otherInputsGetThePreparedPictureAsTheirTrainingPicturesWere() {
        Path file = drawn(6, 300, 300, 20, 90, ink -> new int[] {(int) (255 - 255 * ink)});
        byte[] padded = Pictures.read(
                file,
                Shape.of(1, 32, 32),
                new Data("mnist", DIGITS.scale(), 32, Data.Fit.PAD, 0, 0, java.util.List.of(), 1, 0),
                Preparation.DIGIT);
        byte[] plain = prepared(file);
        for (int row = 0; row < 28; row++) {
            assertThat(Arrays.copyOfRange(padded, (row + 2) * 32 + 2, (row + 2) * 32 + 30))
                    .isEqualTo(Arrays.copyOfRange(plain, row * 28, row * 28 + 28));
        }
    }

    @Test
    void garmentsFillThePictureAndKeepTheirShades() {
        byte[] pixels = new byte[100 * 80];
        Arrays.fill(pixels, (byte) 250);
        for (int y = 20; y < 76; y++) {
            for (int x = 30; x < 58; x++) {
                pixels[y * 80 + x] = (byte) (x < 44 ? 55 : 155);
            }
        }
        Path file = folder.resolve("trousers.png");
        MadeUp.write(file, Png.grey(100, 80, pixels));
        byte[] out = Pictures.read(file, INPUT, Data.of("fashion-mnist"), Preparation.GARMENT);
        for (int y = 0; y < 28; y++) {
            for (int x = 0; x < 28; x++) {
                int expected = x < 7 || x >= 21 ? 0 : x < 14 ? 200 : 100;
                boolean seam = x == 13 || x == 14;
                assertThat(out[y * 28 + x] & 0xff).isBetween(expected - (seam ? 40 : 0), expected + (seam ? 40 : 0));
            }
        }
    }

    @Test
    void grainDoesNotWidenGarments() {
        var draws = Draws.of(3, "grain", 0);
        byte[] pixels = new byte[300 * 300];
        for (int i = 0; i < pixels.length; i++) {
            boolean inside = i / 300 >= 100 && i / 300 < 200 && i % 300 >= 130 && i % 300 < 180;
            pixels[i] = (byte) Math.round((inside ? 60 : 240) + draws.nextDouble(-5, 5));
        }
        Path file = folder.resolve("dress.png");
        MadeUp.write(file, Png.grey(300, 300, pixels));
        byte[] out = Pictures.read(file, INPUT, Data.of("fashion-mnist"), Preparation.GARMENT);
        assertThat(ink(out)).isEqualTo(28 * 14);
    }

    @Test
    void asDrawnOnlyTheSizeChanges() {
        Path file = drawn(2, 56, 56, 0, 0, ink -> new int[] {(int) (255 - 255 * ink)});
        byte[] drawn = Pictures.read(file, INPUT, DIGITS, Preparation.AS_DRAWN);
        assertThat(drawn)
                .isEqualTo(ImageFile.read(file)
                        .fitted(file, 28, 28, Data.Fit.RESIZE)
                        .bytes());
        assertThat(drawn[0] & 0xff).isEqualTo(255);
    }

    @Test
    void thePreparationFollowsTheData() {
        assertThat(Preparation.usual(DIGITS, INPUT)).isEqualTo(Preparation.DIGIT);
        assertThat(Preparation.usual(Data.of("toy-digits"), INPUT)).isEqualTo(Preparation.DIGIT);
        assertThat(Preparation.usual(Data.of("fashion-mnist"), INPUT)).isEqualTo(Preparation.GARMENT);
        assertThat(Preparation.usual(Data.of("my/pictures"), INPUT)).isEqualTo(Preparation.AS_DRAWN);
        assertThat(Preparation.usual(DIGITS, Shape.of(3, 28, 28))).isEqualTo(Preparation.AS_DRAWN);
    }

    @Test
    void nothingToSeeIsRefused() {
        for (int side : new int[] {1, 2, 300}) {
            byte[] grey = new byte[side * side];
            Arrays.fill(grey, (byte) 130);
            grey[side / 2] = (byte) 135;
            Path file = folder.resolve("fog.png");
            MadeUp.write(file, Png.grey(side, side, grey));
            assertThatThrownBy(() -> prepared(file))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("fog.png is empty: all of it has about the same colour");
        }
    }

    @Test
    void damagedAndForeignFilesAreRefused() {
        Path text = folder.resolve("digit.png");
        MadeUp.write(text, "not a picture".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> prepared(text)).hasMessageContaining("digit.png is neither a PNG nor a JPEG picture");
        byte[] whole = MadeUp.read(drawn(8, 400, 300, 150, 40, ink -> new int[] {(int) (255 * ink)}));
        Path cut = folder.resolve("cut.png");
        MadeUp.write(cut, Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> prepared(cut))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("cut.png is damaged");
    }

    @Test
    void aDotAndALineAreDrawingsToo() {
        byte[] dot = new byte[50 * 50];
        dot[1234] = (byte) 255;
        Path file = folder.resolve("dot.png");
        MadeUp.write(file, Png.grey(50, 50, dot));
        assertThat(ink(prepared(file))).isGreaterThan(300); // enlarged to 20×20
        byte[] line = new byte[50 * 50];
        Arrays.fill(line, 1000, 1050, (byte) 255);
        MadeUp.write(file, Png.grey(50, 50, line));
        assertThat(ink(prepared(file))).isBetween(15, 25);
    }

    @Test
    void aThinPenOnALargeSheetIsSeen() {
        int side = 2000;
        byte[] corner = new byte[side * side];
        Arrays.fill(corner, 1899 * side + 500, 1899 * side + 1500, (byte) 255);
        for (int y = 100; y < 1900; y++) {
            corner[y * side + 500] = (byte) 255;
        }
        Path file = folder.resolve("thin.png");
        MadeUp.write(file, Png.grey(side, side, corner));
        assertThat(ink(prepared(file))).isBetween(25, 35); // 20 down, 11 across
    }

    @Test
    void aDrawingOfWhichNothingIsLeftIsRefused() {
        int side = 2000;
        byte[] dots = new byte[side * side];
        dots[100 * side + 100] = (byte) 255;
        dots[1900 * side + 1900] = (byte) 255;
        Path file = folder.resolve("dots.png");
        MadeUp.write(file, Png.grey(side, side, dots));
        assertThatThrownBy(() -> prepared(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("dots.png is empty at 20×20 pixels: its strokes are too thin");
    }

    private static int ink(byte[] picture) {
        int count = 0;
        for (byte pixel : picture) {
            count += (pixel & 0xff) > 100 ? 1 : 0;
        }
        return count;
    }
}
