package fathom.engine;

import static fathom.model.Layer.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import fathom.data.Batch;
import fathom.model.Layer;
import fathom.model.Network;
import fathom.model.Shape;
import fathom.random.Draws;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** What every engine must do with sequences, beside computing the right numbers. */
public final class SequenceChecks {
    private static final int WORDS = 12;
    private static final int LONGEST = 9;

    private static final Network READER = Network.of(
            chain(
                    embedding(WORDS, 5),
                    bidirectionalLstm(6),
                    layerNorm(),
                    lstm(7),
                    tanh(),
                    lastToken(),
                    linear(RandomNetworks.CLASSES)),
            Shape.of(LONGEST));

    private static final Network DROPPING = Network.of(
            chain(
                    wordDropout(0.2),
                    embedding(WORDS, 8),
                    dropout(0.2),
                    bidirectionalLstm(8),
                    dropout(0.2),
                    sequencePool(SequencePool.Kind.MAX),
                    linear(RandomNetworks.CLASSES)),
            Shape.of(LONGEST));

    private final Learners learners;

    private SequenceChecks(Engine engine) {
        learners = new Learners(engine);
    }

    /** The checks, by name. */
    public static Stream<DynamicTest> of(Engine engine) {
        var checks = new SequenceChecks(engine);
        return Stream.of(
                dynamicTest("padding changes no number", checks::paddingChangesNoNumber),
                dynamicTest("what stands after the last token is of no account", checks::whatStandsAfterTheLastToken),
                dynamicTest("a batch of sentences is learned by heart", checks::aBatchIsLearnedByHeart),
                dynamicTest("the order of words is learned", checks::theOrderOfWordsIsLearned),
                dynamicTest("a resumed training ends in the same bits", checks::aResumedTrainingEndsInTheSameBits),
                dynamicTest("padding has no vector and gets none", checks::paddingHasNoVector),
                dynamicTest("frozen vectors stay as they are given", checks::frozenVectorsStay),
                dynamicTest("word dropout makes words unknown", checks::wordDropoutMakesWordsUnknown),
                dynamicTest("a tap on a sequence has a row a token", checks::aTapHasARowAToken),
                dynamicTest("words beyond the vocabulary are refused", checks::wordsBeyondTheVocabularyAreRefused),
                dynamicTest("longer sequences are refused", checks::longerSequencesAreRefused));
    }

    /** The same texts in a batch padded to {@code tokens}, with {@code filler} where nobody may look. */
    public static Batch padded(Batch batch, int tokens, float filler) {
        int before = batch.shape().count();
        var inputs = new float[batch.size() * tokens];
        Arrays.fill(inputs, filler);
        for (int i = 0; i < batch.size(); i++) {
            System.arraycopy(batch.inputs(), i * before, inputs, i * tokens, batch.lengths()[i]);
        }
        return new Batch(Shape.of(tokens), inputs, batch.labels(), batch.lengths());
    }

    private static Batch texts(int tokens, int examples) {
        return RandomNetworks.texts(Draws.of(4, "texts", 0), tokens, WORDS, examples);
    }

    /** Sums in other groupings may differ in their last digits; a padding that counted would show in the first. */
    private void paddingChangesNoNumber() {
        Batch tight = texts(6, 21);
        for (Batch loose : List.of(padded(tight, 7, 0), padded(tight, LONGEST, 0))) {
            try (Learner one = learners.open(READER, Optimizer.adam(1e-2));
                    Learner other = learners.open(READER, Optimizer.adam(1e-2))) {
                assertThat(other.evaluate(loose).loss())
                        .isCloseTo(one.evaluate(tight).loss(), within(1e-6));
                assertClose(other.gradients(loose, 0), one.gradients(tight, 0));
                assertThat(other.predict(loose, List.of("5")).getLast())
                        .containsExactly(one.predict(tight, List.of("5")).getLast(), within(1e-6f));
                for (int step = 0; step < 3; step++) {
                    one.step(tight, step, 1e-2);
                    other.step(loose, step, 1e-2);
                }
                assertThat(other.evaluate(loose).loss())
                        .isCloseTo(one.evaluate(tight).loss(), within(1e-5));
            }
        }
    }

    private void whatStandsAfterTheLastToken() {
        Batch clean = texts(6, 21);
        Batch filled = padded(clean, 6, 3);
        try (Learner learner = learners.open(READER, Optimizer.sgd(0.1))) {
            assertThat(Learners.bits(learner.gradients(filled, 0)))
                    .isEqualTo(Learners.bits(learner.gradients(clean, 0)));
            assertThat(learner.predict(filled, List.of("0", "3")).get(1))
                    .containsExactly(learner.predict(clean, List.of("0", "3")).get(1), within(0f)); // −0 is 0
        }
    }

    private static void assertClose(SequencedMap<String, float[]> actual, SequencedMap<String, float[]> expected) {
        expected.forEach((name, values) -> {
            float largest = 0;
            for (float value : values) {
                largest = Math.max(largest, Math.abs(value));
            }
            assertThat(Learners.array(actual, name)).as(name).containsExactly(values, within(1e-5f * largest + 1e-8f));
        });
    }

    private void aBatchIsLearnedByHeart() {
        Batch batch = texts(6, 20);
        try (Learner learner = learners.open(READER, Optimizer.adam(2e-2))) {
            for (int step = 0; step < 150; step++) {
                learner.step(batch, step, 2e-2);
            }
            assertThat(learner.evaluate(batch).loss()).isLessThan(0.1);
        }
    }

    /** Which of two words comes last: no count of words tells. */
    private void theOrderOfWordsIsLearned() {
        var network = Network.of(chain(embedding(4, 4), lstm(8), lastToken(), linear(2)), Shape.of(LONGEST));
        var draws = Draws.of(5, "order", 0);
        var inputs = new float[64 * LONGEST];
        var lengths = new int[64];
        var labels = new int[64];
        for (int i = 0; i < 64; i++) {
            lengths[i] = 4 + draws.nextInt(LONGEST - 3);
            Arrays.fill(inputs, i * LONGEST, i * LONGEST + lengths[i], 1);
            labels[i] = draws.nextInt(2);
            int first = draws.nextInt(lengths[i] - 1);
            int second = first + 1 + draws.nextInt(lengths[i] - 1 - first);
            inputs[i * LONGEST + first] = 2 + labels[i];
            inputs[i * LONGEST + second] = 3 - labels[i];
        }
        var batch = new Batch(network.input(), inputs, labels, lengths);
        try (Learner learner = learners.open(network, Optimizer.adam(2e-2))) {
            for (int step = 0; step < 200; step++) {
                learner.step(batch, step, 2e-2);
            }
            assertThat(learner.evaluate(batch).correct()).contains(64);
        }
    }

    private void aResumedTrainingEndsInTheSameBits() {
        try (Learner whole = learners.open(DROPPING, Optimizer.adam(1e-2));
                Learner first = learners.open(DROPPING, Optimizer.adam(1e-2));
                Learner second = learners.open(DROPPING, Optimizer.adam(1e-2))) {
            train(whole, 0, 8);
            train(first, 0, 5);
            second.restore(first.weights(), first.optimizerState(), 5);
            train(second, 5, 8);
            assertThat(Learners.bits(second.weights())).isEqualTo(Learners.bits(whole.weights()));
            assertThat(Learners.bits(second.optimizerState())).isEqualTo(Learners.bits(whole.optimizerState()));
        }
    }

    /** Batches of several lengths in turn. */
    private static void train(Learner learner, int from, int to) {
        for (int step = from; step < to; step++) {
            learner.step(texts(3 + step % 5, 10 + step), step, 1e-2);
        }
    }

    private void paddingHasNoVector() {
        try (Learner learner = learners.open(READER, Optimizer.adamW(1e-2))) {
            for (int step = 0; step < 3; step++) {
                learner.step(texts(6, 20), step, 1e-2);
            }
            assertThat(Arrays.copyOf(Learners.array(learner.weights(), "0.weight"), 5))
                    .containsOnly(0);
            assertThat(Arrays.copyOf(Learners.array(learner.gradients(texts(6, 20), 3), "0.weight"), 5))
                    .containsOnly(0);
        }
    }

    private void frozenVectorsStay() {
        var network = Network.of(
                chain(new Embedding(WORDS, 5, true, 0.5), lstm(4), lastToken(), linear(RandomNetworks.CLASSES)),
                Shape.of(LONGEST));
        try (Learner learner = learners.open(network, Optimizer.adamW(1e-2))) {
            var weights = learner.weights();
            float[] given = new float[WORDS * 5];
            for (int i = 5; i < given.length; i++) {
                given[i] = i;
            }
            weights.put("0.weight", given);
            learner.restore(weights, new LinkedHashMap<>(), 0);
            learner.step(texts(6, 20), 0, 1e-2);
            assertThat(learner.weights().get("0.weight")).isEqualTo(given);
            assertThat(learner.gradients(texts(6, 20), 1)).doesNotContainKey("0.weight");
        }
    }

    /** With every vector but the unknown word's at zero, what comes through tells the share of unknown words. */
    private void wordDropoutMakesWordsUnknown() {
        var network = Network.of(
                chain(
                        wordDropout(0.3),
                        embedding(WORDS, 1),
                        sequencePool(SequencePool.Kind.MEAN),
                        new Layer.Linear(2, false)),
                Shape.of(200));
        var inputs = new float[50 * 200];
        Arrays.fill(inputs, 5);
        var batch = new Batch(network.input(), inputs, new int[50], filled(50, 200));
        try (Learner learner = learners.open(network, Optimizer.sgd(0.1))) {
            var weights = learner.weights();
            var vectors = new float[WORDS];
            vectors[1] = 1;
            weights.put("1.weight", vectors);
            weights.put("3.weight", new float[2]);
            learner.restore(weights, new LinkedHashMap<>(), 0);
            // The error is ½ for class 1, so its gradient is half the mean share of unknown words.
            float[] gradient = Learners.array(learner.gradients(batch, 0), "3.weight");
            assertThat(gradient[1] / 0.5f).isCloseTo(0.3f, within(0.02f)); // 10,000 draws: deviation 0.005
            assertThat(Learners.array(learner.gradients(batch, 0), "3.weight")).isEqualTo(gradient);
            assertThat(Learners.array(learner.gradients(batch, 1), "3.weight")).isNotEqualTo(gradient);
            assertThat(learner.predict(batch, List.of("2")).getLast()).containsOnly(0);
        }
    }

    private static int[] filled(int count, int value) {
        var values = new int[count];
        Arrays.fill(values, value);
        return values;
    }

    private void aTapHasARowAToken() {
        Batch batch = texts(6, 3);
        try (Learner learner = learners.open(READER, Optimizer.sgd(0.1))) {
            float[] states = learner.predict(batch, List.of("3")).getLast();
            float[] last = learner.predict(batch, List.of("3", "5")).getLast();
            assertThat(states).hasSize(3 * 6 * 7);
            for (int i = 0; i < 3; i++) {
                int at = (i * 6 + batch.lengths()[i] - 1) * 7;
                for (int f = 0; f < 7; f++) {
                    assertThat(last[i * 7 + f]).isCloseTo((float) Math.tanh(states[at + f]), within(1e-5f));
                }
            }
        }
    }

    private void wordsBeyondTheVocabularyAreRefused() {
        try (Learner learner = learners.open(READER, Optimizer.sgd(0.1))) {
            for (float wrong : new float[] {WORDS, -1, 1.5f, Float.NaN}) {
                Batch batch = texts(6, 3);
                batch.inputs()[2] = wrong;
                assertThatThrownBy(() -> learner.step(batch, 0, 0.1))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage(
                                "layer 0 (embedding) knows words 0 … 11, got %s: read the text with the vocabulary of this network",
                                wrong);
            }
        }
    }

    private void longerSequencesAreRefused() {
        try (Learner learner = learners.open(READER, Optimizer.sgd(0.1))) {
            assertThatThrownBy(() -> learner.evaluate(texts(10, 3)))
                    .hasMessage("this network takes examples of at most shape 9, got 10");
        }
    }
}
