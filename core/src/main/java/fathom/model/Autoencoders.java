package fathom.model;

import static fathom.model.Layer.*;

import java.util.ArrayList;
import java.util.List;

/** Encoders with their decoders. Trailing comments are shapes after the layer. */
public final class Autoencoders {
    private Autoencoders() {}

    /** 784–400–20–400–784 (Kingma and Welling 2014, with ReLU): 652,824 parameters. */
    public static Model.Vae vaeDense() {
        return new Model.Vae(
                chain(flatten(), linear(400), relu()),
                chain(linear(400), relu(), linear(784), unflatten(1, 28, 28), sigmoid()),
                20,
                Loss.Elbo.of(Loss.Reconstruction.BCE));
    }

    /**
     * Three convolutions with batch norm and a linear layer to the codes; two linear layers and three transposed
     * convolutions back. 20 latent numbers. The hidden linear layer bends the codes before they are spread over places, and
     * few channels before the codes leave the encoder little to learn by heart.
     */
    public static Model.Vae vaeConv() {
        return new Model.Vae(
                chain(
                        conv(32, 4, 2, 1), // 32×14×14
                        batchNorm(),
                        relu(),
                        conv(64, 4, 2, 1), // 64×7×7
                        batchNorm(),
                        relu(),
                        convSame(16, 3), // 16×7×7
                        batchNorm(),
                        relu(),
                        flatten()), // 784
                chain(
                        linear(256),
                        relu(),
                        linear(3136),
                        relu(),
                        unflatten(64, 7, 7),
                        transposedConv(32, 4, 2, 1, 0), // 32×14×14
                        batchNorm(),
                        relu(),
                        transposedConv(32, 4, 2, 1, 0), // 32×28×28
                        batchNorm(),
                        relu(),
                        transposedConv(1, 5, 1, 2, 0), // 1×28×28
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
}
