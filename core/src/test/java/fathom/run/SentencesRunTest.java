package fathom.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fathom.data.Data;
import fathom.data.DataPlaces;
import fathom.engine.Compute;
import fathom.engine.Optimizer;
import fathom.model.Layer;
import fathom.model.Loss;
import fathom.model.Model;
import fathom.train.Event;
import fathom.train.Outcome;
import fathom.train.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs on made-up reviews: sentences of different lengths, so batches of different shapes. */
class SentencesRunTest {
    private static final DataPlaces NOWHERE = new DataPlaces(List.of(Path.of("nowhere")));

    @TempDir
    private Path folder;

    /** In the first epoch, at its end, in the second. */
    @ParameterizedTest
    @ValueSource(ints = {3, 17, 24})
    void aRunThatWasStoppedEndsWithTheSameBits(int stopAfter) {
        var store = new RunStore(folder);
        Run whole =
                Job.start(spec(64), store, NOWHERE, event -> {}, () -> false).run();
        var steps = new AtomicInteger();
        var stopped = Job.start(spec(64), store, NOWHERE, event -> count(event, steps), () -> steps.get() >= stopAfter);
        assertThat(stopped.outcome().end()).isEqualTo(Outcome.End.INTERRUPTED);
        var resumed = Job.resume(stopped.run(), NOWHERE, event -> {}, () -> false);
        assertThat(resumed.outcome().end()).isEqualTo(Outcome.End.FINISHED);
        requireSame(resumed.run(), whole);
    }

    private static void requireSame(Run resumed, Run whole) {
        SequencedMap<String, float[]> expected = whole.checkpoints().best().weights();
        SequencedMap<String, float[]> actual = resumed.checkpoints().best().weights();
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, array) -> assertThat(actual.get(name)).as(name).isEqualTo(array));
    }

    /** Whoever dies before the first checkpoint leaves a run that begins once more, word vectors and all. */
    @Test
    void aRunThatDiedBeforeItsFirstCheckpointBeginsWithItsWordVectors() throws IOException {
        Path vectors = folder.resolve("vectors.txt");
        Files.writeString(vectors, "film 1 2 3 4 5 6 7 8\n");
        Spec plain = spec(64);
        var text = plain.data().text().withVectors(vectors.toString());
        Spec spec = plain.withData(plain.data().withText(text));
        var store = new RunStore(folder.resolve("runs"));
        Run whole = Job.start(spec, store, NOWHERE, event -> {}, () -> false).run();
        var stopped = Job.start(spec, store, NOWHERE, event -> {}, () -> true).run();
        try (Stream<Path> files = Files.list(stopped.file("checkpoints"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        requireSame(Job.resume(stopped, NOWHERE, event -> {}, () -> false).run(), whole);
    }

    private static void count(Event event, AtomicInteger steps) {
        if (event instanceof Event.StepDone) {
            steps.incrementAndGet();
        }
    }

    @Test
    void theVocabularyLiesInTheRun() throws IOException {
        Run run = Job.start(spec(64), new RunStore(folder), NOWHERE, event -> {}, () -> false)
                .run();
        assertThat(run.vocabulary().orElseThrow().isKnown("film")).isTrue();
        Files.writeString(run.file("vocabulary.txt"), "no words");
        assertThatThrownBy(run::vocabulary)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(run.id())
                .hasMessageContaining("vocabulary.txt cannot be read");
    }

    @Test
    void anEmbeddingOfTooFewWordsIsNamedBeforeARunIsMade() {
        assertThatThrownBy(() -> Job.start(spec(60), new RunStore(folder), NOWHERE, event -> {}, () -> false))
                .hasMessage(
                        "toy-reviews has 64 words (padding and unknown counted), but the embedding at \"1\" only 60: set its words to 64 or more, or raise data.text.minCount");
        assertThat(folder).isEmptyDirectory();
    }

    private static Spec spec(int words) {
        var network = Layer.chain(
                Layer.wordDropout(0.1),
                Layer.embedding(words, 8),
                Layer.dropout(0.1),
                Layer.bidirectionalLstm(8),
                Layer.sequencePool(Layer.SequencePool.Kind.MAX),
                Layer.linear(2));
        return new Spec(
                "reviews",
                Data.of("toy-reviews").withCount(600),
                new Model.Classifier(network, new Loss.CrossEntropy(0)),
                Training.of(2, 32, Optimizer.adam(5e-3)).withAveraging(0.9),
                5,
                Compute.auto().withEngine("vector").withThreads(1));
    }
}
