package fathom.report;

import static org.assertj.core.api.Assertions.assertThat;

import fathom.chart.ImageGrid;
import fathom.chart.Images;
import fathom.chart.Theme;
import fathom.data.Data;
import fathom.data.Examples;
import fathom.model.Shape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Pictures on a page, also large ones and many of them. */
class GalleryTest {
    /** Example i is a picture of 3×512×512 whose first number is i tenths. */
    private static final class Large implements Examples {
        private final List<Integer> rooms = new ArrayList<>();

        @Override
        public int size() {
            return 20_000;
        }

        @Override
        public int label(int index) {
            return 0;
        }

        @Override
        public void read(int index, float[] out, int offset) {
            rooms.add(out.length);
            out[offset] = index / 10f;
        }

        @Override
        public Shape shape() {
            return Shape.of(3, 512, 512);
        }
    }

    @Test
    void picturesAreReadOneAfterTheOther() throws IOException {
        var examples = new Large();
        var gallery = Gallery.of(examples, new Data.Scale.Unit()).orElseThrow();
        Images images = gallery.images(4, 0, 10);
        assertThat(examples.rooms).containsExactly(3 * 512 * 512, 3 * 512 * 512, 3 * 512 * 512);
        byte[] png = new ImageGrid("", images, List.of(), 3).png(Theme.LIGHT, 1);
        var drawn = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(List.of(drawn.getRGB(0, 0), drawn.getRGB(514, 0), drawn.getRGB(1028, 0)))
                .containsExactly(0xff660000, 0xff000000, 0xffff0000);
    }

    @Test
    void morePicturesThanMemoryHoldsAreNotAskedFor() {
        var gallery = Gallery.of(new Large(), new Data.Scale.Unit()).orElseThrow();
        assertThat(gallery.holds(300)).isTrue();
        assertThat(gallery.holds(20_000)).isFalse();
    }

    @Test
    void onlySmallPicturesAreEnlargedAndTooLargeOnesHaveNoFile() throws IOException {
        assertThat(width(grid(1, 5), 16)).isEqualTo(5 * 16);
        assertThat(width(grid(1, 100), 16)).isEqualTo(200);
        assertThat(width(grid(1, 512), 16)).isEqualTo(512);
        assertThat(width(grid(1, 28), 3)).isEqualTo(84);
        var figures = new Figures();
        figures.pictures("large", grid(9, 2600), 16);
        assertThat(figures.files()).isEmpty();
    }

    private static ImageGrid grid(int count, int side) {
        return new ImageGrid("", Images.of(new byte[count * side * side], 1, side, side), List.of(), 8);
    }

    private static int width(ImageGrid grid, int most) throws IOException {
        var figures = new Figures();
        figures.pictures("some", grid, most);
        byte[] png = Objects.requireNonNull(figures.files().get("some.png"));
        return ImageIO.read(new ByteArrayInputStream(png)).getWidth();
    }
}
