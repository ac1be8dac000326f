package fathom.engine.torch;

import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;
import static org.bytedeco.pytorch.global.torch.log_softmax;
import static org.bytedeco.pytorch.global.torch.nll_loss;

import fathom.model.Loss;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/** The losses on what a network gives out, examples × classes. */
final class Losses {
    private static final long MEAN = 1;
    private static final long IGNORE_NOTHING = -100;

    private final Loss loss;
    private final TensorOptional evenly;

    Losses(Loss loss, Owned owned) {
        this.loss = loss;
        this.evenly = owned.keep(new TensorOptional());
    }

    /** What training brings down, with label smoothing. */
    Tensor training(Tensor output, Tensor labels) {
        return switch (loss) {
            case Loss.NegativeLogLikelihood _ -> nll_loss(output, labels, evenly, MEAN, IGNORE_NOTHING);
            case Loss.CrossEntropy(double smoothing) ->
                cross_entropy_loss(output, labels, evenly, MEAN, IGNORE_NOTHING, smoothing);
        };
    }

    /** The same without label smoothing. */
    Tensor evaluation(Tensor output, Tensor labels) {
        return switch (loss) {
            case Loss.NegativeLogLikelihood _ -> nll_loss(output, labels, evenly, MEAN, IGNORE_NOTHING);
            case Loss.CrossEntropy _ -> cross_entropy_loss(output, labels, evenly, MEAN, IGNORE_NOTHING, 0);
        };
    }

    Tensor logProbabilities(Tensor output) {
        return switch (loss) {
            case Loss.NegativeLogLikelihood _ -> output;
            case Loss.CrossEntropy _ -> log_softmax(output, 1);
        };
    }
}
