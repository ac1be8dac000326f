package fathom.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fathom.config.Json;
import fathom.config.Node;
import fathom.config.Place;
import fathom.engine.DivergedException;
import fathom.engine.Optimizer;
import fathom.model.Parameter;
import fathom.model.Shape;
import fathom.train.Clouds;
import fathom.train.Event;
import fathom.train.Listener;
import fathom.train.Outcome;
import fathom.train.Progress;
import fathom.train.SoftmaxRegression;
import fathom.train.Trainer;
import fathom.train.Training;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RecorderTest {
    private static final Clouds CLOUDS = Specs.CLOUDS;
    private static final List<Parameter> PARAMETERS =
            List.of(new Parameter("weight", Shape.of(3, 4), new Parameter.Start.Constant(0), true));
    private static final int STEPS = 5 * 11;

    @TempDir
    Path root;

    private Run run;

    @BeforeEach
    void create() {
        run = Specs.create(new RunStore(root), "clouds");
    }

    /** Trains a run on from where it stands. */
    private static Outcome train(Run run, Disk disk, Listener also, BooleanSupplier interrupted) {
        var learner = new SoftmaxRegression(4, 3);
        try (Recorder recorder = Recorder.open(run, PARAMETERS, disk)) {
            Resume from = recorder.from();
            if (!from.weights().isEmpty()) {
                learner.restore(
                        from.weights(), from.optimizerState(), from.progress().step());
            }
            return new Trainer(
                            learner,
                            CLOUDS,
                            run.spec().training(),
                            run.spec().seed(),
                            from.progress(),
                            from.bestWeights(),
                            Listener.all(recorder, also),
                            interrupted)
                    .train(12, from.warnings());
        }
    }

    private static Outcome train(Run run) {
        return train(run, Disk.real(), event -> {}, () -> false);
    }

    private Run uninterrupted() {
        Run whole = Specs.create(new RunStore(root), "whole");
        train(whole);
        return whole;
    }

    private static void assertSame(Run a, Run b) {
        for (String name : List.of("last.safetensors", "best.safetensors")) {
            Checkpoint x = Checkpoint.read(a.file("checkpoints").resolve(name));
            Checkpoint y = Checkpoint.read(b.file("checkpoints").resolve(name));
            assertThat(States.same(x.weights(), y.weights())).as(name).isTrue();
            assertThat(States.same(x.optimizerState(), y.optimizerState()))
                    .as(name)
                    .isTrue();
            assertThat(withoutTime(x.progress())).isEqualTo(withoutTime(y.progress()));
        }
        assertThat(withoutTime(a.file("metrics.csv"))).isEqualTo(withoutTime(b.file("metrics.csv")));
        assertThat(epochs(a)).isEqualTo(epochs(b));
    }

    private static Progress withoutTime(Progress p) {
        return new Progress(
                p.step(), p.epoch(), p.stepInEpoch(), p.tally(), p.bestLoss(), p.bestEpoch(), 0, p.lastTrain());
    }

    private static List<String> withoutTime(Path csv) {
        return lines(csv).stream()
                .map(line -> line.split(",", -1))
                .map(cells -> String.join(",", List.of(cells).subList(0, 9)) + "," + cells[11])
                .toList();
    }

    /** Step, event and loss of every step and epoch: what a resumed run must repeat. */
    private static List<String> epochs(Run run) {
        return run.events().stream()
                .map(Node.Mapping.class::cast)
                .filter(event -> List.of("step", "epoch").contains(text(event, "event")))
                .map(event -> "%s %s %s".formatted(text(event, "step"), text(event, "event"), loss(event)))
                .toList();
    }

    private static Node loss(Node.Mapping event) {
        return event.get("loss").or(() -> event.get("train")).orElseThrow().at(Place.DEFAULT);
    }

    private static String text(Node.Mapping event, String key) {
        return ((Node.Scalar) event.get(key).orElseThrow()).text();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFinishedRunHoldsItsWholeStory() {
        Outcome outcome = train(run);

        assertThat(run.state()).isEqualTo(Run.State.FINISHED);
        Summary summary = run.summary();
        assertThat(summary.epochs()).isEqualTo(5);
        assertThat(summary.steps()).isEqualTo(STEPS);
        assertThat(summary.test()).isEqualTo(outcome.test());
        assertThat(summary.validation()).isEqualTo(outcome.validation());
        assertThat(summary.bestEpoch()).isEqualTo(outcome.bestEpoch());
        assertThat(lines(run.file("metrics.csv")))
                .hasSize(6)
                .first()
                .isEqualTo(
                        "epoch,step,trainLoss,trainAccuracy,trainDivergence,validationLoss,validationAccuracy,"
                                + "validationDivergence,testLoss,testAccuracy,testDivergence,rate,seconds,imagesPerSecond,best");
        assertThat(lines(run.file("events.jsonl"))).hasSameSizeAs(run.events()).allMatch(EventLog::isWhole);
        assertThat(run.events().stream().map(e -> text((Node.Mapping) e, "event")))
                .startsWith("started", "step")
                .endsWith("epoch", "checkpoint", "finished")
                .contains("step", "epoch");
        assertThat(run.checkpoints().best().progress().bestEpoch() + 1).isEqualTo(outcome.bestEpoch());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 11, 12, 30, 54})
    void anInterruptedRunEndsAsIfNothingHadHappened(int steps) {
        int[] seen = {0};
        Outcome first = train(
                run, Disk.real(), event -> seen[0] += event instanceof Event.StepDone ? 1 : 0, () -> seen[0] >= steps);
        assertThat(first.end()).isEqualTo(Outcome.End.INTERRUPTED);
        assertThat(run.state()).isEqualTo(Run.State.INTERRUPTED);
        assertThat(run.summary().steps()).isEqualTo(steps);

        train(run);

        assertSame(run, uninterrupted());
        assertThat(run.state()).isEqualTo(Run.State.FINISHED);
    }

    /** The process that trained is gone, whatever it was doing; its lock went with it. */
    @ParameterizedTest
    @EnumSource(FaultyDisk.Fault.class)
    void aRunThatBrokeAtAnyFileOperationEndsAsIfNothingHadHappened(FaultyDisk.Fault fault) {
        var store = new RunStore(root);
        var spec = Specs.spec("short")
                .withTraining(Training.of(2, 32, Optimizer.sgd(0.05)).withCheckpointEvery(5));
        Run whole = store.create(spec, Specs.facts(), CLOUDS);
        train(whole);
        for (int n = 1; ; n += 29) {
            Run broken = store.create(spec, Specs.facts(), CLOUDS);
            var disk = new FaultyDisk(fault, n);
            try {
                train(broken, disk, event -> {}, () -> false);
            } catch (StoreException e) {
                assertThat(e).hasMessageContaining("cannot");
            } catch (FaultyDisk.Killed _) {
                // Gone.
            }
            train(broken);
            assertSame(broken, whole);
            if (!disk.hasStruck()) {
                assertThat(n).isGreaterThan(100);
                return;
            }
        }
    }

    @Test
    void aFinishedRunThatIsTestedAgainKeepsItsSummary() {
        train(run);
        Summary before = run.summary();
        train(run);
        assertThat(before.imagesPerSecond()).isPositive();
        assertThat(run.summary().imagesPerSecond()).isEqualTo(before.imagesPerSecond());
    }

    @Test
    void aLostSummaryIsMadeAgainFromTheCheckpoint() throws IOException {
        train(run);
        Summary before = run.summary();
        Files.writeString(run.file("summary.json"), "{");
        train(run);
        Summary after = run.summary();
        assertThat(after.end()).isEqualTo(Summary.End.FINISHED);
        assertThat(after.epochs()).isEqualTo(before.epochs());
        assertThat(after.steps()).isEqualTo(STEPS);
        assertThat(after.bestEpoch()).isEqualTo(before.bestEpoch());
        assertThat(after.seconds()).isEqualTo(before.seconds());
        assertThat(after.test()).isEqualTo(before.test());
    }

    @Test
    void tornLinesAfterTheCheckpointAreCutOff() throws IOException {
        int[] seen = {0};
        train(run, Disk.real(), event -> seen[0] += event instanceof Event.StepDone ? 1 : 0, () -> seen[0] >= 20);
        Files.writeString(run.file("events.jsonl"), "{\"step\":21,\"ev", StandardOpenOption.APPEND);
        Files.writeString(run.file("metrics.csv"), "2,22,0.", StandardOpenOption.APPEND);

        train(run);

        assertSame(run, uninterrupted());
        assertThat(lines(run.file("events.jsonl"))).allMatch(EventLog::isWhole);
    }

    @Test
    void aDamagedCheckpointIsSaidToWhoeverListensAndInTheEvents() throws IOException {
        int[] seen = {0};
        train(run, Disk.real(), event -> seen[0] += event instanceof Event.StepDone ? 1 : 0, () -> seen[0] >= 20);
        Files.write(run.file("checkpoints/last.safetensors"), new byte[100]);
        var warnings = new ArrayList<String>();
        train(
                run,
                Disk.real(),
                event -> {
                    if (event instanceof Event.Started started) {
                        warnings.addAll(started.warnings());
                    }
                },
                () -> false);
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("last.safetensors is damaged", "renamed to last.safetensors.damaged");
        assertThat(lines(run.file("events.jsonl")))
                .filteredOn(line -> line.contains("\"warnings\""))
                .singleElement()
                .asString()
                .contains("\"event\":\"started\"", "\"warnings\":[" + Json.quoted(warnings.getFirst()) + "]");
        assertThat(lines(run.file("events.jsonl"))).hasSameSizeAs(run.events());
    }

    @Test
    void aLostEndOfTheLogsStopsNoResume() throws IOException {
        int[] seen = {0};
        train(run, Disk.real(), event -> seen[0] += event instanceof Event.StepDone ? 1 : 0, () -> seen[0] >= 20);
        String events = Files.readString(run.file("events.jsonl"));
        Files.writeString(run.file("events.jsonl"), events.substring(0, events.length() / 2));
        Files.delete(run.file("metrics.csv"));

        train(run);

        assertThat(run.state()).isEqualTo(Run.State.FINISHED);
        assertThat(lines(run.file("events.jsonl"))).allMatch(EventLog::isWhole);
        assertThat(lines(run.file("metrics.csv"))).first().asString().startsWith("epoch,step,");
    }

    @Test
    void aChangedLineIsLeftOutOfTheEvents() throws IOException {
        train(run);
        int all = run.events().size();
        String events = Files.readString(run.file("events.jsonl"));
        Files.writeString(run.file("events.jsonl"), events.replaceFirst("\"loss\":[0-9]", "\"loss\":9"));
        assertThat(run.events()).hasSize(all - 1);
        assertThat(Pattern.compile("\"crc32c\":\"[0-9a-f]{8}\"}\n")
                        .matcher(events)
                        .results()
                        .count())
                .isEqualTo(all);
    }

    @Test
    void whileItTrainsARunIsRunningAndNobodyElseMayWriteIt() {
        train(
                run,
                Disk.real(),
                event -> {
                    if (event instanceof Event.EpochDone) {
                        assertThat(run.state()).isEqualTo(Run.State.RUNNING);
                        assertThatThrownBy(() -> Recorder.open(run, PARAMETERS)).isInstanceOf(RunLockedException.class);
                    }
                },
                () -> false);
        assertThat(run.state()).isEqualTo(Run.State.FINISHED);
    }

    @Test
    void aRunThatDivergesSaysSo() {
        assertThatThrownBy(() -> train(
                        run,
                        Disk.real(),
                        event -> {
                            if (event instanceof Event.StepDone done && done.step() == 15) {
                                throw new DivergedException(15, "the loss became NaN at step 15");
                            }
                        },
                        () -> false))
                .isInstanceOf(DivergedException.class);
        assertThat(run.state()).isEqualTo(Run.State.DIVERGED);
        assertThat(run.summary().message()).contains("the loss became NaN at step 15");
        assertThat(run.checkpoints().best().progress().step()).isEqualTo(11);
    }

    @Test
    void aRunWithoutAnyWholeCheckpointIsNotBegunAnew() throws IOException {
        train(run);
        try (Stream<Path> files = Files.list(run.file("checkpoints"))) {
            for (Path file : files.toList()) {
                Files.write(file, new byte[100]);
            }
        }
        assertThatThrownBy(() -> train(run)).isInstanceOf(CheckpointException.class);
        assertThat(RunLock.isHeld(run.folder())).as("the lock is given back").isFalse();
    }
}
