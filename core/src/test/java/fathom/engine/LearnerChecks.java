package fathom.engine;

import static fathom.model.Layer.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fathom.data.Batch;
import fathom.model.ModelException;
import fathom.model.Network;
import fathom.model.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/** What every learner must do, beside computing the right numbers: resume, drop out, explain itself. */
public final class LearnerChecks {
    private static final Network SMALL = Network.of(
            chain(
                    named("block", convSame(4, 3), batchNorm(), relu(), maxPool(2), dropout(0.3)),
                    flatten(),
                    linear(8),
                    relu(),
                    dropout(0.5),
                    linear(10)),
            Shape.of(1, 8, 8));

    private final Learners learners;

    private LearnerChecks(Engine engine) {
        learners = new Learners(engine);
    }

    /** The checks, by name. */
    public static Stream<DynamicTest> of(Engine engine) {
        var checks = new LearnerChecks(engine);
        return Stream.concat(checks.resuming(), checks.tests());
    }

    private Stream<DynamicTest> resuming() {
        return optimizers()
                .map(optimizer -> test(
                        "a resumed training ends in the same bits: " + optimizer,
                        () -> aResumedTrainingEndsInTheSameBits(optimizer)));
    }

    private Stream<DynamicTest> tests() {
        return Stream.of(
                test("dropout drops its share and scales the rest", this::dropoutDropsItsShareAndScalesTheRest),
                test(
                        "the first of equal numbers in a max pool gets the gradient",
                        this::theFirstOfEqualNumbersInAMaxPoolGetsTheGradient),
                test("asking for gradients changes nothing", this::askingForGradientsChangesNothing),
                test(
                        "a diverged step names the layer and leaves the weights",
                        this::aDivergedStepNamesTheLayerAndLeavesTheWeights),
                test("a batch that is not finite is blamed itself", this::aBatchThatIsNotFiniteIsBlamedItself),
                test(
                        "weights that are not numbers are noticed behind a max pool",
                        this::weightsThatAreNotNumbersAreNoticedBehindAMaxPool),
                test("batch norm on one number a channel is explained", this::batchNormOnOneNumberAChannelIsExplained),
                test("arrays of another network are refused", this::arraysOfAnotherNetworkAreRefused),
                test(
                        "an unknown tap and a foreign batch are explained",
                        this::anUnknownTapAndAForeignBatchAreExplained),
                test("a label that is no class is explained", this::aLabelThatIsNoClassIsExplained),
                test(
                        "a tap of many examples gives what each alone gives",
                        this::aTapOfManyExamplesGivesWhatEachAloneGives),
                test("batches may change their size", this::batchesMayChangeTheirSize),
                test(
                        "learners on several threads do not disturb each other",
                        this::learnersOnSeveralThreadsDoNotDisturbEachOther));
    }

    private static DynamicTest test(String name, Executable check) {
        return DynamicTest.dynamicTest(name, check);
    }

    private static Stream<Optimizer> optimizers() {
        return Stream.of(
                Optimizer.sgd(0.1),
                new Optimizer.Sgd(0.1, 0.9, false, 1e-3),
                new Optimizer.Sgd(0.1, 0.9, true, 0),
                Optimizer.adam(1e-3),
                Optimizer.adam(1e-3).withWeightDecay(1e-2),
                Optimizer.adamW(1e-3));
    }

    private void aResumedTrainingEndsInTheSameBits(Optimizer optimizer) {
        Batch batch = Learners.noise(SMALL.input(), 8);
        try (Learner whole = learners.open(SMALL, optimizer);
                Learner first = learners.open(SMALL, optimizer);
                Learner second = learners.open(SMALL, optimizer)) {
            train(whole, batch, 0, 10);
            train(first, batch, 0, 6);
            second.restore(first.weights(), first.optimizerState(), 6);
            train(second, batch, 6, 10);
            assertThat(Learners.bits(second.weights())).isEqualTo(Learners.bits(whole.weights()));
            assertThat(Learners.bits(second.optimizerState())).isEqualTo(Learners.bits(whole.optimizerState()));
        }
    }

    private void dropoutDropsItsShareAndScalesTheRest() {
        var network = Network.of(chain(flatten(), linear(1000), dropout(0.3), linear(10)), Shape.of(1, 1, 1));
        var batch = new Batch(network.input(), new float[] {1, 1}, new int[] {0, 1});
        try (Learner learner = learners.open(network, Optimizer.sgd(0.1))) {
            var weights = learner.weights();
            weights.put("1.weight", Learners.filled(1000, 0));
            weights.put("1.bias", Learners.filled(1000, 1));
            learner.restore(weights, new LinkedHashMap<>(), 0);
            // The gradient of the last weights is (what came through) × (error): its zeros are the dropped units.
            var gradients = learner.gradients(batch, 4);
            float[] gradient = gradients.getOrDefault("3.weight", new float[0]);
            float error = gradients.getOrDefault("3.bias", new float[10])[9]; // class 9 is wrong in both examples
            int dropped = 0;
            float largest = 0;
            for (int unit = 0; unit < 1000; unit++) {
                dropped += gradient[9 * 1000 + unit] == 0 ? 1 : 0;
                largest = Math.max(largest, gradient[9 * 1000 + unit]);
            }
            assertThat(largest / error).isCloseTo(1 / 0.7f, within(1e-4f)); // kept in both
            assertThat(dropped / 1000.0).isCloseTo(0.3 * 0.3, within(0.04)); // dropped in both
            assertThat(learner.gradients(batch, 4).get("3.weight")).isEqualTo(gradient);
            assertThat(learner.gradients(batch, 5).get("3.weight")).isNotEqualTo(gradient);
        }
    }

    private void theFirstOfEqualNumbersInAMaxPoolGetsTheGradient() {
        var network = Network.of(chain(conv(1, 1), maxPool(2), flatten(), linear(10)), Shape.of(1, 2, 2));
        var batch = new Batch(network.input(), new float[] {3, 5, 7, 11}, new int[] {0});
        try (Learner learner = learners.open(network, Optimizer.sgd(0.1))) {
            var weights = learner.weights();
            weights.put("0.weight", new float[] {0}); // so that every pixel after it is the same
            learner.restore(weights, new LinkedHashMap<>(), 0);
            var gradients = learner.gradients(batch, 0);
            float ofBias = gradients.getOrDefault("0.bias", new float[1])[0];
            assertThat(gradients.getOrDefault("0.weight", new float[1])[0]).isCloseTo(3 * ofBias, within(1e-6f));
        }
    }

    private void askingForGradientsChangesNothing() {
        Batch batch = Learners.noise(SMALL.input(), 8);
        try (Learner learner = learners.open(SMALL, Optimizer.adam(1e-3))) {
            train(learner, batch, 0, 2);
            var before = Learners.bits(learner.weights());
            learner.gradients(batch, 2);
            learner.evaluate(batch);
            learner.predict(batch, List.of("block"));
            assertThat(Learners.bits(learner.weights())).isEqualTo(before);
        }
    }

    private void aDivergedStepNamesTheLayerAndLeavesTheWeights() {
        Batch batch = Learners.noise(SMALL.input(), 8);
        try (Learner learner = learners.open(SMALL, Optimizer.adam(1e-3))) {
            var weights = learner.weights();
            weights.getOrDefault("2.weight", new float[0])[5] = Float.POSITIVE_INFINITY;
            learner.restore(weights, new LinkedHashMap<>(), 0);
            var before = Learners.bits(learner.weights());
            assertThatThrownBy(() -> learner.step(batch, 41, 1e-3))
                    .isInstanceOfSatisfying(
                            DivergedException.class, e -> assertThat(e.step()).isEqualTo(41))
                    .hasMessageContaining("first in layer 2 at step 41");
            assertThat(Learners.bits(learner.weights())).isEqualTo(before);
        }
    }

    private void aBatchThatIsNotFiniteIsBlamedItself() {
        Batch batch = Learners.noise(SMALL.input(), 8);
        batch.inputs()[3] = Float.NaN;
        try (Learner learner = learners.open(SMALL, Optimizer.sgd(0.1))) {
            assertThatThrownBy(() -> learner.step(batch, 0, 0.1))
                    .isInstanceOf(DivergedException.class)
                    .hasMessageContaining("the batch holds numbers that are not finite");
        }
    }

    private void weightsThatAreNotNumbersAreNoticedBehindAMaxPool() {
        Batch batch = Learners.noise(SMALL.input(), 8);
        try (Learner learner = learners.open(SMALL, Optimizer.sgd(0.1))) {
            var weights = learner.weights();
            weights.getOrDefault("block.0.weight", new float[0])[0] = Float.NaN;
            learner.restore(weights, new LinkedHashMap<>(), 0);
            assertThatThrownBy(() -> learner.step(batch, 7, 0.1))
                    .isInstanceOf(DivergedException.class)
                    .hasMessageContaining("first in layer block.0 at step 7");
        }
    }

    private void batchNormOnOneNumberAChannelIsExplained() {
        var network = Network.of(chain(linear(4), batchNorm(), linear(10)), Shape.of(3));
        try (Learner learner = learners.open(network, Optimizer.sgd(0.1))) {
            assertThatThrownBy(() -> learner.step(Learners.noise(network.input(), 1), 0, 0.1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("layer 1 (batchNorm) cannot train on a batch of one example");
        }
    }

    private void arraysOfAnotherNetworkAreRefused() {
        try (Learner learner = learners.open(SMALL, Optimizer.sgd(0.1))) {
            var weights = learner.weights();
            weights.remove("2.bias");
            weights.put("2.bios", new float[8]);
            assertThatThrownBy(() -> learner.restore(weights, new LinkedHashMap<>(), 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("missing [2.bias], unknown [2.bios]");
            var shorter = learner.weights();
            shorter.put("2.bias", new float[7]);
            assertThatThrownBy(() -> learner.restore(shorter, new LinkedHashMap<>(), 0))
                    .hasMessageContaining("the array 2.bias of the weights needs 8 numbers, got 7");
        }
    }

    private void anUnknownTapAndAForeignBatchAreExplained() {
        try (Learner learner = learners.open(SMALL, Optimizer.sgd(0.1))) {
            assertThatThrownBy(() -> learner.predict(Learners.noise(SMALL.input(), 2), List.of("blok")))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("no layer at \"blok\"");
            assertThatThrownBy(() -> learner.evaluate(Learners.noise(Shape.of(1, 9, 9), 2)))
                    .hasMessage("this network takes examples of shape 1×8×8, got 1×9×9");
        }
    }

    private void aLabelThatIsNoClassIsExplained() {
        Batch fitting = Learners.noise(SMALL.input(), 2);
        int classes = SMALL.output().count();
        try (Learner learner = learners.open(SMALL, Optimizer.sgd(0.1))) {
            for (int label : new int[] {-100, -1, classes}) {
                var batch = new Batch(fitting.shape(), fitting.inputs(), new int[] {0, label});
                assertThatThrownBy(() -> learner.step(batch, 0, 0.1))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("a label must be in 0 … " + (classes - 1))
                        .hasMessageContaining("got " + label);
            }
        }
    }

    /** Also where a layer's result is too large to keep for all of them. */
    private void aTapOfManyExamplesGivesWhatEachAloneGives() {
        var network = Network.of(
                chain(convSame(64, 3), batchNorm(), relu(), maxPool(4), flatten(), linear(10)), Shape.of(1, 28, 28));
        Batch batch = Learners.noise(network.input(), 70);
        int pixels = network.input().count();
        try (Learner learner = learners.open(network, Optimizer.sgd(0.1))) {
            float[] all = learner.predict(batch, List.of("0")).get(1);
            for (int example : new int[] {0, 17, 40, 69}) {
                float[] inputs = Arrays.copyOfRange(batch.inputs(), example * pixels, (example + 1) * pixels);
                var alone = new Batch(network.input(), inputs, new int[] {0});
                float[] one = learner.predict(alone, List.of("0")).get(1);
                float[] same = Arrays.copyOfRange(all, example * one.length, (example + 1) * one.length);
                assertThat(same).containsExactly(one, within(1e-5f));
            }
        }
    }

    private void batchesMayChangeTheirSize() {
        try (Learner learner = learners.open(SMALL, Optimizer.sgd(0.1))) {
            Batch large = Learners.noise(SMALL.input(), 9);
            double before = learner.evaluate(large).loss();
            learner.evaluate(Learners.noise(SMALL.input(), 2));
            assertThat(learner.evaluate(large).loss()).isEqualTo(before);
        }
    }

    /** Several learners train side by side in a sweep; each must see its own dropout. */
    private void learnersOnSeveralThreadsDoNotDisturbEachOther() throws Exception {
        Callable<Object> training = () -> learners.weightsAfter(30, SMALL, 5);
        Object alone = training.call();
        try (var threads = Executors.newFixedThreadPool(3)) {
            for (var result : threads.invokeAll(List.of(training, training, training, training))) {
                assertThat(result.get()).isEqualTo(alone);
            }
        }
    }

    private static void train(Learner learner, Batch batch, int from, int to) {
        for (int step = from; step < to; step++) {
            learner.step(batch, step, 1e-3 + step * 1e-4);
        }
    }
}
