package fathom.engine;

import static org.assertj.core.api.Assertions.assertThat;

import fathom.data.Batch;
import fathom.model.Network;
import fathom.random.Draws;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;

/** What every engine must do, checked against {@link ReferenceNetwork}. */
public final class EngineChecks {
    /**
     * The largest relative error of a gradient. A 32-bit float holds 6e-8; sums of some hundred products over a few
     * layers lose two digits more, so 1e-4 leaves a factor of ten, and a wrong formula is off by far more. An error is
     * measured against the largest gradient of its array: numbers that nearly cancel have no digits of their own.
     */
    static final double TOLERANCE = 1e-4;

    /**
     * Gradients that vanish, or nearly, by symmetry (a bias before batch norm) hold nothing but the rounding of larger
     * numbers, so an array is never measured against less than this part of the network's largest gradient.
     */
    private static final double SYMMETRY = 0.1;

    /** Bends (ReLU, max pool) nearer than this might be taken to the other side by 32-bit floats. */
    static final double MARGIN = 1e-4;

    private static final double STEP = 1e-5;
    private static final int SAMPLES = 4;

    private EngineChecks() {}

    /** Whether a case stays away from bends, so that its gradient is defined and both ways to compute it must agree. */
    public static boolean isSmooth(RandomNetworks.Case it) {
        return ReferenceNetwork.run(it.network(), RandomNetworks.doubles(it.weights()), it.batch(), true)
                        .margin()
                > MARGIN;
    }

    /** Loss, gradients, running averages and predictions of one case; {@code name} is for messages. */
    public static void agreesWithTheReference(Engine engine, RandomNetworks.Case it, String name) {
        var assignment = new Assignment(
                it.network(),
                it.loss(),
                Optimizer.sgd(0.1),
                0,
                0,
                1,
                new Compute(engine.name(), Device.CPU, Precision.FP32, 1));
        try (var learner = engine.open(assignment)) {
            agreesWithTheReference(learner, it, name);
        }
    }

    /** The same of a learner that is open already, whatever it did before; it gets the case's weights. */
    public static void agreesWithTheReference(Learner learner, RandomNetworks.Case it, String name) {
        learner.restore(it.weights(), new LinkedHashMap<>(), 0);
        checkGradients(learner.gradients(it.batch(), 0), it, weights -> trainingLoss(it, weights), name);
        checkEvaluation(learner, it, name);
        checkStep(learner, it, name);
    }

    /** @param loss what training brings down, by weights in 64 bits */
    static void checkGradients(
            SequencedMap<String, float[]> gradients,
            RandomNetworks.Case it,
            ToDoubleFunction<Map<String, double[]>> loss,
            String name) {
        var weights = RandomNetworks.doubles(it.weights());
        double largest = gradients.values().stream()
                .mapToDouble(EngineChecks::largest)
                .max()
                .orElse(0);
        var draws = Draws.of(name.hashCode(), "samples", 0);
        gradients.forEach((array, values) -> {
            double scale = Math.max(largest(values), SYMMETRY * largest);
            for (int sample = 0; sample < SAMPLES; sample++) {
                int index = draws.nextInt(values.length);
                double slope = slope(loss, weights, array, index);
                assertThat(Math.abs(values[index] - slope) / scale)
                        .as(
                                "%s: gradient of %s[%d] is %s, by finite differences %s, network %s",
                                name,
                                array,
                                index,
                                values[index],
                                slope,
                                it.network().root())
                        .isLessThan(TOLERANCE);
            }
        });
    }

    /** The slope of the loss in one weight, by central differences on a smooth piece. */
    private static double slope(
            ToDoubleFunction<Map<String, double[]>> loss, Map<String, double[]> weights, String array, int index) {
        double[] values = weights.getOrDefault(array, new double[0]);
        double before = values[index];
        values[index] = before + STEP;
        double above = loss.applyAsDouble(weights);
        values[index] = before - STEP;
        double below = loss.applyAsDouble(weights);
        values[index] = before;
        return (above - below) / (2 * STEP);
    }

    private static double trainingLoss(RandomNetworks.Case it, Map<String, double[]> weights) {
        var pass = ReferenceNetwork.run(it.network(), weights, it.batch(), true);
        return ReferenceNetwork.loss(it.loss(), pass.result(), it.batch().labels(), true);
    }

    private static void checkEvaluation(Learner learner, RandomNetworks.Case it, String name) {
        var weights = RandomNetworks.doubles(it.weights());
        var pass = ReferenceNetwork.run(it.network(), weights, it.batch(), false);
        double loss = ReferenceNetwork.loss(it.loss(), pass.result(), it.batch().labels(), false);
        assertThat(relative(learner.evaluate(it.batch()).loss(), loss))
                .as("%s: loss at evaluation", name)
                .isLessThan(TOLERANCE);
        var paths = it.network().places().stream().map(Network.Place::path).toList();
        List<float[]> answer = learner.predict(it.batch(), paths);
        for (int i = 0; i < paths.size(); i++) {
            double[][] rows = pass.outputs().getOrDefault(paths.get(i), new double[0][]);
            checkClose(answer.get(i + 1), rows, name + ": output of layer " + paths.get(i));
        }
        double[][] logs = java.util.Arrays.stream(pass.result())
                .map(ReferenceNetwork::logSoftmax)
                .toArray(double[][]::new);
        checkClose(answer.getFirst(), logs, name + ": log-probabilities");
    }

    private static void checkStep(Learner learner, RandomNetworks.Case it, String name) {
        var weights = RandomNetworks.doubles(it.weights());
        Batch batch = it.batch();
        var pass = ReferenceNetwork.run(it.network(), weights, batch, true);
        double loss = ReferenceNetwork.loss(it.loss(), pass.result(), batch.labels(), true);
        assertThat(relative(learner.step(batch, 0, 0.1).loss(), loss))
                .as("%s: loss of a step", name)
                .isLessThan(TOLERANCE);
        var after = learner.weights();
        pass.averages()
                .forEach((array, values) -> checkClose(
                        after.getOrDefault(array, new float[0]), new double[][] {values}, name + ": " + array));
    }

    static void checkClose(float[] actual, double[][] expected, String what) {
        int at = 0;
        double largest = 1e-3;
        for (double[] row : expected) {
            for (double value : row) {
                largest = Math.max(largest, Math.abs(value));
            }
        }
        assertThat(actual.length).as(what).isEqualTo(expected.length * expected[0].length);
        for (double[] row : expected) {
            for (double value : row) {
                assertThat(Math.abs(actual[at++] - value) / largest).as(what).isLessThan(TOLERANCE);
            }
        }
    }

    static double relative(double actual, double expected) {
        return Math.abs(actual - expected) / Math.max(Math.abs(expected), 1e-3);
    }

    private static double largest(float[] values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
