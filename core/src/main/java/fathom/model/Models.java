package fathom.model;

import static fathom.model.Layer.*;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;

/** The named networks. Trailing comments are shapes after the layer, on 28×28 grey pictures unless said. */
public final class Models {
    /** Numbers of words in the training sentences of the Stanford Sentiment Treebank, padding and unknown counted. */
    private static final int TREEBANK_WORDS = 14_832;

    /** Likewise in all its training phrases that have an opinion. */
    private static final int TREEBANK_PHRASE_WORDS = 16_384;

    private static final SequencedMap<String, Entry> ALL = new LinkedHashMap<>();

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

    private static final List<Pair> PAIRS = List.of(
            new Pair("vae-dense", "autoencoder 784–400–20–400–784 with ReLU", Shape.of(1, 28, 28), Models::vaeDense),
            new Pair(
                    "vae-conv",
                    "autoencoder of three convolutions and three transposed ones, 20 latent numbers",
                    Shape.of(1, 28, 28),
                    Models::vaeConv),
            faces("vae-faces", 224),
            faces("vae-faces-128", 128),
            faces("vae-faces-64", 64));

    static {
        Shape digit = Shape.of(1, 28, 28);
        Shape padded = Shape.of(1, 32, 32);
        add("mlp", "784–64–64–10 with ReLU, a first network", digit, Models::mlp);
        add("mlp-wide", "784–500–300–10 with ReLU", digit, Models::mlpWide);
        add("lenet-small", "three small convolutions with overlapping pools", digit, Models::lenetSmall);
        add("lenet", "LeNet-5 with ReLU and max pooling", padded, Models::lenet);
        add("lenet-28", "the same for 28×28: the first convolution pads by 2", digit, Models::lenet28);
        add("lenet-wide", "three convolutions 3×3 with batch norm", padded, Models::lenetWide);
        add("digits-cnn", "two blocks of convolution, batch norm, pooling, dropout", digit, Models::digitsCnn);
        add("vgg-small", "six convolutions in three stages, for 28×28", digit, () -> vgg(32));
        add("deep-inception", "nine convolutions, the middle ones in two branches", padded, Models::deepInception);
        Shape sentence = Shape.of(20);
        add("lstm-reviews", "a small LSTM for the made-up reviews", Shape.of(12), Models::lstmReviews);
        add("lstm-3", "three LSTM of 512 with layer norm, for sst2", sentence, () -> lstmStack(3));
        add("lstm-2", "two of them", sentence, () -> lstmStack(2));
        add("bilstm-3", "three LSTM of both directions, 256 each", sentence, Models::bilstmStack);
        add("bilstm-max", "one LSTM of both directions, the largest of each feature", sentence, Models::bilstmMax);
    }

    private Models() {}

    public static List<Entry> all() {
        return List.copyOf(ALL.values());
    }

    public static Optional<Entry> find(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    /** 784–64–64–10: 55,050 parameters. */
    public static Layer mlp() {
        return chain(flatten(), linear(64), relu(), linear(64), relu(), linear(10));
    }

    /** 784–500–300–10. */
    public static Layer mlpWide() {
        return chain(flatten(), linear(500), relu(), linear(300), relu(), linear(10));
    }

    /** Three convolutions with overlapping pools. */
    public static Layer lenetSmall() {
        return chain(
                conv(4, 3), // 4×26×26
                relu(),
                maxPool(2, 1), // 4×25×25
                conv(8, 3), // 8×23×23
                relu(),
                averagePool(2, 1), // 8×22×22
                conv(16, 3, 2, 0), // 16×10×10
                relu(),
                averagePool(2, 2), // 16×5×5
                flatten(), // 400
                linear(84),
                relu(),
                linear(10));
    }

    /** LeNet-5 (LeCun et al. 1998, fig. 2) for 32×32 pictures, with ReLU and max pooling: 61,706 parameters. */
    public static Layer lenet() {
        return lenet(0);
    }

    /** {@link #lenet()} for 28×28 pictures: the first convolution pads by 2, so the rest is the same. */
    public static Layer lenet28() {
        return lenet(2);
    }

    private static Layer lenet(int firstPadding) {
        return chain(
                conv(6, 5, 1, firstPadding), // 6×28×28
                relu(),
                maxPool(2), // 6×14×14
                conv(16, 5), // 16×10×10
                relu(),
                maxPool(2), // 16×5×5
                flatten(), // 400
                linear(120),
                relu(),
                linear(84),
                relu(),
                linear(10));
    }

    /** Three 3×3 convolutions with batch norm, for 32×32 pictures. */
    public static Layer lenetWide() {
        return chain(
                named("block1", convSame(32, 3), batchNorm(), relu(), maxPool(2)), // 32×16×16
                named("block2", convSame(64, 3), batchNorm(), relu(), maxPool(2)), // 64×8×8
                named("block3", convSame(64, 3), batchNorm(), relu()), // 64×8×8
                flatten(), // 4096
                linear(128),
                relu(),
                linear(10));
    }

    /** Two blocks of convolution, batch norm, ReLU, pooling and dropout; ends in log-softmax. */
    public static Layer digitsCnn() {
        return chain(
                named("block1", convSame(32, 3), batchNorm(), relu(), maxPool(2), dropout(0.1)), // 32×14×14
                named("block2", convSame(64, 3), batchNorm(), relu(), maxPool(2), dropout(0.1)), // 64×7×7
                flatten(), // 3136
                linear(128),
                relu(),
                linear(10),
                logSoftmax());
    }

    /**
     * Three stages of two 3×3 convolutions with batch norm, {@code width} channels and twice as many in each next stage, in
     * the manner of VGG (Simonyan and Zisserman 2015); the mean over all places is classified.
     */
    public static Layer vgg(int width) {
        return chain(
                named("stage1", bent(width), bent(width), maxPool(2)), // width×14×14
                named("stage2", bent(2 * width), bent(2 * width), maxPool(2)), // 2·width×7×7
                named("stage3", bent(4 * width), bent(4 * width)), // 4·width×7×7
                averagePool(7, 7),
                flatten(), // 4·width
                dropout(0.2),
                linear(10));
    }

    private static Layer bent(int channels) {
        return chain(convSame(channels, 3), batchNorm(), relu());
    }

    /** Nine convolutions for 32×32 pictures; block 2 looks twice at the same picture (Szegedy et al. 2015). */
    public static Layer deepInception() {
        return chain(
                named("block1", normed(32, 3), normed(64, 3), leakyRelu(), maxPool(2), dropout(0.7)), // 64×16×16
                named(
                        "block2",
                        branches(
                                chain(normed(128, 3), normed(128, 3), leakyRelu()),
                                chain(normed(128, 1), normed(128, 5), leakyRelu())), // 256×16×16
                        maxPool(2),
                        dropout(0.5)), // 256×8×8
                named(
                        "block3",
                        chain(normed(512, 1), leakyRelu()),
                        chain(normed(512, 3), leakyRelu()),
                        chain(normed(512, 3), leakyRelu()),
                        maxPool(2),
                        dropout(0.5)), // 512×4×4
                flatten(), // 8192
                linear(512),
                relu(),
                linear(10));
    }

    /** A small LSTM whose last state is classified, for the made-up reviews. */
    public static Layer lstmReviews() {
        return chain(
                embedding(128, 16), // T×16
                lstm(32), // T×32
                lastToken(), // 32
                linear(2));
    }

    /**
     * So many LSTM of 512 units, a layer norm after each; the state at the last word goes through two linear layers. The
     * report gives no size of the embedding and of the first linear layer: we take 300 and 128. Nor does it say how the
     * embedding begins: with a deviation of 1, PyTorch's default, 105 epochs at 0.0001 hardly move it, and the network learns
     * the noise in it by heart; 0.1 leaves room for what is learnt.
     */
    public static Layer lstmStack(int layers) {
        return stack(lstm(512), lastToken(), layers);
    }

    /** {@link #lstmStack} of three, with 256 units in each direction. */
    public static Layer bilstmStack() {
        return stack(bidirectionalLstm(256), new LastToken(true), 3);
    }

    private static Layer stack(Layer lstm, Layer last, int layers) {
        var parts = new ArrayList<Layer>();
        parts.add(named("embedding", new Embedding(TREEBANK_WORDS, 300, false, 0.1))); // T×300
        for (int i = 1; i <= layers; i++) {
            parts.add(named("lstm" + i, lstm, layerNorm(), dropout(0.2))); // T×512
        }
        parts.add(last); // 512
        parts.add(named("linear1", linear(128)));
        parts.add(named("linear2", linear(2)));
        parts.add(logSoftmax());
        return new Chain(parts);
    }

    /** One LSTM of both directions under max pooling (Conneau et al. 2017), much dropout. */
    public static Layer bilstmMax() {
        return chain(
                named("embedding", new Embedding(TREEBANK_PHRASE_WORDS, 200, false, 0.1), dropout(0.3)), // T×200
                named("lstm", bidirectionalLstm(200)), // T×400
                sequencePool(SequencePool.Kind.MAX), // 400
                dropout(0.5),
                named("linear", linear(2)));
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
                () -> vaeFaces(side));
    }

    /** 784–400–20–400–784 (Kingma and Welling 2014, with ReLU): 652,824 parameters. */
    public static Model.Vae vaeDense() {
        return new Model.Vae(
                chain(flatten(), linear(400), relu()),
                chain(linear(400), relu(), linear(784), unflatten(1, 28, 28), sigmoid()),
                20,
                Loss.Elbo.of(Loss.Reconstruction.BCE));
    }

    /** Three convolutions with batch norm, and their mirror image, which draws at full size; 20 latent numbers. */
    public static Model.Vae vaeConv() {
        return new Model.Vae(
                chain(
                        conv(32, 4, 2, 1), // 32×14×14
                        batchNorm(),
                        relu(),
                        conv(64, 4, 2, 1), // 64×7×7
                        batchNorm(),
                        relu(),
                        convSame(64, 3), // 64×7×7
                        batchNorm(),
                        relu(),
                        flatten()), // 3136
                chain(
                        linear(3136),
                        relu(),
                        unflatten(64, 7, 7),
                        transposedConv(32, 4, 2, 1, 0), // 32×14×14
                        batchNorm(),
                        relu(),
                        transposedConv(32, 4, 2, 1, 0), // 32×28×28
                        batchNorm(),
                        relu(),
                        transposedConv(1, 3, 1, 1, 0), // 1×28×28
                        sigmoid()),
                20,
                Loss.Elbo.of(Loss.Reconstruction.BCE));
    }

    /**
     * For colour pictures: each stage halves the side with a convolution 4×4 and doubles the channels, until 4 … 7 pixels
     * are left; the decoder is its mirror image. 128 latent numbers.
     *
     * @param side a multiple of 2 for each stage: 64, 96, 128, 160, 192, 224 …
     */
    public static Model.Vae vaeFaces(int side) {
        var sides = new ArrayList<Integer>(List.of(side));
        while (sides.getLast() >= 8) {
            if (sides.getLast() % 2 != 0) {
                throw new IllegalArgumentException(
                        "vae-faces halves the side down to 4 … 7, which %d does not allow: use 64, 128 or 224"
                                .formatted(side));
            }
            sides.add(sides.getLast() / 2);
        }
        int stages = sides.size() - 1;
        int least = sides.getLast();
        if (least < 4 || stages < 1) {
            throw new IllegalArgumentException("vae-faces needs pictures of at least 8×8, got %d".formatted(side));
        }
        int first = stages > 4 ? 16 : 32;
        var down = new ArrayList<Layer>();
        var up = new ArrayList<Layer>();
        for (int stage = 0; stage < stages; stage++) {
            down.add(chain(conv(channels(first, stage), 4, 2, 1), batchNorm(), leakyRelu()));
        }
        down.add(flatten());
        int deepest = channels(first, stages - 1);
        up.add(chain(linear(deepest * least * least), leakyRelu(), unflatten(deepest, least, least)));
        for (int stage = stages - 2; stage >= 0; stage--) {
            up.add(chain(transposedConv(channels(first, stage), 4, 2, 1, 0), batchNorm(), leakyRelu()));
        }
        up.add(transposedConv(3, 4, 2, 1, 0));
        up.add(sigmoid());
        return new Model.Vae(new Chain(down), new Chain(up), 128, Loss.Elbo.of(Loss.Reconstruction.BCE));
    }

    private static int channels(int first, int stage) {
        return Math.min(256, first << stage);
    }

    private static Layer normed(int channels, int kernel) {
        return chain(convSame(channels, kernel), batchNorm());
    }

    private static void add(String name, String about, Shape input, Supplier<Layer> network) {
        ALL.put(name, new Entry(name, about, input, network));
    }
}
