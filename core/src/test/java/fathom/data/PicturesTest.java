package fathom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fathom.model.Shape;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesTest {
    private static final byte[] GREY = {0, 51, 102, (byte) 153};

    @TempDir
    private Path folder;

    @Test
    void aPictureOfTheRightSizeIsReadAsItIs() {
        assertThat(read(grey(), Shape.of(1, 2, 2))).isEqualTo(GREY);
    }

    @Test
    void greyStandsThreeTimesWhereColoursAreExpected() {
        byte[] three = read(grey(), Shape.of(3, 2, 2));
        assertThat(three).hasSize(12).startsWith(GREY).endsWith(GREY);
    }

    @Test
    void coloursBecomeGreyByTheirLuma() {
        byte[] planes = {(byte) 255, 0, 0, 100, 0, (byte) 255, 0, 100, 0, 0, (byte) 255, 100};
        Path file = folder.resolve("colours.png");
        MadeUp.write(file, Png.colour(2, 2, planes));
        assertThat(read(file, Shape.of(1, 2, 2))).containsExactly(76, (byte) 150, 29, 100);
    }

    @Test
    void anotherSizeIsFittedAsTheDataWas() {
        var pad = new Data("x", new Data.Scale.Unit(), 0, Data.Fit.PAD, 0, 0, List.of(), 1, 0);
        assertThat(Pictures.read(grey(), Shape.of(1, 4, 4), pad, Preparation.AS_DRAWN))
                .containsExactly(0, 0, 0, 0, 0, 0, 51, 0, 0, 102, (byte) 153, 0, 0, 0, 0, 0);
        assertThat(read(grey(), Shape.of(1, 1, 1))).containsExactly(77);
        assertThatThrownBy(() -> Pictures.read(grey(), Shape.of(1, 1, 1), pad, Preparation.AS_DRAWN))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("grey.png: a picture of 1×2×2 cannot be padded");
    }

    @Test
    void missingFilesAndOddShapesAreNamed() {
        assertThatThrownBy(() -> read(folder.resolve("none.png"), Shape.of(1, 2, 2)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("none.png cannot be read: it does not exist");
        assertThatThrownBy(() -> read(folder, Shape.of(1, 2, 2))).hasMessageContaining("is not a regular file");
        assertThatThrownBy(() -> read(grey(), Shape.of(784)))
                .hasMessageContaining("grey.png: a picture has a shape of 1 or 3 channels × height × width, not 784");
        assertThatThrownBy(() -> read(grey(), Shape.of(2, 2, 2))).hasMessageContaining("not 2×2×2");
    }

    private static byte[] read(Path file, Shape shape) {
        return Pictures.read(file, shape, Data.of("x"), Preparation.AS_DRAWN);
    }

    private Path grey() {
        Path file = folder.resolve("grey.png");
        MadeUp.write(file, Png.grey(2, 2, GREY));
        return file;
    }
}
