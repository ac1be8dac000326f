package fathom.engine.torch;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The library by which libtorch convolves on a CPU. On some processors (seen on an AMD EPYC of family 26, oneDNN 3.7.1)
 * its gradient in the input of a small convolution is wrong, so it is looked at once, and left out if it is.
 */
final class OneDnn {
    private static final float TOLERANCE = 1e-3f;

    private OneDnn() {}

    /** Whether it is there and right. If it is there and wrong, libtorch computes without it from now on. */
    static boolean isTrusted() {
        if (!torch.hasMKLDNN()) {
            return false;
        }
        torch.globalContext().setUserEnabledNNPACK(false); // it would only complain about the processor
        boolean isRight = isRight();
        torch.globalContext().setUserEnabledMkldnn(isRight);
        return isRight;
    }

    /** Compares a gradient with the one that libtorch finds without it. */
    private static boolean isRight() {
        try (var _ = new PointerScope()) {
            Tensor plain = inputGradient(false);
            float off = inputGradient(true).sub(plain).abs().max().item_float();
            return off < TOLERANCE * plain.abs().max().item_float();
        }
    }

    /** Of the sum of squares of a convolution 3×3 from 3 channels of 7×5 pixels to 4, five examples. */
    private static Tensor inputGradient(boolean byOneDnn) {
        torch.globalContext().setUserEnabledMkldnn(byOneDnn);
        Tensor input = waves(5, 3, 7, 5).requires_grad_(true);
        Tensor output = torch.conv2d(input, waves(4, 3, 3, 3));
        output.mul(output).sum().backward();
        return input.grad();
    }

    private static Tensor waves(long... shape) {
        long count = 1;
        for (long side : shape) {
            count *= side;
        }
        return torch.arange(new Scalar(0f), new Scalar((float) count)).sin().view(shape);
    }
}
