package fathom.engine.torch;

import fathom.engine.Sampling;
import fathom.random.Noise;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/** The draws of one walk through the network, and how far their distributions lie from the standard normal one. */
final class Latents {
    private final Sampling sampling;
    private final long seed;
    private final long step;
    private final Tensors tensors;
    private @Nullable Tensor divergence;

    Latents(Sampling sampling, long seed, long step, Tensors tensors) {
        this.sampling = sampling;
        this.seed = seed;
        this.step = step;
        this.tensors = tensors;
    }

    Sampling sampling() {
        return sampling;
    }

    /** KL = ½ Σ (μ² + σ² − log σ² − 1), the mean over the batch; empty if nothing has been drawn. */
    Optional<Tensor> divergence() {
        return Optional.ofNullable(divergence);
    }

    /**
     * @param path of the layer that draws
     * @param moments examples × means, then log-variances
     */
    Tensor draw(String path, Tensor moments) {
        Tensor given = moments.to(ScalarType.Float);
        int examples = Math.toIntExact(given.size(0));
        int latent = Math.toIntExact(given.size(1) / 2);
        Tensor mean = given.narrow(1, 0, latent);
        if (sampling == Sampling.NONE) {
            return mean.contiguous();
        }
        Tensor logs = given.narrow(1, latent, latent);
        Tensor excess = mean.square().add(logs.exp()).sub(logs).sub(new Scalar(1f));
        Tensor own = excess.sum().mul(new Scalar(0.5f / examples));
        divergence = divergence == null ? own : divergence.add(own);
        Tensor deviation = logs.mul(new Scalar(0.5f)).exp();
        return mean.add(deviation.mul(noise(path, examples, latent)));
    }

    private Tensor noise(String path, int examples, int latent) {
        Noise noise = sampling.noise(seed, path, step);
        var numbers = new float[examples * latent];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = noise.at(i);
        }
        Tensor plain = torch.empty(new long[] {examples, latent});
        plain.data_ptr_float().put(numbers);
        return tensors.here(plain);
    }
}
