package fathom.model;

import static fathom.model.Layer.*;

/** Networks that tell pictures apart. Trailing comments are shapes after the layer, on 28×28 grey pictures unless said. */
public final class PictureNetworks {
    private PictureNetworks() {}

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
        return vgg(width, averagePool(7, 7));
    }

    /** {@link #vgg(int)} with another way from the 7×7 places to one, {@code maxPool(7)} for example. */
    public static Layer vgg(int width, Layer summary) {
        return chain(
                named("stage1", bent(width), bent(width), maxPool(2)), // width×14×14
                named("stage2", bent(2 * width), bent(2 * width), maxPool(2)), // 2·width×7×7
                named("stage3", bent(4 * width), bent(4 * width)), // 4·width×7×7
                summary, // 4·width×1×1
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

    private static Layer normed(int channels, int kernel) {
        return chain(convSame(channels, kernel), batchNorm());
    }
}
