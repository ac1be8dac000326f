package fathom.data;

import fathom.model.Shape;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;

/**
 * MNIST (LeCun et al. 1998) and Fashion-MNIST (Xiao et al. 2017): 60,000 pictures to train with and 10,000 to test with,
 * 28×28 grey pixels, ten classes, in four IDX files of the same names.
 */
public final class Mnist {
    private static final List<String> DIGITS = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    private static final List<String> GARMENTS = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

    private Mnist() {}

    /** The files of MNIST; checksums are those of the published files. */
    public static PublicSet digits() {
        return new PublicSet(
                "mnist",
                URI.create("http://yann.lecun.com/exdb/mnist/"),
                URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
                List.of(
                        trainImages(
                                9_912_422,
                                "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
                                "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
                        trainLabels(
                                28_881,
                                "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
                                "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
                        testImages(
                                1_648_877,
                                "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
                                "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
                        testLabels(
                                4_542,
                                "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
                                "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2")));
    }

    /** The files of Fashion-MNIST; checksums are those of the published files. */
    public static PublicSet fashion() {
        return new PublicSet(
                "fashion-mnist",
                URI.create("https://github.com/zalandoresearch/fashion-mnist"),
                URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
                List.of(
                        trainImages(
                                26_421_880,
                                "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
                                "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
                        trainLabels(
                                29_515,
                                "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
                                "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
                        testImages(
                                4_422_102,
                                "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
                                "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
                        testLabels(
                                5_148,
                                "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
                                "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34")));
    }

    private static KnownFile trainImages(long bytes, String sha256, String unpackedSha256) {
        return new KnownFile("train-images-idx3-ubyte.gz", bytes, sha256, 47_040_016, unpackedSha256);
    }

    private static KnownFile trainLabels(long bytes, String sha256, String unpackedSha256) {
        return new KnownFile("train-labels-idx1-ubyte.gz", bytes, sha256, 60_008, unpackedSha256);
    }

    private static KnownFile testImages(long bytes, String sha256, String unpackedSha256) {
        return new KnownFile("t10k-images-idx3-ubyte.gz", bytes, sha256, 7_840_016, unpackedSha256);
    }

    private static KnownFile testLabels(long bytes, String sha256, String unpackedSha256) {
        return new KnownFile("t10k-labels-idx1-ubyte.gz", bytes, sha256, 10_008, unpackedSha256);
    }

    /**
     * MNIST as {@code data} wants it.
     *
     * @throws DataException if it is missing, or a file is not byte for byte the published one
     */
    public static Dataset openDigits(Data data, DataPlaces places) {
        return open(digits(), DIGITS, data, places);
    }

    /**
     * Fashion-MNIST as {@code data} wants it.
     *
     * @throws DataException if it is missing, or a file is not byte for byte the published one
     */
    public static Dataset openFashion(Data data, DataPlaces places) {
        return open(fashion(), GARMENTS, data, places);
    }

    /** @param set its files in the order train images, train labels, test images, test labels */
    static Dataset open(PublicSet set, List<String> classes, Data data, DataPlaces places) {
        Path folder = set.folder(places);
        var checked = set.files().parallelStream()
                .map(file -> CheckedFile.read(set, file, folder))
                .toList();
        var provenance = new LinkedHashMap<String, String>();
        for (CheckedFile file : checked) {
            provenance.put(set.name() + "/" + file.path().getFileName(), file.sha256());
        }
        var training = album(checked.get(0), checked.get(1), classes.size());
        var test = album(checked.get(2), checked.get(3), classes.size());
        return PictureSet.split(
                new About(set.name(), classes, provenance), training.fitted(data), test.fitted(data), data);
    }

    private static Album album(CheckedFile imageFile, CheckedFile labelFile, int classes) {
        Idx images = imageFile.idx();
        Idx labels = labelFile.idx();
        if (images.sizes().size() != 3 || labels.sizes().size() != 1) {
            throw new DataException("%s and %s should hold pictures and labels, they hold arrays of sizes %s and %s"
                    .formatted(imageFile.path(), labelFile.path(), images.sizes(), labels.sizes()));
        }
        if (images.count() != labels.count()) {
            throw new DataException("%s holds %,d pictures but %s holds %,d labels"
                    .formatted(imageFile.path(), images.count(), labelFile.path(), labels.count()));
        }
        int[] numbers = IntStream.range(0, labels.count())
                .map(i -> labels.item(i)[0] & 0xff)
                .toArray();
        int largest = IntStream.of(numbers).max().orElse(0);
        if (largest >= classes) {
            throw new DataException(
                    "%s holds a label of %d; labels are 0 … %d".formatted(labelFile.path(), largest, classes - 1));
        }
        byte[][] pictures =
                IntStream.range(0, images.count()).mapToObj(images::item).toArray(byte[][]::new);
        return new Album(Shape.of(1, images.sizes().get(1), images.sizes().get(2)), pictures, numbers);
    }
}
