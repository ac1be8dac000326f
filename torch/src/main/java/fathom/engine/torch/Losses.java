package fathom.engine.torch;

import static org.bytedeco.pytorch.global.torch.binary_cross_entropy_with_logits;
import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;
import static org.bytedeco.pytorch.global.torch.l1_loss;
import static org.bytedeco.pytorch.global.torch.log_softmax;
import static org.bytedeco.pytorch.global.torch.mse_loss;
import static org.bytedeco.pytorch.global.torch.nll_loss;

import fathom.engine.Learner.Score;
import fathom.model.Loss;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/** The losses on what a network gives out. */
final class Losses {
    static final String NO_LOSS = "this network has no loss: it can predict, but neither train nor be tested";

    private static final long MEAN = 1;
    private static final long SUM = 2;
    private static final long IGNORE_NOTHING = -100;

    private final Loss loss;
    private final Tensors tensors;
    private final TensorOptional evenly;

    Losses(Loss loss, Tensors tensors, Owned owned) {
        this.loss = loss;
        this.tensors = tensors;
        this.evenly = owned.keep(new TensorOptional());
    }

    /**
     * What came of a batch.
     *
     * @param objective what training brings down
     * @param score what is told of it
     */
    record Judged(Tensor objective, Score score) {}

    /** Whether the loss takes a last sigmoid itself, from its input. */
    static boolean takesLogits(Loss loss) {
        return loss instanceof Loss.Elbo elbo && elbo.reconstruction() == Loss.Reconstruction.BCE;
    }

    /**
     * @param output of a walk in training, examples × classes, or examples × the shape of one
     * @param latents what was drawn on the walk
     */
    Judged training(Tensor output, Input input, Latents latents, long step) {
        return switch (loss) {
            case Loss.OfClasses ofClasses -> {
                Tensor labels = tensors.here(input.labels());
                Tensor mean = switch (ofClasses) {
                    case Loss.NegativeLogLikelihood _ -> nll_loss(output, labels, evenly, MEAN, IGNORE_NOTHING);
                    case Loss.CrossEntropy(double smoothing) ->
                        cross_entropy_loss(output, labels, evenly, MEAN, IGNORE_NOTHING, smoothing);
                };
                yield new Judged(mean, Score.ofClasses(mean.item_float(), correct(output, input)));
            }
            case Loss.Elbo elbo -> bound(elbo, output, input, latents, elbo.weight(step));
            case Loss.None _ -> throw new IllegalArgumentException(NO_LOSS);
        };
    }

    /** The same without label smoothing, and with the whole divergence. */
    Score evaluation(Tensor output, Input input, Latents latents) {
        return switch (loss) {
            case Loss.OfClasses ofClasses -> {
                Tensor labels = tensors.here(input.labels());
                Tensor mean = switch (ofClasses) {
                    case Loss.NegativeLogLikelihood _ -> nll_loss(output, labels, evenly, MEAN, IGNORE_NOTHING);
                    case Loss.CrossEntropy _ -> cross_entropy_loss(output, labels, evenly, MEAN, IGNORE_NOTHING, 0);
                };
                yield Score.ofClasses(mean.item_float(), correct(output, input));
            }
            case Loss.Elbo elbo -> bound(elbo, output, input, latents, 1).score();
            case Loss.None _ -> throw new IllegalArgumentException(NO_LOSS);
        };
    }

    private Judged bound(Loss.Elbo elbo, Tensor output, Input input, Latents latents, double weight) {
        Tensor target = tensors.here(input.inputs());
        Tensor sum = switch (elbo.reconstruction()) {
            case BCE -> {
                requireUnit(target);
                yield binary_cross_entropy_with_logits(output, target, evenly, evenly, SUM);
            }
            case L2 -> mse_loss(output, target, SUM);
            case L1 -> l1_loss(output, target, SUM);
        };
        Tensor reconstruction = sum.mul(new Scalar(1f / target.size(0)));
        double mean = reconstruction.item_float();
        if (latents.divergence().isEmpty()) {
            return new Judged(reconstruction, Score.ofBound(mean, 0));
        }
        Tensor divergence = latents.divergence().get();
        double nats = divergence.item_float();
        return new Judged(
                reconstruction.add(divergence.mul(new Scalar((float) weight))), Score.ofBound(mean + nats, nats));
    }

    private static void requireUnit(Tensor target) {
        float farthest = target.sub(new Scalar(0.5f)).abs().max().item_float();
        if (farthest > 0.5f) {
            throw new IllegalArgumentException(
                    "the reconstruction loss bce needs inputs in 0 … 1, got one that lies %s beyond: use the scale unit, or the loss l2 or l1"
                            .formatted(farthest - 0.5f));
        }
    }

    /** What a prediction shows: log-probabilities of a classifier, the output of any other. */
    Tensor answer(Tensor output) {
        return loss instanceof Loss.CrossEntropy ? log_softmax(output, 1) : output;
    }

    /** How many rows have their largest number at the label; counted here because a few rows are not worth a kernel. */
    private int correct(Tensor output, Input input) {
        float[] scores = tensors.readPlain(output);
        long[] labels = input.classes();
        int classes = scores.length / labels.length;
        int correct = 0;
        for (int i = 0; i < labels.length; i++) {
            int best = i * classes;
            for (int j = best + 1; j < (i + 1) * classes; j++) {
                if (scores[j] > scores[best]) {
                    best = j;
                }
            }
            if (best - i * classes == labels[i]) {
                correct++;
            }
        }
        return correct;
    }
}
