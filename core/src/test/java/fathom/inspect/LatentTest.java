package fathom.inspect;

import static fathom.model.Layer.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fathom.data.Batch;
import fathom.data.Examples;
import fathom.engine.Assignment;
import fathom.engine.Compute;
import fathom.engine.Engines;
import fathom.engine.Learner;
import fathom.engine.Optimizer;
import fathom.model.Layer;
import fathom.model.Loss;
import fathom.model.Model;
import fathom.model.Models;
import fathom.model.Shape;
import fathom.random.Draws;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LatentTest {
    private static final Compute COMPUTE = Compute.auto().withEngine("vector").withThreads(1);
    private static final Shape SHAPE = Shape.of(3);

    /**
     * A decoder y = W z + b with variance ½: p(x) is normal with mean b and covariance W Wᵀ + ½. Its columns are orthogonal,
     * so the true posterior has a diagonal covariance and the encoder can be exact.
     */
    private static final Model.Vae LINEAR =
            new Model.Vae(chain(), chain(linear(3)), 2, Loss.Elbo.of(Loss.Reconstruction.L2));

    private static final double[][] COLUMNS = {{1, 0, 1}, {0.5, 1, -0.5}};
    private static final double[] BIAS = {0.1, -0.2, 0.3};
    private static final double LOG_PI = Math.log(Math.PI);

    /** By Woodbury's identity: (½ + W Wᵀ)⁻¹ = 2 (1 − Σ w wᵀ / (½ + |w|²)), with determinant ½ Π (½ + |w|²). */
    private static double logDensity(float[] x, int at) {
        double quadratic = 0;
        for (int i = 0; i < 3; i++) {
            quadratic += 2 * Math.pow(x[at + i] - BIAS[i], 2);
        }
        double determinant = 0.5;
        for (double[] w : COLUMNS) {
            double length = Arrays.stream(w).map(it -> it * it).sum();
            quadratic -= 2 * Math.pow(dot(w, x, at), 2) / (0.5 + length);
            determinant *= 0.5 + length;
        }
        return -0.5 * quadratic - 0.5 * Math.log(determinant) - 1.5 * Math.log(2 * Math.PI);
    }

    private static double dot(double[] w, float[] x, int at) {
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            sum += w[i] * (x[at + i] - BIAS[i]);
        }
        return sum;
    }

    /** @param blur what is added to the log-variances of the true posterior */
    private static SequencedMap<String, float[]> weights(double blur) {
        var head = new float[4 * 3];
        var headBias = new float[4];
        var decoder = new float[3 * 2];
        for (int j = 0; j < 2; j++) {
            double[] w = COLUMNS[j];
            double variance = 1 / (1 + 2 * Arrays.stream(w).map(it -> it * it).sum());
            for (int i = 0; i < 3; i++) {
                head[j * 3 + i] = (float) (2 * variance * w[i]);
                headBias[j] -= (float) (2 * variance * w[i] * BIAS[i]);
                decoder[i * 2 + j] = (float) w[i];
            }
            headBias[2 + j] = (float) (Math.log(variance) + blur);
        }
        var weights = new LinkedHashMap<String, float[]>();
        weights.put("encoder.0.weight", head);
        weights.put("encoder.0.bias", headBias);
        weights.put("decoder.0.weight", decoder);
        weights.put("decoder.0.bias", new float[] {0.1f, -0.2f, 0.3f});
        return weights;
    }

    private static Learner learner(Model.Vae model) {
        var assignment = new Assignment(model.on(SHAPE, 0), model.loss(), Optimizer.sgd(1), 0, 0, 1, COMPUTE);
        return Engines.choose(COMPUTE).open(assignment);
    }

    private static final Examples EXAMPLES = new Examples() {
        @Override
        public int size() {
            return 40;
        }

        @Override
        public int label(int index) {
            return 0;
        }

        @Override
        public void read(int index, float[] out, int offset) {
            var draws = Draws.of(8, "example", index);
            for (int i = 0; i < 3; i++) {
                out[offset + i] = (float) draws.nextGaussian();
            }
        }

        @Override
        public Shape shape() {
            return SHAPE;
        }
    };

    private static Likelihood likelihood(double blur, int samples) {
        try (Learner whole = learner(LINEAR)) {
            whole.restore(weights(blur), new LinkedHashMap<>(), 0);
            try (var latent = Latent.of(whole::predict, LINEAR, SHAPE, whole.weights(), 1, COMPUTE)) {
                return latent.likelihood(EXAMPLES, Sample.all(EXAMPLES), samples, 5);
            }
        }
    }

    private static double truth() {
        Batch all = EXAMPLES.batch(Sample.all(EXAMPLES));
        double sum = 0;
        for (int i = 0; i < all.size(); i++) {
            sum -= logDensity(all.inputs(), 3 * i);
        }
        return sum / all.size() - 1.5 * LOG_PI; // the loss leaves this constant out
    }

    /** With the true posterior every weight is p(x) itself, whatever was drawn; what is left is rounding. */
    @Test
    void withTheTruePosteriorEveryBoundIsTheLikelihood() {
        for (int samples : new int[] {1, 7, 700}) {
            Likelihood found = likelihood(0, samples);
            assertThat(found.negativeBound()).isCloseTo(truth(), Offset.offset(1e-5));
            assertThat(found.negativeElbo()).isCloseTo(truth(), Offset.offset(1e-5));
        }
    }

    @Test
    void theBoundRisesFromTheElboToTheLikelihoodWithTheSamples() {
        Likelihood few = likelihood(0.8, 2);
        Likelihood some = likelihood(0.8, 20);
        Likelihood many = likelihood(0.8, 5000);
        assertThat(many.negativeElbo()).isGreaterThan(few.negativeBound());
        assertThat(few.negativeBound()).isGreaterThan(some.negativeBound());
        assertThat(some.negativeBound()).isGreaterThan(many.negativeBound());
        assertThat(many.negativeBound()).isCloseTo(truth(), Offset.offset(0.005));
        // KL(q ‖ p) of normal distributions with the same mean, e^0.8 the ratio of variances, in two dimensions
        double gap = Math.exp(0.8) - 0.8 - 1;
        assertThat(many.negativeElbo()).isCloseTo(truth() + gap, Offset.offset(0.02));
    }

    @Test
    void decodingTheMeansIsReconstructingAndWhatTheWholeNetworkPredicts() {
        var model = new Model.Vae(
                chain(linear(5), tanh()),
                chain(linear(4), relu(), linear(3), sigmoid()),
                2,
                Loss.Elbo.of(Loss.Reconstruction.BCE));
        try (Learner whole = learner(model);
                var latent = Latent.of(whole::predict, model, SHAPE, whole.weights(), 1, COMPUTE)) {
            Batch batch = EXAMPLES.batch(3, 1, 4);
            float[] drawn = latent.decode(latent.encode(batch).means());
            float[] predicted = whole.predict(batch, List.of()).getFirst();
            assertThat(drawn).containsExactly(predicted, Offset.offset(1e-6f));
            assertThat(latent.decode(latent.encode(EXAMPLES, 3, 1, 4).means())).isEqualTo(drawn);
        }
    }

    @Test
    void theSameSeedDrawsTheSameExamplesAndTemperatureScalesTheirCodes() {
        try (Learner whole = learner(LINEAR);
                var latent = Latent.of(whole::predict, LINEAR, SHAPE, whole.weights(), 1, COMPUTE)) {
            assertThat(latent.generate(5, 9, 1)).isEqualTo(latent.generate(5, 9, 1));
            assertThat(latent.generate(5, 9, 1)).isNotEqualTo(latent.generate(5, 8, 1));
            assertThat(Arrays.copyOf(latent.codes(9, 9, 1), 10)).isEqualTo(latent.codes(5, 9, 1));
            float[] calm = latent.codes(4, 9, 0.5);
            float[] plain = latent.codes(4, 9, 1);
            for (int i = 0; i < plain.length; i++) {
                assertThat(calm[i]).isEqualTo(plain[i] / 2);
            }
        }
    }

    @Test
    void aNoiseWalkGoesFromOneCodeToTheOtherInTenths() {
        try (Learner whole = learner(LINEAR)) {
            whole.restore(weights(0), new LinkedHashMap<>(), 0);
            try (var latent = Latent.of(whole::predict, LINEAR, SHAPE, whole.weights(), 1, COMPUTE)) {
                float[] ends = latent.generate(2, 3, 1);
                float[] walk = latent.noiseWalk(3, 9);
                assertThat(walk).hasSize(27);
                for (int step = 0; step < 9; step++) { // the decoder is linear, so the walk is, too
                    float alpha = (step + 1) / 10f;
                    for (int i = 0; i < 3; i++) {
                        assertThat(walk[3 * step + i])
                                .isCloseTo(alpha * ends[i] + (1 - alpha) * ends[3 + i], Offset.offset(1e-5f));
                    }
                }
            }
        }
    }

    @Test
    void aRoundWayKeepsTheLengthAndAStraightOneIsEven() {
        float[] a = {3, 0};
        float[] b = {0, 3};
        float[] round = Latent.between(a, b, 3, Latent.Path.SPHERICAL);
        assertThat(round).containsExactly(new float[] {3, 0, 2.12132f, 2.12132f, 0, 3}, Offset.offset(1e-5f));
        assertThat(Latent.between(a, b, 3, Latent.Path.LINEAR)).containsExactly(3, 0, 1.5f, 1.5f, 0, 3);
        assertThat(Latent.between(a, a, 2, Latent.Path.SPHERICAL)).containsExactly(3, 0, 3, 0);
        assertThatThrownBy(() -> Latent.between(a, b, 1, Latent.Path.LINEAR)).hasMessageContaining("at least 2 steps");
    }

    @Test
    void anEncoderOrDecoderThatDoesNotFitIsExplained() {
        var bce = Loss.Elbo.of(Loss.Reconstruction.BCE);
        assertProblem(
                new Model.Vae(conv(2, 3), chain(linear(64), unflatten(1, 8, 8), sigmoid()), 2, bce), "add flatten");
        assertProblem(
                new Model.Vae(flatten(), chain(linear(49), unflatten(1, 7, 7), sigmoid()), 2, bce),
                "the decoder ends in 1×7×7, but the examples are 1×8×8");
        assertProblem(
                new Model.Vae(flatten(), chain(linear(64), unflatten(1, 8, 8)), 2, bce),
                "needs a decoder that ends in sigmoid");
        assertThatThrownBy(() -> new Model.Vae(flatten(), linear(64), 0, bce)).hasMessageContaining("latent");
    }

    private static void assertProblem(Model.Vae model, String words) {
        assertThatThrownBy(() -> model.on(Shape.of(1, 8, 8), 0)).hasMessageContaining(words);
    }

    @Test
    void everyNamedAutoencoderTakesItsExamplesBack() {
        for (var pair : Models.pairs()) {
            var model = pair.model().get();
            var network = model.on(pair.input(), 0);
            assertThat(network.output()).as(pair.name()).isEqualTo(pair.input());
            assertThat(network.at(Model.Vae.ENCODER).out()).isEqualTo(Shape.of(2 * model.latent()));
            assertThat(network.leaves().stream().map(place -> place.layer()))
                    .as(pair.name())
                    .contains(new Layer.Reparameterise());
        }
    }
}
