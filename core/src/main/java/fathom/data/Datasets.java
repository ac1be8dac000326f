package fathom.data;

import fathom.config.Spelling;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** The data sets that have a name. A folder of images needs none: its path stands for it. */
public final class Datasets {
    /**
     * A data set under its name.
     *
     * @param published its files; empty for a made-up set, which needs none
     * @param opener makes the set ready, or throws a {@link DataException}
     */
    public record Entry(
            String name, String about, Optional<StoredSet> published, BiFunction<Data, DataPlaces, Dataset> opener) {}

    private static final List<Entry> ALL = List.of(
            new Entry(
                    "mnist",
                    "handwritten digits, 60,000 + 10,000 of 28×28 grey pixels",
                    Optional.of(Mnist.digits()),
                    Mnist::openDigits),
            new Entry(
                    "fashion-mnist",
                    "garments, 60,000 + 10,000 of 28×28 grey pixels",
                    Optional.of(Mnist.fashion()),
                    Mnist::openFashion),
            new Entry(
                    "toy-digits",
                    "digits drawn by strokes, any number of 28×28 grey pixels, made up when needed",
                    Optional.empty(),
                    (data, _) -> ToyDigits.open(data)),
            new Entry(
                    LfwFiles.NAME,
                    "faces in the wild, 13,233 photographs of 5,749 people, 250×250 pixels in colour",
                    Optional.of(Lfw.files()),
                    Lfw::open),
            new Entry(
                    ToyFaces.NAME,
                    "drawn faces with known factors, any number of 64×64 pixels in colour, made up when needed",
                    Optional.empty(),
                    (data, _) -> ToyFaces.open(data)),
            new Entry(
                    Sst2.NAME,
                    "film reviews, 6,920 + 872 + 1,821 sentences, negative or positive",
                    Optional.of(Sst2.published()),
                    Sst2::open),
            new Entry(
                    ToyReviews.NAME,
                    "reviews with negation and contrast, any number of sentences, made up when needed",
                    Optional.empty(),
                    (data, _) -> ToyReviews.open(data)));

    private Datasets() {}

    public static List<Entry> all() {
        return ALL;
    }

    public static Optional<Entry> find(String name) {
        return ALL.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    /**
     * Opens the data set that {@code data} names, or the folder of images whose path it gives.
     *
     * @throws DataException if it is unknown, missing or damaged; the message says what to do
     */
    public static Dataset open(Data data, DataPlaces places) {
        return find(data.set())
                .map(entry -> entry.opener().apply(data, places))
                .orElseGet(() -> ImageFolder.open(folder(data.set()), data));
    }

    private static Path folder(String text) {
        try {
            Path folder = Path.of(text);
            if (Files.isDirectory(folder)) {
                return folder;
            }
        } catch (InvalidPathException e) {
            throw new DataException(unknown(text), e);
        }
        throw new DataException(unknown(text));
    }

    private static String unknown(String text) {
        var names = ALL.stream().map(Entry::name).toList();
        return "there is no data set and no folder of images called \"%s\"%s; the sets are %s"
                .formatted(text, Spelling.hint(text, names), names.stream().collect(Collectors.joining(", ")));
    }
}
