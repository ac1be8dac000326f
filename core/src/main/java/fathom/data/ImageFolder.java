package fathom.data;

import fathom.model.Shape;
import fathom.random.Draws;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * A data set of PNG and JPEG files in folders named after their class: {@code train/class/…} and {@code test/class/…},
 * or only {@code class/…}, of which a sixth is then taken for testing by the split's seed. Classes are numbered in the
 * order of their names. Pictures are grey if all of them are, else of three colours.
 */
public final class ImageFolder {
    private static final int PARTS = 6;

    /** A picture in memory and the checksum of its file. */
    private record Loaded(FolderListing.Entry entry, Bitmap bitmap, String sha256) {}

    private ImageFolder() {}

    /**
     * Reads the folder.
     *
     * @throws DataException if it is no such folder, a picture cannot be read, or sizes differ and {@code data} gives none
     */
    public static Dataset open(Path root, Data data) {
        var listing = FolderListing.of(root);
        var entries = Stream.concat(listing.training().stream(), listing.test().stream())
                .toList();
        var first = load(entries.getFirst(), data);
        var loaded = entries.parallelStream()
                .map(entry -> {
                    var picture = load(entry, data);
                    requireSameSize(picture, first);
                    Album.requireMemory(
                            root.toString(), entries.size(), picture.bitmap().shape(), "data.size");
                    return picture;
                })
                .toList();
        int channels = loaded.stream()
                .mapToInt(picture -> picture.bitmap().shape().size(0))
                .max()
                .orElseThrow();
        int trained = listing.training().size();
        var training = loaded.subList(0, trained);
        var test = loaded.subList(trained, loaded.size());
        if (test.isEmpty()) {
            int[] order = Draws.of(data.splitSeed(), "test", 0).permutation(trained);
            int tested = Math.ceilDiv(trained, PARTS);
            test = pick(loaded, Arrays.copyOf(order, tested));
            training = pick(loaded, Arrays.copyOfRange(order, tested, trained));
        }
        var about = new About(listing.name(), listing.classes(), provenance(loaded));
        return PictureSet.split(about, album(training, channels), album(test, channels), data);
    }

    private static Loaded load(FolderListing.Entry entry, Data data) {
        byte[] bytes = FileBytes.read(entry.path(), ImageFile.LARGEST_FILE);
        Bitmap bitmap = ImageFile.decode(entry.path().toString(), bytes);
        bitmap = bitmap.fitted(entry.path().toString(), data);
        return new Loaded(entry, bitmap, FileBytes.sha256(bytes));
    }

    private static void requireSameSize(Loaded picture, Loaded first) {
        Shape shape = picture.bitmap().shape();
        Shape expected = first.bitmap().shape();
        if (shape.size(1) != expected.size(1) || shape.size(2) != expected.size(2)) {
            throw new DataException(
                    "%s has %d×%d pixels (height × width) but %s has %d×%d: set data.size to bring all to one size"
                            .formatted(
                                    picture.entry().path(),
                                    shape.size(1),
                                    shape.size(2),
                                    first.entry().path(),
                                    expected.size(1),
                                    expected.size(2)));
        }
    }

    private static List<Loaded> pick(List<Loaded> loaded, int[] indices) {
        return Arrays.stream(indices).mapToObj(loaded::get).toList();
    }

    private static Album album(List<Loaded> loaded, int channels) {
        var bitmaps = loaded.stream()
                .map(picture -> picture.bitmap().withChannels(channels))
                .toList();
        return new Album(
                bitmaps.getFirst().shape(),
                bitmaps.stream().map(Bitmap::bytes).toArray(byte[][]::new),
                loaded.stream().mapToInt(picture -> picture.entry().label()).toArray());
    }

    /** The checksum is that of what {@code sha256sum} prints for all files in the order of their names. */
    private static SequencedMap<String, String> provenance(List<Loaded> loaded) {
        var digest = FileBytes.digest();
        loaded.stream()
                .map(picture ->
                        "%s  %s\n".formatted(picture.sha256(), picture.entry().name()))
                .sorted((a, b) -> a.substring(66).compareTo(b.substring(66)))
                .forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
        var provenance = new LinkedHashMap<String, String>();
        provenance.put("pictures", Integer.toString(loaded.size()));
        provenance.put("sha256 of names and contents", FileBytes.hex(digest.digest()));
        return provenance;
    }
}
