package fathom.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PixelsTest {
    private static BufferedImage read(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    @Test
    void shrinkingTakesTheMeanByArea() {
        byte[] four = {0, 100, (byte) 200, (byte) 240};
        var pixels = new Pixels(1, 1);
        pixels.draw(Images.of(four, 1, 2, 2), 0, 0, 0, 1, 1, colour -> 0xff000000 | colour);
        assertThat(pixels.at(0, 0)).isEqualTo(0xff878787); // (0 + 100 + 200 + 240) / 4
    }

    @Test
    void whatLiesOutsideIsLost() {
        var pixels = new Pixels(4, 4);
        pixels.draw(Samples.pictures(1), 0, -5, 2, 8, 8, colour -> 0xff000000 | colour);
        pixels.fill(3, 3, 9, 9, 0x123456);
        assertThat(pixels.at(3, 3)).isEqualTo(0xff123456);
        assertThat(pixels.at(0, 0)).isZero();
    }

    @Test
    void greyIndexedAndFullColourPngsKeepEveryPixel() throws IOException {
        for (int colours : new int[] {2, 200, 5000}) {
            var pixels = new Pixels(100, 50);
            for (int i = 0; i < 5000; i++) {
                pixels.fill(i % 100, i / 100, 1, 1, colours == 2 ? 0x010101 * (i % 256) : i % colours * 3111);
            }
            BufferedImage image = read(pixels.png());
            for (int i = 0; i < 5000; i++) {
                int expected = colours == 2 ? 0x010101 * (i % 256) : i % colours * 3111;
                int[] sample = image.getRaster().getPixel(i % 100, i / 100, (int[]) null);
                int seen = sample.length == 1 && colours == 2 ? 0x010101 * sample[0] : image.getRGB(i % 100, i / 100);
                assertThat(seen & 0xffffff).isEqualTo(expected);
            }
        }
    }

    @Test
    void aGridOfPicturesHasGapsOfItsGround() throws IOException {
        var grid = new ImageGrid("", Samples.pictures(3), List.of(), 2);
        BufferedImage image = read(grid.png(Theme.AUTO, 2));
        assertThat(image.getWidth()).isEqualTo(2 * 16 + 2);
        assertThat(image.getHeight()).isEqualTo(2 * 16 + 2);
        assertThat(image.getRGB(16, 0) >>> 24).isZero();
        assertThat(image.getRGB(20, 20) >>> 24).isZero(); // the fourth place is empty
        assertThat(read(grid.png(Theme.DARK, 2)).getRGB(16, 0)).isEqualTo(0xff16181d);
    }

    @Test
    void aGridOfTooManyPixelsIsRefused() {
        var grid = new ImageGrid("", Images.of(new byte[4 * 512 * 512], 1, 512, 512), List.of(), 1);
        assertThat(grid.pixels(16)).isEqualTo(8192L * (4 * 8192 + 3 * 2));
        assertThatThrownBy(() -> grid.png(Theme.LIGHT, 16))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a grid of 268 million pixels is too large: show fewer or enlarge them less");
    }

    /** Two panels of 8×8 pictures, four times as large: one, and two pairs with a narrow gap in them and a wide one between. */
    @Test
    void aSheetHoldsItsPicturesInRowsWithGaps() throws IOException {
        var one = new Sheet.Panel("not drawn", List.of("nor this"), Samples.pictures(1), 1, 0);
        var pairs = new Sheet.Panel("", List.of(), Samples.pictures(6), 4, 2);
        BufferedImage image = read(new Sheet("nor that", List.of(one, pairs), true, 4).png(Theme.LIGHT));
        int second = 10 + 32 + 18; // the margin, the picture, the room between panels
        assertThat(image.getWidth()).isEqualTo(second + 4 * 32 + 2 + 10 + 2 + 10);
        assertThat(image.getHeight()).isEqualTo(10 + 2 * 32 + 2 + 10);
        int[] lefts = {second, second + 34, second + 76, second + 110};
        for (int i = 0; i < 6; i++) {
            int left = lefts[i % 4];
            int top = 10 + i / 4 * 34;
            for (int at = 0; at < 64; at++) { // each pixel of a picture is a square of 4×4
                int grey = Samples.pictures(6).colour(i, at / 8, at % 8) & 0xff;
                assertThat(grey(image, left + at % 8 * 4, top + at / 8 * 4)).isEqualTo(grey);
                assertThat(grey(image, left + at % 8 * 4 + 3, top + at / 8 * 4 + 3))
                        .isEqualTo(grey);
            }
            assertThat(grey(image, left + 32, top)).isEqualTo(255);
        }
        assertThat(grey(image, lefts[2], 10 + 34)).isEqualTo(255); // the last row is not full
        assertThat(grey(image, 20, 60)).isEqualTo(255); // below the one picture
    }

    /** As the file says it; Java's conversion of greys to RGB changes them. */
    private static int grey(BufferedImage image, int x, int y) {
        return image.getRaster().getSample(x, y, 0);
    }

    @Test
    void pictureScattersAreDrawnOnTheGroundOfTheirTheme() throws IOException {
        var chart = Samples.images("", Samples.GARMENTS, ImageScatter.Placing.GRID);
        assertThat(read(chart.png(new Look(Theme.AUTO, 300))).getRGB(0, 0) >>> 24)
                .isZero();
        BufferedImage light = read(chart.png(new Look(Theme.LIGHT, 300)));
        assertThat(light.getWidth()).isEqualTo(600);
        assertThat(light.getRGB(0, 0)).isEqualTo(0xffffffff);
    }

    @Test
    void colouredPicturesComeBackAsTheyWere() {
        byte[] planes = {10, 20, 30, 40, 50, 60};
        Images images = Images.of(planes, 3, 1, 2);
        assertThat(images.colour(0, 0, 0)).isEqualTo(0x0a1e32);
        assertThat(images.colour(0, 0, 1)).isEqualTo(0x14283c);
        assertThat(Images.grey(new float[] {-1, 0, 1, Float.NaN}, 1, 1, 4, -1, 1)
                        .colour(0, 0, 2))
                .isEqualTo(0xffffff);
    }
}
