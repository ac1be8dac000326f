package fathom.inspect;

import fathom.data.Examples;
import fathom.model.Loss;
import fathom.random.Noise;
import java.util.Arrays;

/**
 * How probable an autoencoder finds examples: the importance-weighted bound L_k = E log (1/k) Σ p(x|z) p(z) / q(z|x), with z
 * drawn from q(z|x), which rises with k from the ELBO to log p(x) (Burda, Grosse and Salakhutdinov 2016). Means over the
 * examples, in nats and with the sign of a loss. For l2 and l1 without the constant that {@link Loss.Elbo} leaves out.
 *
 * @param samples k
 * @param negativeElbo by the same draws
 * @param negativeBound −L_k, an upper bound of −log p(x)
 */
public record Likelihood(int examples, int samples, double negativeElbo, double negativeBound) {
    private static final int CODES_AT_ONCE = 500;

    /** So many factors up to 2 stay within 64 bits. */
    private static final int FACTORS = 1000;

    static Likelihood of(Latent latent, Examples examples, int[] indices, int samples, long seed) {
        if (samples < 1) {
            throw new IllegalArgumentException("at least 1 sample is needed, got " + samples);
        }
        double elbo = 0;
        double bound = 0;
        int atOnce = Math.max(1, CODES_AT_ONCE / samples);
        for (int from = 0; from < indices.length; from += atOnce) {
            int[] some = Arrays.copyOfRange(indices, from, Math.min(from + atOnce, indices.length));
            var batch = examples.batch(some);
            var weights = weights(latent, latent.encode(batch), batch.inputs(), some, samples, seed);
            for (double[] ofExample : weights) {
                elbo += Arrays.stream(ofExample).sum() / samples;
                bound += logMeanExp(ofExample);
            }
        }
        return new Likelihood(indices.length, samples, -elbo / indices.length, -bound / indices.length);
    }

    /** log p(x|z) + log p(z) − log q(z|x) for each draw of each example. */
    private static double[][] weights(
            Latent latent, Codes codes, float[] inputs, int[] indices, int samples, long seed) {
        int size = latent.size();
        int count = latent.shape().count();
        var weights = new double[indices.length][samples];
        var row = new float[size];
        for (int first = 0; first < samples; first += CODES_AT_ONCE) {
            int drawn = Math.min(CODES_AT_ONCE, samples - first);
            var z = new float[indices.length * drawn * size];
            for (int i = 0; i < indices.length; i++) {
                var noise = Noise.of(seed, "importance", indices[i]);
                for (int k = 0; k < drawn; k++) {
                    weights[i][first + k] = draw(codes, i, noise, (long) (first + k) * size, row);
                    System.arraycopy(row, 0, z, (i * drawn + k) * size, size);
                }
            }
            float[] outputs = latent.logits(z);
            for (int i = 0; i < indices.length; i++) {
                for (int k = 0; k < drawn; k++) {
                    weights[i][first + k] -= misfit(latent, outputs, (i * drawn + k) * count, inputs, i * count, count);
                }
            }
        }
        return weights;
    }

    /** Draws one code; returns log p(z) − log q(z|x) = ½ Σ (ε² + log σ² − z²). */
    private static double draw(Codes codes, int example, Noise noise, long at, float[] z) {
        double sum = 0;
        for (int j = 0; j < z.length; j++) {
            int place = example * z.length + j;
            double epsilon = noise.at(at + j);
            double log = codes.logVariances()[place];
            z[j] = (float) (codes.means()[place] + Math.exp(0.5 * log) * epsilon);
            sum += epsilon * epsilon + log - (double) z[j] * z[j];
        }
        return 0.5 * sum;
    }

    private static double misfit(Latent latent, float[] y, int yAt, float[] x, int xAt, int count) {
        return switch (latent.loss().reconstruction()) {
            case BCE -> crossEntropy(y, yAt, x, xAt, count);
            case L2, L1 -> {
                boolean isSquare = latent.loss().reconstruction() == Loss.Reconstruction.L2;
                double sum = 0;
                for (int i = 0; i < count; i++) {
                    double out = latent.endsInSigmoid() ? 1 / (1 + Math.exp(-y[yAt + i])) : y[yAt + i];
                    double difference = out - x[xAt + i];
                    sum += isSquare ? difference * difference : Math.abs(difference);
                }
                yield sum;
            }
        };
    }

    private static double crossEntropy(float[] y, int yAt, float[] x, int xAt, int count) {
        double sum = 0;
        double product = 1;
        for (int i = 0; i < count; i++) {
            double logit = y[yAt + i];
            sum += Math.max(logit, 0) - logit * x[xAt + i];
            product *= 1 + Math.exp(-Math.abs(logit));
            if (i % FACTORS == FACTORS - 1) {
                sum += Math.log(product);
                product = 1;
            }
        }
        return sum + Math.log(product);
    }

    private static double logMeanExp(double[] logs) {
        double most = Arrays.stream(logs).max().orElseThrow();
        double sum = Arrays.stream(logs).map(log -> Math.exp(log - most)).sum();
        return most + Math.log(sum / logs.length);
    }
}
