package fathom.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fathom.data.DataException;
import fathom.data.DataPlaces;
import fathom.run.Checkpoint;
import fathom.run.Run;
import fathom.run.RunStore;
import fathom.train.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Experiments of several runs in this process; {@code fathom.cli.StudyKillTest} has several processes, and kills them. */
class SweepTest {
    private static final DataPlaces NOWHERE = DataPlaces.here(Optional.empty());

    @TempDir
    private Path folder;

    @Test
    void everyRunIsTrainedOnceWithOneThread() {
        var standings = sweep(Toys.rates(), folder, 2, news -> {});
        assertThat(standings).hasSize(6).allMatch(standing -> standing.state() == Standing.State.FINISHED);
        assertThat(runs(folder)).hasSize(6).allMatch(run -> run.spec().compute().threads() == 1);
        assertThat(standings.stream()
                        .map(standing -> standing.run().orElseThrow().id()))
                .doesNotHaveDuplicates();
    }

    @Test
    void wholeRunsAreLeftAsTheyAre() {
        sweep(Toys.rates(), folder, 2, news -> {});
        var before = runs(folder).stream().map(run -> run.summary()).toList();
        var begun = new ConcurrentLinkedQueue<News>();
        sweep(Toys.rates().withSeeds(0, 1, 2), folder, 2, news -> keepBegun(news, begun));
        assertThat(begun).hasSize(3);
        assertThat(runs(folder).stream().map(run -> run.summary()).toList())
                .hasSize(9)
                .containsAll(before);
    }

    private static void keepBegun(News news, ConcurrentLinkedQueue<News> begun) {
        if (news instanceof News.Begun) {
            begun.add(news);
        }
    }

    @Test
    void aSingleRunOfTheSameSpecCounts() {
        var experiment = Toys.rates();
        sweep(experiment.withVariants(experiment.variants().subList(1, 2)).withSeeds(1), folder, 1, news -> {});
        sweep(experiment, folder, 1, news -> {});
        assertThat(runs(folder)).hasSize(6);
    }

    @Test
    void interruptedRunsAreContinuedToTheSameBits() {
        Path calm = folder.resolve("calm");
        Path stopped = folder.resolve("stopped");
        sweep(Toys.rates(), calm, 1, news -> {});
        var stop = new AtomicBoolean();
        var standings = Sweep.run(
                Toys.rates(),
                new RunStore(stopped),
                NOWHERE,
                new Sweep.Plan(2, List.of()),
                news -> {
                    if (news instanceof News.Trained trained && trained.event() instanceof Event.EpochDone) {
                        stop.set(true);
                    }
                },
                stop::get);
        assertThat(standings).anyMatch(standing -> standing.state() == Standing.State.INTERRUPTED);
        assertThat(standings).noneMatch(standing -> standing.state() == Standing.State.FINISHED);
        sweep(Toys.rates(), stopped, 2, news -> {});
        assertThat(runs(stopped)).hasSize(6);
        requireSame(calm, stopped);
    }

    private static void requireSame(Path one, Path other) {
        var firsts = new Ledger(new RunStore(one), "toy");
        var seconds = new Ledger(new RunStore(other), "toy");
        for (Cell cell : Toys.rates().cells()) {
            var first = weights(firsts.look(cell));
            var second = weights(seconds.look(cell));
            assertThat(second.keySet()).isEqualTo(first.keySet());
            first.forEach(
                    (name, values) -> assertThat(second.get(name)).as(name).isEqualTo(values));
        }
    }

    private static SequencedMap<String, float[]> weights(Standing standing) {
        return Checkpoint.read(standing.run().orElseThrow().file("checkpoints/last.safetensors"))
                .weights();
    }

    @Test
    void twoAtOnceDoNothingTwice() {
        var begun = new ConcurrentLinkedQueue<News>();
        var other = CompletableFuture.runAsync(() -> sweep(Toys.rates(), folder, 2, news -> keepBegun(news, begun)));
        sweep(Toys.rates(), folder, 2, news -> keepBegun(news, begun));
        other.join();
        assertThat(begun).hasSize(6);
        assertThat(runs(folder)).hasSize(6);
    }

    @Test
    void oneThatDivergesOrFailsHoldsUpNoOther() {
        var experiment = Toys.experiment("""
                variants:
                  - {name: plain}
                  - {name: wild, set: {optimizer.rate: 1e6, network: mlp}}
                  - {name: wrong, set: {network: {chain: [flatten, {linear: 7}]}}}
                seeds: [0, 1]
                """);
        var standings = sweep(experiment, folder, 2, news -> {});
        assertThat(states(standings, "plain")).containsOnly(Standing.State.FINISHED);
        assertThat(states(standings, "wild")).containsOnly(Standing.State.DIVERGED);
        assertThat(states(standings, "wrong")).containsOnly(Standing.State.FAILED);

        var study = Study.of(experiment, new RunStore(folder), Optional.empty());
        assertThat(study.notes())
                .contains("2 of 6 runs are whole; only those count")
                .anyMatch(note -> note.startsWith("wild, seeds 0, 1: diverged: the loss became"))
                .anyMatch(note -> note.startsWith("wrong, seeds 0, 1: failed: ") && note.contains("7"));
        assertThat(study.verdict()).startsWith("plain: ").endsWith("the only variant with a whole run.");
    }

    private static Stream<Standing.State> states(List<Standing> standings, String variant) {
        return standings.stream()
                .filter(standing -> standing.cell().variant().name().equals(variant))
                .map(Standing::state);
    }

    @Test
    void poorVariantsAreGivenUpWhereOneAsksForIt() {
        var experiment = Toys.experiment("""
                variants: {optimizer.rate: [1e-6, 0.1, 0.05, 1e-5]}
                seeds: 0..1
                """);
        var said = new ArrayList<News>();
        var standings = Sweep.run(
                experiment,
                new RunStore(folder),
                NOWHERE,
                new Sweep.Plan(2, List.of(1)),
                news -> {
                    if (news instanceof News.GivenUp) {
                        said.add(news);
                    }
                },
                () -> false);
        assertThat(said)
                .singleElement()
                .satisfies(news -> assertThat(
                                ((News.GivenUp) news).variants().stream().map(Variant::name))
                        .containsExactly("rate 1e-6", "rate 1e-5"));
        assertThat(states(standings, "rate 0.1")).containsOnly(Standing.State.FINISHED);
        assertThat(states(standings, "rate 1e-6")).containsOnly(Standing.State.GIVEN_UP);
        assertThat(standings).allMatch(standing -> standing.epochs() == (standing.isSettled() ? 2 : 1));
        var study = Study.of(experiment, new RunStore(folder), Optional.empty());
        assertThat(study.notes())
                .contains("successive halving was used: variants that were given up early might have done better later")
                .anyMatch(
                        note -> note.contains(
                                "rate 1e-6, seeds 0, 1: given up after epoch 1: among the worse half of 4 variants by mean validation loss"));

        assertThat(sweep(experiment, folder, 2, news -> {}))
                .as("without halving they are continued")
                .allMatch(standing -> standing.state() == Standing.State.FINISHED);
    }

    @Test
    void aRunThatDivergesLaterStandsInAHalvingAsItDidThen() throws IOException {
        var experiment = Toys.experiment("variants: {optimizer.rate: [1e-6, 0.1, 0.05, 1e-5]}");
        sweep(experiment, folder, 2, news -> {});
        var ledger = new Ledger(new RunStore(folder), "toy");
        var halving = new Halving(experiment, ledger);
        var kept = halving.better(experiment.variants(), 2);
        Run best = ledger.look(new Cell(kept.getFirst(), 0)).run().orElseThrow();
        Path summary = best.file("summary.json");
        Files.writeString(summary, Files.readString(summary).replace("\"finished\"", "\"diverged\""));
        assertThat(best.state()).isEqualTo(Run.State.DIVERGED);
        assertThat(halving.better(experiment.variants(), 2)).isEqualTo(kept);
        assertThat(halving.better(experiment.variants(), 3))
                .as("of two epochs and then diverged")
                .doesNotContain(kept.getFirst());
    }

    @Test
    void missingDataIsSaidAtOnce() {
        var experiment = Toys.experiment("seeds: 0..1").withSeeds(0, 1);
        var lost = ExperimentDocument.changed(experiment, List.of("data.set=no-such-set"));
        assertThatThrownBy(() -> sweep(lost, folder, 1, news -> {})).isInstanceOf(DataException.class);
    }

    @Test
    void aDamagedRunBesideIsNobodys() throws IOException {
        sweep(Toys.rates(), folder, 2, news -> {});
        Path damaged = runs(folder).getFirst().folder();
        Files.writeString(damaged.resolve("spec.json"), "{");
        var standings = sweep(Toys.rates(), folder, 2, news -> {});
        assertThat(standings).allMatch(standing -> standing.state() == Standing.State.FINISHED);
        assertThat(runs(folder)).hasSize(7);
    }

    private static List<Standing> sweep(Experiment experiment, Path folder, int jobs, News.Listener listener) {
        return Sweep.run(
                experiment, new RunStore(folder), NOWHERE, new Sweep.Plan(jobs, List.of()), listener, () -> false);
    }

    private static List<Run> runs(Path folder) {
        return new RunStore(folder).of("toy");
    }
}
