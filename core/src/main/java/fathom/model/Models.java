package fathom.model;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The networks that have a name, in the order of {@code fathom list}. */
public final class Models {
    private static final Shape DIGIT = Shape.of(1, 28, 28);
    private static final Shape PADDED = Shape.of(1, 32, 32);
    private static final Shape SENTENCE = Shape.of(20);

    private static final List<Entry> ALL = List.of(
            new Entry("mlp", "784–64–64–10 with ReLU, a first network", DIGIT, PictureNetworks::mlp),
            new Entry("mlp-wide", "784–500–300–10 with ReLU", DIGIT, PictureNetworks::mlpWide),
            new Entry(
                    "lenet-small",
                    "three small convolutions with overlapping pools",
                    DIGIT,
                    PictureNetworks::lenetSmall),
            new Entry("lenet", "LeNet-5 with ReLU and max pooling", PADDED, PictureNetworks::lenet),
            new Entry(
                    "lenet-28", "the same for 28×28: the first convolution pads by 2", DIGIT, PictureNetworks::lenet28),
            new Entry("lenet-wide", "three convolutions 3×3 with batch norm", PADDED, PictureNetworks::lenetWide),
            new Entry(
                    "digits-cnn",
                    "two blocks of convolution, batch norm, pooling, dropout",
                    DIGIT,
                    PictureNetworks::digitsCnn),
            new Entry("vgg-small", "six convolutions in three stages, for 28×28", DIGIT, () -> PictureNetworks.vgg(32)),
            new Entry(
                    "deep-inception",
                    "nine convolutions, the middle ones in two branches",
                    PADDED,
                    PictureNetworks::deepInception),
            new Entry("lstm-reviews", "a small LSTM for the made-up reviews", Shape.of(12), TextNetworks::lstmReviews),
            new Entry(
                    "lstm-3",
                    "three LSTM of 512 with layer norm, for sst2",
                    SENTENCE,
                    () -> TextNetworks.lstmStack(3, 512)),
            new Entry("lstm-2", "two of them", SENTENCE, () -> TextNetworks.lstmStack(2, 512)),
            new Entry(
                    "bilstm-3",
                    "three LSTM of both directions, 256 each",
                    SENTENCE,
                    () -> TextNetworks.bilstmStack(3, 256)),
            new Entry(
                    "bilstm-max",
                    "one LSTM of both directions, the largest of each feature",
                    SENTENCE,
                    TextNetworks::bilstmMax));

    private static final List<Pair> PAIRS = List.of(
            new Pair("vae-dense", "autoencoder 784–400–20–400–784 with ReLU", DIGIT, Autoencoders::vaeDense),
            new Pair(
                    "vae-conv",
                    "autoencoder of three convolutions and three transposed ones, 20 latent numbers",
                    DIGIT,
                    Autoencoders::vaeConv),
            faces("vae-faces", 224),
            faces("vae-faces-128", 128),
            faces("vae-faces-64", 64));

    /**
     * A network under its name.
     *
     * @param input the shape it was made for; it runs on any that fits
     */
    public record Entry(String name, String about, Shape input, Supplier<Layer> network) {}

    /**
     * An encoder and a decoder under one name.
     *
     * @param input the shape they were made for
     */
    public record Pair(String name, String about, Shape input, Supplier<Model.Vae> model) {}

    private Models() {}

    public static List<Entry> all() {
        return ALL;
    }

    public static Optional<Entry> find(String name) {
        return ALL.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    public static List<Pair> pairs() {
        return PAIRS;
    }

    public static Optional<Pair> findPair(String name) {
        return PAIRS.stream().filter(pair -> pair.name().equals(name)).findFirst();
    }

    private static Pair faces(String name, int side) {
        return new Pair(
                name,
                "autoencoder of convolutions for colour pictures of %d×%d, 128 latent numbers".formatted(side, side),
                Shape.of(3, side, side),
                () -> Autoencoders.vaeFaces(side));
    }
}
