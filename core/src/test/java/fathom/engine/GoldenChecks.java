package fathom.engine;

import static fathom.model.Layer.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import fathom.data.Batch;
import fathom.model.Loss;
import fathom.model.Network;
import fathom.model.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DynamicTest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Numbers that PyTorch 1.13.1 computed; {@code src/test/python/golden.py} writes them. */
public final class GoldenChecks {
    /** Both compute in 32-bit floats, in different orders of summation. */
    private static final double TOLERANCE = 1e-4;

    private static final Map<String, Network> NETWORKS = Map.of(
            "picture",
            Network.of(
                    chain(
                            new Conv(2, 3, 1, 1, false),
                            batchNorm(),
                            leakyRelu(),
                            averagePool(2, 1),
                            transposedConv(2, 2, 2, 0, 0),
                            relu(),
                            maxPool(3, 2), // 2×3×3
                            flatten(),
                            linear(3)),
                    Shape.of(1, 5, 5)),
            "vector",
            Network.of(
                    chain(
                            linear(6),
                            layerNorm(),
                            tanh(),
                            new Linear(4, false),
                            batchNorm(),
                            sigmoid(),
                            linear(3),
                            logSoftmax()),
                    Shape.of(5)),
            "text",
            Network.of(
                    chain(
                            embedding(9, 4),
                            bidirectionalLstm(3),
                            layerNorm(),
                            lstm(5),
                            bidirectionalLstm(4),
                            new LastToken(true),
                            linear(3)),
                    Shape.of(11)));

    private static final Map<String, Optimizer> OPTIMIZERS = Map.of(
            "sgd", Optimizer.sgd(1),
            "sgd-decay", Optimizer.sgd(1).withWeightDecay(0.01),
            "momentum", new Optimizer.Sgd(1, 0.9, false, 0.01),
            "nesterov", new Optimizer.Sgd(1, 0.9, true, 0.01),
            "adam", new Optimizer.Adam(1, 0.8, 0.95, 1e-6, 0),
            "adam-decay", Optimizer.adam(1).withWeightDecay(0.1),
            "adamw", Optimizer.adamW(1).withWeightDecay(0.1),
            "clipped", Optimizer.sgd(1));

    private final Learners learners;

    private GoldenChecks(Engine engine) {
        learners = new Learners(engine);
    }

    /** The checks, by name. */
    public static Stream<DynamicTest> of(Engine engine) {
        var checks = new GoldenChecks(engine);
        return NETWORKS.keySet().stream()
                .sorted()
                .flatMap(name -> Stream.concat(
                        Stream.of(dynamicTest(
                                "loss and gradients are those of PyTorch: " + name,
                                () -> checks.lossAndGradientsAreThoseOfPyTorch(name))),
                        OPTIMIZERS.keySet().stream()
                                .sorted()
                                .map(optimizer -> dynamicTest(
                                        "three steps lead where PyTorch goes: %s, %s".formatted(name, optimizer),
                                        () -> checks.threeStepsLeadWherePyTorchGoes(name, optimizer)))));
    }

    private void lossAndGradientsAreThoseOfPyTorch(String name) {
        JsonNode golden = golden(name);
        try (var learner = learner(name, "sgd", 0)) {
            learner.restore(arrays(golden.get("weights")), new LinkedHashMap<>(), 0);
            var gradients = learner.gradients(batch(name, golden), 0);
            assertClose(gradients, arrays(golden.get("gradients")));
            double loss = golden.get("loss").asDouble();
            assertThat(learner.step(batch(name, golden), 0, 1).loss()).isCloseTo(loss, within(TOLERANCE * loss));
        }
    }

    private void threeStepsLeadWherePyTorchGoes(String name, String optimizer) {
        JsonNode golden = golden(name);
        double clip = optimizer.equals("clipped") ? golden.get("clip").asDouble() : 0;
        try (var learner = learner(name, optimizer, clip)) {
            learner.restore(arrays(golden.get("weights")), new LinkedHashMap<>(), 0);
            for (int step = 0; step < 3; step++) {
                learner.step(
                        batch(name, golden), step, golden.get("rates").get(step).asDouble());
            }
            assertClose(learner.weights(), arrays(golden.get("after").get(optimizer)));
        }
    }

    private Learner learner(String name, String optimizer, double clip) {
        var loss = name.equals("vector") ? new Loss.NegativeLogLikelihood() : new Loss.CrossEntropy(0.1);
        return learners.open(find(NETWORKS, name), loss, find(OPTIMIZERS, optimizer), clip, 1, 1);
    }

    private static void assertClose(SequencedMap<String, float[]> actual, SequencedMap<String, float[]> expected) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, values) -> {
            float largest = 0;
            for (float value : values) {
                largest = Math.max(largest, Math.abs(value));
            }
            assertThat(find(actual, name)).as(name).containsExactly(values, withinFloat(TOLERANCE * largest));
        });
    }

    private static Batch batch(String name, JsonNode golden) {
        int[] labels = whole(golden.get("labels"));
        float[] inputs = floats(golden.get("inputs"));
        return golden.has("lengths")
                ? new Batch(Shape.of(inputs.length / labels.length), inputs, labels, whole(golden.get("lengths")))
                : new Batch(find(NETWORKS, name).input(), inputs, labels);
    }

    private static int[] whole(JsonNode node) {
        var values = new int[node.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = node.get(i).asInt();
        }
        return values;
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

    private static JsonNode golden(String name) {
        try (var in = GoldenChecks.class.getResourceAsStream("golden.json")) {
            return JsonMapper.shared().readTree(in).get(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T find(Map<String, T> map, String name) {
        T found = map.get(name);
        if (found == null) {
            throw new IllegalArgumentException(name);
        }
        return found;
    }

    private static Offset<Double> within(double value) {
        return Offset.offset(value);
    }

    private static Offset<Float> withinFloat(double value) {
        return Offset.offset((float) value);
    }
}
