package fathom.engine;

import static fathom.model.Layer.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import fathom.data.Batch;
import fathom.model.Layer;
import fathom.model.Loss;
import fathom.model.Model;
import fathom.model.Models;
import fathom.model.Network;
import fathom.model.Shape;
import fathom.random.Draws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DynamicTest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Autoencoders on every engine, against numbers that PyTorch computed in 64-bit floats ({@code
 * src/test/python/golden_bound.py} writes them), and against what must hold of the bound.
 */
public final class BoundChecks {
    /** Engines compute in 32-bit floats. */
    private static final double TOLERANCE = 1e-4;

    private static final int LATENT = 3;

    private final Learners learners;

    private BoundChecks(Engine engine) {
        learners = new Learners(engine);
    }

    /** The checks, by name. */
    public static Stream<DynamicTest> of(Engine engine) {
        var checks = new BoundChecks(engine);
        var goldens = golden().propertyNames().stream()
                .map(name ->
                        dynamicTest("bound and gradients are those of PyTorch: " + name, () -> checks.golden(name)));
        var models = Models.pairs().stream()
                .filter(pair -> pair.input().count() < 20_000)
                .map(Models.Pair::name)
                .map(name -> dynamicTest(
                        name + " learns and gets the same bits of the same seed", () -> checks.learns(name)));
        return Stream.of(
                        goldens,
                        models,
                        RandomBoundChecks.of(engine),
                        Stream.of(
                                dynamicTest("a prediction draws nothing", checks::aPredictionDrawsNothing),
                                dynamicTest(
                                        "evaluation draws the same for every batch, each step anew",
                                        checks::evaluationDrawsTheSame),
                                dynamicTest(
                                        "the divergence is that of the closed form",
                                        checks::theDivergenceIsThatOfTheClosedForm),
                                dynamicTest("inputs beyond 0 … 1 are refused by bce", checks::inputsBeyondAreRefused),
                                dynamicTest("a resumed training ends in the same bits", checks::aResumedTrainingGoesOn),
                                dynamicTest(
                                        "a network without loss gives its output and does not train",
                                        checks::aNetworkWithoutLoss),
                                dynamicTest(
                                        "a divergence beyond numbers stops the training", checks::aDivergedStepStops)))
                .flatMap(each -> each);
    }

    static Model.Vae model(String name) {
        String[] words = name.split(", ", -1);
        var kind = Loss.Reconstruction.valueOf(words[1].toUpperCase(Locale.ROOT));
        Loss.Elbo loss = switch (words[2]) {
            case "beta" -> new Loss.Elbo(kind, 4, 0);
            case "warming" -> new Loss.Elbo(kind, 0.5, 10);
            default -> Loss.Elbo.of(kind);
        };
        Layer end = kind == Loss.Reconstruction.BCE ? sigmoid() : chain();
        return words[0].equals("picture")
                ? new Model.Vae(
                        chain(conv(3, 3, 2, 1), leakyRelu(), flatten()),
                        decoder(
                                end,
                                linear(12),
                                relu(),
                                unflatten(3, 2, 2),
                                transposedConv(2, 3, 2, 1, 1),
                                leakyRelu(),
                                transposedConv(1, 3, 1, 0, 0)),
                        LATENT,
                        loss)
                : new Model.Vae(chain(linear(5), tanh()), decoder(end, linear(5), tanh(), linear(7)), LATENT, loss);
    }

    private static Layer decoder(Layer end, Layer... layers) {
        var all = new java.util.ArrayList<>(List.of(layers));
        if (end instanceof Layer.Sigmoid) {
            all.add(end);
        }
        return new Layer.Chain(all);
    }

    private static Shape shape(String name) {
        return name.startsWith("picture") ? Shape.of(1, 6, 6) : Shape.of(7);
    }

    private void golden(String name) {
        JsonNode golden = golden().get(name);
        int step = name.endsWith("beta") ? 7 : name.endsWith("warming") ? 3 : 0;
        Batch batch = new Batch(shape(name), floats(golden.get("inputs")), new int[5]);
        try (var learner = open(model(name), shape(name))) {
            learner.restore(arrays(golden.get("weights")), new LinkedHashMap<>(), 0);
            SequencedMap<String, float[]> gradients = learner.gradients(batch, step);
            arrays(golden.get("gradients"))
                    .forEach((array, values) -> assertClose(array, Learners.array(gradients, array), values));
            assertNear(learner.evaluate(batch).loss(), golden.get("evaluation"));
            assertClose(
                    "reconstructions",
                    learner.predict(batch, List.of()).getFirst(),
                    floats(golden.get("reconstructions")));
            var score = learner.step(batch, step, 0.1);
            assertNear(score.loss(), golden.get("loss"));
            assertNear(score.divergence().orElseThrow(), golden.get("divergence"));
            assertThat(score.correct()).isEmpty();
        }
    }

    private static void assertNear(double actual, JsonNode expected) {
        double value = expected.asDouble();
        assertThat(actual).isCloseTo(value, Offset.offset(TOLERANCE * Math.abs(value)));
    }

    private static void assertClose(String what, float[] actual, float[] expected) {
        float largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(actual).as(what).containsExactly(expected, Offset.offset((float) (TOLERANCE * largest)));
    }

    private void learns(String name) {
        var pair = Models.findPair(name).orElseThrow();
        Batch batch = greys(pair.input(), 6);
        Object weights = null;
        for (int time = 0; time < 2; time++) {
            try (var learner = open(pair.model().get(), pair.input())) {
                double first = learner.step(batch, 0, 1e-3).loss();
                double last = first;
                for (int step = 1; step < 12; step++) {
                    last = learner.step(batch, step, 1e-3).loss();
                }
                assertThat(last).isLessThan(0.99 * first);
                var bits = Learners.bits(learner.weights());
                assertThat(weights == null ? bits : weights).isEqualTo(bits);
                weights = bits;
            }
        }
    }

    private void aPredictionDrawsNothing() {
        var vae = model("vector, l2, plain");
        Batch batch = greys(Shape.of(7), 4);
        try (var learner = open(vae, Shape.of(7))) {
            var answer = learner.predict(batch, List.of(Model.Vae.ENCODER, "sample"));
            float[] moments = answer.get(1);
            float[] drawn = answer.get(2);
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < LATENT; j++) {
                    assertThat(drawn[i * LATENT + j]).isEqualTo(moments[i * 2 * LATENT + j]);
                }
            }
        }
    }

    private void evaluationDrawsTheSame() {
        Batch batch = greys(Shape.of(7), 40);
        try (var learner = open(model("vector, l2, plain"), Shape.of(7))) {
            double loss = learner.evaluate(batch).loss();
            assertThat(learner.evaluate(batch).loss()).isEqualTo(loss);
            double first = learner.step(batch, 0, 0).loss();
            assertThat(learner.step(batch, 0, 0).loss()).isEqualTo(first);
            assertThat(learner.step(batch, 1, 0).loss()).isNotEqualTo(first);
            assertThat(loss).isNotEqualTo(first);
        }
    }

    /** ½ Σ (μ² + σ² − log σ² − 1) of the moments that the encoder gives out. */
    private void theDivergenceIsThatOfTheClosedForm() {
        Batch batch = greys(Shape.of(1, 6, 6), 37);
        try (var learner = open(model("picture, bce, plain"), Shape.of(1, 6, 6))) {
            float[] moments = learner.predict(batch, List.of(Model.Vae.ENCODER)).get(1);
            double sum = 0;
            for (int i = 0; i < moments.length; i++) {
                double it = moments[i];
                sum += i / LATENT % 2 == 0 ? it * it : Math.exp(it) - it - 1;
            }
            double divergence = learner.evaluate(batch).divergence().orElseThrow();
            assertThat(divergence).isCloseTo(0.5 * sum / 37, Offset.offset(1e-5 * sum));
        }
    }

    private void inputsBeyondAreRefused() {
        try (var learner = open(model("vector, bce, plain"), Shape.of(7))) {
            var inputs = new float[21];
            inputs[20] = 1.5f;
            Batch batch = new Batch(Shape.of(7), inputs, new int[3]);
            assertThatThrownBy(() -> learner.step(batch, 0, 0.1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("needs inputs in 0 … 1, got one that lies 0.5 beyond");
            assertThatThrownBy(() -> learner.evaluate(batch)).hasMessageContaining("needs inputs in 0 … 1");
        }
    }

    private void aResumedTrainingGoesOn() {
        var vae = model("picture, bce, warming");
        Batch batch = greys(Shape.of(1, 6, 6), 20);
        try (var whole = open(vae, Shape.of(1, 6, 6));
                var first = open(vae, Shape.of(1, 6, 6));
                var second = open(vae, Shape.of(1, 6, 6))) {
            for (int step = 0; step < 6; step++) {
                whole.step(batch, step, 1e-2);
                if (step < 3) {
                    first.step(batch, step, 1e-2);
                }
            }
            second.restore(first.weights(), first.optimizerState(), 3);
            for (int step = 3; step < 6; step++) {
                second.step(batch, step, 1e-2);
            }
            assertThat(Learners.bits(second.weights())).isEqualTo(Learners.bits(whole.weights()));
        }
    }

    private void aNetworkWithoutLoss() {
        var network = Network.of(chain(linear(4), sigmoid()), Shape.of(3));
        Batch batch = greys(Shape.of(3), 5);
        try (var learner = learners.open(network, new Loss.None(), Optimizer.sgd(1), 0, 1, 1)) {
            var weight = Learners.array(learner.weights(), "0.weight");
            var bias = Learners.array(learner.weights(), "0.bias");
            float[] output = learner.predict(batch, List.of()).getFirst();
            assertThat(output).hasSize(20);
            double sum = bias[2];
            for (int i = 0; i < 3; i++) {
                sum += weight[2 * 3 + i] * (double) batch.inputs()[4 * 3 + i];
            }
            assertThat(output[4 * 4 + 2]).isCloseTo((float) (1 / (1 + Math.exp(-sum))), Offset.offset(1e-6f));
            assertThatThrownBy(() -> learner.step(batch, 0, 1)).hasMessageContaining("has no loss");
            assertThatThrownBy(() -> learner.evaluate(batch)).hasMessageContaining("has no loss");
        }
    }

    private void aDivergedStepStops() {
        var vae = model("vector, l2, plain");
        try (var learner = open(vae, Shape.of(7))) {
            var weights = learner.weights();
            Learners.array(weights, "encoder.2.bias")[LATENT] = 300; // a log-variance
            learner.restore(weights, new LinkedHashMap<>(), 0);
            assertThatThrownBy(() -> learner.step(greys(Shape.of(7), 4), 9, 0.1))
                    .isInstanceOf(DivergedException.class)
                    .hasMessageContaining("at step 9");
            assertThat(Learners.bits(learner.weights())).isEqualTo(Learners.bits(weights));
        }
    }

    private Learner open(Model.Vae vae, Shape input) {
        return learners.open(vae.on(input, 0), vae.loss(), Optimizer.adam(1e-3), 0, 1, 1);
    }

    /** Examples of noise between 0 and 1. */
    static Batch greys(Shape shape, int examples) {
        var draws = Draws.of(4, "greys", 0);
        var inputs = new float[examples * shape.count()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) draws.nextDouble();
        }
        return new Batch(shape, inputs, new int[examples]);
    }

    private static SequencedMap<String, float[]> arrays(JsonNode node) {
        var arrays = new LinkedHashMap<String, float[]>();
        node.properties().forEach(entry -> arrays.put(entry.getKey(), floats(entry.getValue())));
        return arrays;
    }

    private static float[] floats(JsonNode node) {
        var values = new float[node.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) node.get(i).asDouble();
        }
        return values;
    }

    private static JsonNode golden() {
        try (var in = BoundChecks.class.getResourceAsStream("golden-bound.json")) {
            return JsonMapper.shared().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
