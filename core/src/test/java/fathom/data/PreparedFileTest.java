package fathom.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures that are kept decoded: made once, made anew when they would be wrong, done without when they cannot be kept. */
class PreparedFileTest {
    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000);

    @TempDir
    private Path place;

    private Path kept = Path.of("");

    @BeforeEach
    void writeArchive() {
        MadeUp.write(place.resolve("lfw/lfw.tgz"), FaceArchive.ofSix().packed());
        kept = place.resolve("prepared/lfw-crop0-size8-RESIZE.pictures");
    }

    @Test
    void picturesAreMadeOnceAndReadBackTheSame() throws IOException {
        var made = pixels(open(8));
        Files.setLastModifiedTime(kept, LONG_AGO);
        assertThat(pixels(open(8))).isEqualTo(made);
        assertThat(Files.getLastModifiedTime(kept)).isEqualTo(LONG_AGO);
    }

    @Test
    void everySizeHasAFileOfItsOwn() throws IOException {
        open(8);
        open(12);
        try (var files = Files.list(place.resolve("prepared"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .filteredOn(name -> name.endsWith(".pictures"))
                    .containsExactlyInAnyOrder("lfw-crop0-size8-RESIZE.pictures", "lfw-crop0-size12-RESIZE.pictures");
        }
    }

    @Test
    void anotherArchiveMakesThemAnew() {
        var before = pixels(open(8));
        var archive = FaceArchive.ofSix().file(FaceArchive.name("New", 1), FaceArchive.jpeg(20, 24, 240));
        MadeUp.write(place.resolve("lfw/lfw.tgz"), archive.packed());
        var after = pixels(open(8));
        assertThat(after.size()).isEqualTo(before.size() + 1);
    }

    @Test
    void damageAnywhereMakesThemAnew() throws IOException {
        var made = pixels(open(8));
        byte[] whole = MadeUp.read(kept);
        for (int at = 8; at < whole.length; at += 29) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 4;
            MadeUp.write(kept, damaged);
            assertThat(pixels(open(8))).as("byte %d changed", at).isEqualTo(made);
            assertThat(MadeUp.read(kept)).isEqualTo(whole);
        }
        for (int length : new int[] {0, 7, 40, whole.length / 2, whole.length - 1}) {
            MadeUp.write(kept, Arrays.copyOf(whole, length));
            assertThat(pixels(open(8))).as("cut off after %d", length).isEqualTo(made);
        }
    }

    @Test
    void whereTheFileCannotBeWrittenPicturesAreHeldInMemory() throws IOException {
        var made = pixels(open(8));
        Files.delete(kept);
        Files.delete(kept.resolveSibling(kept.getFileName() + ".lock"));
        Files.delete(place.resolve("prepared"));
        MadeUp.write(place.resolve("prepared"), new byte[1]);
        assertThat(pixels(open(8))).isEqualTo(made);
    }

    @Test
    void openingAtOnceMakesThemOnce() {
        var file = new PreparedFile(kept, "source");
        var files = new FaceFiles(place.resolve("lfw/lfw.tgz"));
        var made = new AtomicInteger();
        var sizes = IntStream.range(0, 6)
                .parallel()
                .mapToObj(_ -> openCounting(file, files, made))
                .toList();
        assertThat(sizes).containsOnly(12);
        assertThat(made).hasValue(1);
    }

    private static int openCounting(PreparedFile file, FaceFiles files, AtomicInteger made) {
        try {
            var prepared = file.open(sink -> {
                made.incrementAndGet();
                return Decoding.run(files, Data.of("lfw"), sink);
            });
            return prepared.contents().names().size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Dataset open(int size) {
        return Lfw.open(Data.of("lfw").withSize(size), new DataPlaces(List.of(place)));
    }

    private static List<List<Float>> pixels(Dataset set) {
        return Arrays.stream(Split.values())
                .map(set::examples)
                .flatMap(examples -> IntStream.range(0, examples.size())
                        .mapToObj(i -> examples.batch(i).inputs()))
                .map(picture -> IntStream.range(0, picture.length)
                        .mapToObj(i -> picture[i])
                        .toList())
                .toList();
    }
}
