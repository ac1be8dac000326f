package fathom.engine.vector;

import static fathom.model.Layer.*;
import static org.assertj.core.api.Assertions.assertThat;

import fathom.data.Batch;
import fathom.engine.Assignment;
import fathom.engine.Compute;
import fathom.engine.Learner;
import fathom.engine.Learners;
import fathom.engine.Optimizer;
import fathom.engine.RandomNetworks;
import fathom.engine.SequenceChecks;
import fathom.model.Loss;
import fathom.model.Model;
import fathom.model.Network;
import fathom.model.Shape;
import fathom.random.Draws;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The number of threads changes nothing to the last bit, and nor does what ran before. */
class SameBitsTest {
    private static final Network NETWORK = Network.of(
            chain(
                    convSame(6, 3),
                    batchNorm(),
                    relu(),
                    maxPool(2),
                    dropout(0.25),
                    residual(chain(convSame(6, 3), batchNorm(), leakyRelu())),
                    branches(
                            chain(convSame(3, 1), sigmoid()),
                            chain(maxPool(1, 1), transposedConv(5, 3, 1, 1, 0)),
                            averagePool(1, 1)),
                    conv(7, 3),
                    relu(),
                    maxPool(2, 1),
                    flatten(),
                    linear(33),
                    layerNorm(),
                    tanh(),
                    dropout(0.5),
                    linear(10)),
            Shape.of(2, 12, 12));

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 16, 17, 40, 256})
    void anyNumberOfThreadsGivesTheSameBits(int examples) {
        Object one = trained(new VectorKernels(), examples, 1);
        assertThat(trained(new VectorKernels(), examples, 1)).as("run again").isEqualTo(one);
        assertThat(trained(new VectorKernels(), examples, 2)).as("two threads").isEqualTo(one);
        assertThat(trained(new VectorKernels(), examples, 4)).as("four threads").isEqualTo(one);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 17, 40})
    void plainLoopsGiveTheSameBitsToo(int examples) {
        Object one = trained(new PlainKernels(), examples, 1);
        assertThat(trained(new PlainKernels(), examples, 2)).as("two threads").isEqualTo(one);
        assertThat(trained(new PlainKernels(), examples, 4)).as("four threads").isEqualTo(one);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 17, 70})
    void anyNumberOfThreadsGivesTheSameBitsOnSequences(int examples) {
        for (Kernels kernels : List.of(new VectorKernels(), new PlainKernels())) {
            Object one = read(kernels, examples, 1, 0);
            assertThat(read(kernels, examples, 1, 0)).as("run again").isEqualTo(one);
            assertThat(read(kernels, examples, 2, 0)).as("two threads").isEqualTo(one);
            assertThat(read(kernels, examples, 4, 0)).as("four threads").isEqualTo(one);
            assertThat(read(kernels, examples, 2, 3))
                    .as("more padding, dropout on")
                    .isEqualTo(one);
        }
    }

    /** Everything that a few steps on texts of several lengths leave behind. */
    private static Object read(Kernels kernels, int examples, int threads, int morePadding) {
        var network = Network.of(
                chain(
                        wordDropout(0.1),
                        embedding(20, 7),
                        dropout(0.2),
                        bidirectionalLstm(30),
                        layerNorm(),
                        residual(chain(dropout(0.3), lstm(60), tanh())),
                        lstm(9),
                        sequencePool(SequencePool.Kind.MEAN),
                        linear(RandomNetworks.CLASSES)),
                Shape.of(40));
        var assignment = new Assignment(
                network,
                new Loss.CrossEntropy(0.1),
                Optimizer.adam(1e-2),
                1,
                0,
                7,
                Compute.auto().withThreads(threads));
        try (Learner learner = new VectorLearner(assignment, kernels, threads)) {
            double loss = 0;
            for (int step = 0; step < 4; step++) {
                Batch tight = RandomNetworks.texts(Draws.of(step, "texts", 0), 5 + step * 10, 20, examples);
                Batch batch = SequenceChecks.padded(tight, tight.shape().count() + (step == 3 ? 0 : morePadding), 0);
                loss += learner.step(batch, step, 1e-2).loss();
                loss += learner.evaluate(batch).loss();
            }
            return List.of(loss, Learners.bits(learner.weights()), Learners.bits(learner.optimizerState()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 17, 40})
    void anAutoencoderDrawsTheSameWithAnyNumberOfThreads(int examples) {
        for (var kernels : List.of(new VectorKernels(), new PlainKernels())) {
            Object one = autoencoder(kernels, examples, 1);
            assertThat(autoencoder(kernels, examples, 2)).as("two threads").isEqualTo(one);
            assertThat(autoencoder(kernels, examples, 4)).as("four threads").isEqualTo(one);
        }
    }

    private static Object autoencoder(Kernels kernels, int examples, int threads) {
        var vae = new Model.Vae(
                chain(conv(5, 3, 2, 1), relu(), flatten()),
                chain(linear(80), unflatten(5, 4, 4), transposedConv(2, 3, 2, 1, 1), sigmoid()),
                3,
                new Loss.Elbo(Loss.Reconstruction.BCE, 2, 3));
        var assignment = new Assignment(
                vae.on(Shape.of(2, 8, 8), 0),
                vae.loss(),
                Optimizer.adam(1e-2),
                0,
                0,
                7,
                Compute.auto().withThreads(threads));
        var draws = Draws.of(3, "greys", 0);
        var inputs = new float[examples * 128];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) draws.nextDouble();
        }
        var batch = new Batch(Shape.of(2, 8, 8), inputs, new int[examples]);
        try (Learner learner = new VectorLearner(assignment, kernels, threads)) {
            var scores = List.of(learner.step(batch, 0, 1e-2), learner.step(batch, 1, 1e-2), learner.evaluate(batch));
            return List.of(scores, Learners.bits(learner.weights()));
        }
    }

    /** Whatever was in memory before, of larger batches and other plans, is of no account. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 17, 40})
    void whatRanBeforeDoesNotMatter(int examples) {
        Batch batch = Learners.noise(NETWORK.input(), examples);
        Batch large = Learners.noise(NETWORK.input(), 70, 9);
        try (Learner fresh = open(new VectorKernels(), 2);
                Learner used = open(new VectorKernels(), 2)) {
            var weights = used.weights();
            for (int step = 0; step < 2; step++) {
                used.step(large, step, 1e-2);
                used.predict(large, List.of("5", "6.1", "10"));
                used.evaluate(batch);
            }
            used.restore(weights, new LinkedHashMap<>(), 0);
            for (int step = 0; step < 3; step++) {
                var expected = fresh.step(batch, step, 1e-2);
                assertThat(used.step(batch, step, 1e-2)).isEqualTo(expected);
                assertThat(used.evaluate(large)).isEqualTo(fresh.evaluate(large));
                assertThat(outputs(used, batch)).isEqualTo(outputs(fresh, batch));
            }
            assertThat(Learners.bits(used.weights())).isEqualTo(Learners.bits(fresh.weights()));
        }
    }

    private static List<Integer> outputs(Learner learner, Batch batch) {
        return learner.predict(batch, List.of("3", "6", "7")).stream()
                .map(Arrays::hashCode)
                .toList();
    }

    /** Everything that a few steps leave behind. */
    private static Object trained(Kernels kernels, int examples, int threads) {
        try (Learner learner = open(kernels, threads)) {
            double loss = 0;
            for (int step = 0; step < 4; step++) {
                Batch batch = Learners.noise(NETWORK.input(), step == 2 ? (examples + 1) / 2 : examples, step);
                loss += learner.step(batch, step, 1e-2).loss();
                loss += learner.evaluate(batch).loss();
            }
            return List.of(
                    loss,
                    Learners.bits(learner.weights()),
                    Learners.bits(learner.optimizerState()),
                    Learners.bits(learner.gradients(Learners.noise(NETWORK.input(), examples), 4)));
        }
    }

    private static Learner open(Kernels kernels, int threads) {
        var assignment = new Assignment(
                NETWORK,
                new Loss.CrossEntropy(0.1),
                Optimizer.adam(1e-2),
                1,
                0.9,
                7,
                Compute.auto().withThreads(threads));
        return new VectorLearner(assignment, kernels, threads);
    }
}
