package fathom.engine;

import static fathom.model.Layer.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import fathom.data.Batch;
import fathom.model.Loss;
import fathom.model.Network;
import fathom.model.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Twenty steps of each optimiser of any engine against the formulas in 64-bit floats. Both take the gradients that the
 * learner tells of, which other checks compare.
 */
public final class OptimizerChecks {
    /** Twenty roundings of 32-bit floats come to 1e-6 at most; a wrong formula is off by far more. */
    private static final double TOLERANCE = 1e-5;

    private static final int STEPS = 20;

    private static final Network NETWORK = Network.of(
            chain(
                    convSame(5, 3),
                    batchNorm(),
                    relu(),
                    maxPool(2),
                    dropout(0.2),
                    flatten(),
                    linear(7),
                    layerNorm(),
                    tanh(),
                    linear(10)),
            Shape.of(2, 6, 6));

    private final Learners learners;

    private OptimizerChecks(Engine engine) {
        learners = new Learners(engine);
    }

    /** The checks, by name. */
    public static Stream<DynamicTest> of(Engine engine) {
        var checks = new OptimizerChecks(engine);
        return Stream.of(
                        Optimizer.sgd(0.1),
                        Optimizer.sgd(0.1).withWeightDecay(0.05),
                        new Optimizer.Sgd(0.1, 0.9, false, 0),
                        new Optimizer.Sgd(0.1, 0.8, true, 0.05),
                        Optimizer.adam(0.01),
                        new Optimizer.Adam(0.01, 0.8, 0.95, 1e-4, 0.05),
                        Optimizer.adamW(0.01).withWeightDecay(0.5))
                .flatMap(optimizer -> Stream.of(0.0, 0.05)
                        .map(norm -> dynamicTest(
                                "%s, gradients %s".formatted(optimizer, norm == 0 ? "as they are" : "clipped"),
                                () -> checks.check(optimizer, norm))));
    }

    private void check(Optimizer optimizer, double gradientNorm) {
        try (Learner learner = learners.open(NETWORK, new Loss.CrossEntropy(0.1), optimizer, gradientNorm, 1, 1)) {
            var expected = RandomNetworks.doubles(learner.weights());
            var first = new LinkedHashMap<String, double[]>();
            var second = new LinkedHashMap<String, double[]>();
            for (int step = 0; step < STEPS; step++) {
                Batch batch = Learners.noise(NETWORK.input(), 9 + step, step);
                double rate = optimizer.rate() / (1 + step % 3);
                var gradients = RandomNetworks.doubles(learner.gradients(batch, step));
                clip(gradients, gradientNorm);
                gradients.forEach((name, gradient) -> first.putIfAbsent(name, new double[gradient.length]));
                gradients.forEach((name, gradient) -> second.putIfAbsent(name, new double[gradient.length]));
                for (String name : gradients.keySet()) {
                    var move = new Move(
                            get(expected, name), get(gradients, name), get(first, name), get(second, name), step + 1);
                    move.by(optimizer, rate);
                }
                learner.step(batch, step, rate);
            }
            gradientsOnly(expected, first).forEach((name, values) -> assertClose(name, learner.weights(), values));
            learner.optimizerState().forEach((name, _) -> {
                var array = name.substring(0, name.indexOf('/'));
                assertClose(name, learner.optimizerState(), get(name.endsWith("/square") ? second : first, array));
            });
        }
    }

    /** Running averages are no optimiser's matter. */
    private static Map<String, double[]> gradientsOnly(
            SequencedMap<String, double[]> weights, Map<String, double[]> trained) {
        var only = new LinkedHashMap<>(weights);
        only.keySet().retainAll(trained.keySet());
        return only;
    }

    private static void clip(SequencedMap<String, double[]> gradients, double most) {
        double squares = 0;
        for (double[] gradient : gradients.values()) {
            for (double value : gradient) {
                squares += value * value;
            }
        }
        double norm = Math.sqrt(squares);
        assertThat(norm).as("the norm, which clipping must lower").isGreaterThan(most);
        double factor = most == 0 ? 1 : most / (norm + 1e-6); // as PyTorch's clip_grad_norm_
        for (double[] gradient : gradients.values()) {
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] *= factor;
            }
        }
    }

    /** One step of one array, by the formulas of {@link Optimizer}; t counts from 1. */
    private static final class Move {
        private final double[] w;
        private final double[] gradient;
        private final double[] first;
        private final double[] second;
        private final int t;

        Move(double[] w, double[] gradient, double[] first, double[] second, int t) {
            this.w = w;
            this.gradient = gradient;
            this.first = first;
            this.second = second;
            this.t = t;
        }

        void by(Optimizer optimizer, double rate) {
            switch (optimizer) {
                case Optimizer.Sgd sgd -> descend(sgd, rate);
                case Optimizer.Adam a -> adam(rate, a.beta1(), a.beta2(), a.epsilon(), a.weightDecay(), 0);
                case Optimizer.AdamW a -> adam(rate, a.beta1(), a.beta2(), a.epsilon(), 0, a.weightDecay());
            }
        }

        private void descend(Optimizer.Sgd sgd, double rate) {
            for (int i = 0; i < w.length; i++) {
                double g = gradient[i] + sgd.weightDecay() * w[i];
                first[i] = sgd.momentum() * first[i] + g;
                w[i] -= rate * (sgd.nesterov() ? g + sgd.momentum() * first[i] : first[i]);
            }
        }

        private void adam(double rate, double beta1, double beta2, double epsilon, double decay, double decoupled) {
            for (int i = 0; i < w.length; i++) {
                double g = gradient[i] + decay * w[i];
                w[i] -= rate * decoupled * w[i];
                first[i] = beta1 * first[i] + (1 - beta1) * g;
                second[i] = beta2 * second[i] + (1 - beta2) * g * g;
                double mean = first[i] / (1 - Math.pow(beta1, t));
                double square = second[i] / (1 - Math.pow(beta2, t));
                w[i] -= rate * mean / (Math.sqrt(square) + epsilon);
            }
        }
    }

    private static void assertClose(String name, SequencedMap<String, float[]> actual, double[] expected) {
        float[] values = Learners.array(actual, name);
        double largest = 0;
        for (double value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < expected.length; i++) {
            assertThat(Math.abs(values[i] - expected[i]))
                    .as("%s[%d] is %s, expected %s", name, i, values[i], expected[i])
                    .isLessThanOrEqualTo(TOLERANCE * largest);
        }
    }

    private static double[] get(Map<String, double[]> arrays, String name) {
        double[] array = arrays.get(name);
        if (array == null) {
            throw new IllegalArgumentException("no array " + name);
        }
        return array;
    }
}
