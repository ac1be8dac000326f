package fathom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fathom.config.Node;
import fathom.random.Draws;
import fathom.run.Checkpoint;
import fathom.run.Run;
import fathom.run.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one experiment, one of them killed again and again. */
class StudyKillTest {
    private static final int KILLS = 20;
    private static final int EPOCHS = 6;

    @TempDir
    private static Path common;

    private static Path file;

    /** The runs of a training that nothing disturbs, by variant and seed. */
    private static Map<String, Run> expected;

    @TempDir
    private Path folder;

    @BeforeAll
    static void trainUndisturbed() throws IOException, InterruptedException {
        file = common.resolve("toy.yaml");
        Files.writeString(file, """
                experiment: toy
                data: {set: toy-digits, count: 2000}
                model: {classifier: {network: {chain: [flatten, {linear: 200}, relu, {dropout: 0.2}, {linear: 10}]}}}
                training: {epochs: %d, batch: 32, optimizer: {sgd: 0.1}, checkpointEvery: 5}
                variants: {optimizer.rate: [0.01, 0.03, 0.1]}
                seeds: 0..3
                """.formatted(EPOCHS));
        Path calm = common.resolve("runs");
        assertThat(wait(train(common.resolve("calm"), calm))).isZero();
        expected = byCell(calm);
        assertThat(expected).hasSize(12);
    }

    @Test
    void everyRunIsThereOnceAndWholeHoweverOftenAProcessIsKilled() throws IOException, InterruptedException {
        var draws = Draws.of(System.nanoTime(), "kill", 0);
        int kills = 0;
        for (int round = 0; kills < KILLS; round++) {
            Path runs = folder.resolve("runs " + round);
            kills += trainAmongKills(runs, draws, KILLS - kills);
            var found = byCell(runs);
            assertThat(found.keySet()).isEqualTo(expected.keySet());
            for (Map.Entry<String, Run> each : found.entrySet()) {
                requireWhole(each.getValue());
                requireSame(Objects.requireNonNull(expected.get(each.getKey())), each.getValue());
            }
        }
    }

    @Test
    void anInterruptedExperimentSavesAllItsRunsAndTheSameCommandGoesOn() throws IOException, InterruptedException {
        Path stopped = folder.resolve("stopped");
        Process process = train("stopped", stopped);
        while (!err("stopped").contains("seed 0 begins")) {
            assertThat(process.isAlive()).as(err("stopped")).isTrue();
            Thread.sleep(20);
        }
        process.destroy(); // SIGTERM
        assertThat(wait(process)).as(err("stopped")).isEqualTo(130);
        for (Run run : new RunStore(stopped).of("toy")) {
            assertThat(run.state()).isIn(Run.State.INTERRUPTED, Run.State.FINISHED);
            assertThat(run.summary().steps()).isPositive();
        }
        assertThat(wait(train("stopped", stopped))).as(err("stopped")).isZero();
        var found = byCell(stopped);
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        found.forEach((cell, run) -> requireSame(Objects.requireNonNull(expected.get(cell)), run));
    }

    /** Trains to the end with two processes, of which one is killed at random moments; how often. */
    private int trainAmongKills(Path runs, Draws draws, int most) throws IOException, InterruptedException {
        Process steady = train("steady", runs);
        Process killed = train("killed", runs);
        int kills = 0;
        while (kills < most && !killed.waitFor(700 + draws.nextInt(1800), TimeUnit.MILLISECONDS)) {
            killed.destroyForcibly().waitFor();
            kills++;
            killed = train("killed", runs);
        }
        assertThat(wait(killed)).as(err("killed")).isZero();
        assertThat(wait(steady)).as(err("steady")).isZero();
        return kills;
    }

    private Process train(String name, Path runs) throws IOException {
        return train(folder.resolve(name), runs);
    }

    private static Process train(Path words, Path runs) throws IOException {
        return Cli.start(
                Files.createDirectories(words), "train", file.toString(), "--jobs", "2", "--runs", runs.toString());
    }

    /** Every run of the store by variant and seed; no two of the same. */
    private static Map<String, Run> byCell(Path runs) {
        var found = new TreeMap<String, Run>();
        for (Run run : new RunStore(runs).of("toy")) {
            var spec = run.spec();
            Run twin = found.put(spec.training().optimizer().rate() + " " + spec.seed(), run);
            assertThat(twin).as("a second run like %s", run.id()).isNull();
        }
        return found;
    }

    /** Finished, with each epoch recorded once and in order. */
    private static void requireWhole(Run run) throws IOException {
        assertThat(run.state()).isEqualTo(Run.State.FINISHED);
        assertThat(run.summary().epochs()).isEqualTo(EPOCHS);
        var epochs = new ArrayList<String>();
        for (Node event : run.events()) {
            var mapping = (Node.Mapping) event;
            if (text(mapping, "event").equals("epoch")) {
                epochs.add(text(mapping, "epoch"));
            }
        }
        var numbers = IntStream.rangeClosed(1, EPOCHS).mapToObj(String::valueOf).toList();
        assertThat(epochs).isEqualTo(numbers);
        var rows = Files.readAllLines(run.file("metrics.csv"));
        assertThat(rows.subList(1, rows.size()).stream().map(row -> row.split(",", 2)[0]))
                .isEqualTo(numbers);
        assertThat(run.events()).hasSameSizeAs(Files.readAllLines(run.file("events.jsonl")));
    }

    private static String text(Node.Mapping mapping, String key) {
        return ((Node.Scalar) mapping.get(key).orElseThrow()).text();
    }

    /**
     * The same training, step for step. Not to the bit: on a machine as busy as this test makes it, a process may find vectors
     * slow and take plain loops, which round differently; that moved these weights by 2e-7 at most.
     */
    private static void requireSame(Run one, Run other) {
        for (String name : List.of("last", "best")) {
            var first = Checkpoint.read(one.file("checkpoints/" + name + ".safetensors"));
            var second = Checkpoint.read(other.file("checkpoints/" + name + ".safetensors"));
            assertThat(second.progress().step()).isEqualTo(first.progress().step());
            assertThat(second.weights().keySet()).isEqualTo(first.weights().keySet());
            first.weights().forEach((array, values) -> {
                float[] others = Objects.requireNonNull(second.weights().get(array));
                assertThat(others).as(array).hasSameSizeAs(values);
                assertThat(furthest(values, others)).as(array).isLessThanOrEqualTo(1e-5f);
            });
        }
    }

    /** The largest difference of two numbers at the same place; NaN where one of them is. */
    private static float furthest(float[] some, float[] others) {
        float most = 0;
        for (int i = 0; i < some.length; i++) {
            most = Math.max(most, Math.abs(some[i] - others[i]));
        }
        return most;
    }

    private static int wait(Process process) throws InterruptedException {
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    private String err(String name) throws IOException {
        return Files.readString(folder.resolve(name).resolve("err.txt"));
    }
}
