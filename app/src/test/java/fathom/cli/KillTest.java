package fathom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fathom.random.Draws;
import fathom.run.Checkpoint;
import fathom.run.Run;
import fathom.run.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings in processes of their own that are really killed: the end must be that of an undisturbed one, to the bit. */
class KillTest {
    private static final int KILLS = 20;

    @TempDir
    private Path folder;

    private Path spec;

    @BeforeEach
    void writeSpec() throws IOException {
        spec = folder.resolve("dropout.yaml");
        Files.writeString(spec, """
                experiment: dropout
                data: {set: toy-digits, count: 3000, augmentation: [{shift: 2}]}
                model: {classifier: {network: {chain: [
                  {conv: {channels: 8, kernel: 3}}, batchNorm, relu, {maxPool: {kernel: 2, stride: 2}}, {dropout: 0.2},
                  flatten, {linear: 10}]}}}
                training: {epochs: 8, batch: 32, optimizer: {adam: {rate: 0.003}}, schedule: cosine, averaging: 0.98, checkpointEvery: 7}
                """);
    }

    @Test
    void aRunThatIsKilledAgainAndAgainEndsAsIfNothingHadHappened() throws IOException, InterruptedException {
        Path calm = folder.resolve("calm");
        assertThat(wait(Cli.start(folder, "train", spec.toString(), "--runs", calm.toString())))
                .isZero();

        var draws = Draws.of(System.nanoTime(), "kill", 0);
        int kills = 0;
        for (int round = 0; kills < KILLS; round++) {
            Path killed = folder.resolve("killed " + round);
            kills += trainAmongKills(killed, draws, KILLS - kills);
            requireSameEnd(new RunStore(calm).find("latest"), new RunStore(killed).find("latest"));
        }
    }

    /** Trains to the end, in processes that are killed at random moments; how many were. */
    private int trainAmongKills(Path runs, Draws draws, int most) throws IOException, InterruptedException {
        Process process = Cli.start(folder, "train", spec.toString(), "--runs", runs.toString());
        int kills = 0;
        while (kills < most && !process.waitFor(600 + draws.nextInt(900), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
            kills++;
            process = new RunStore(runs).list().isEmpty()
                    ? Cli.start(folder, "train", spec.toString(), "--runs", runs.toString())
                    : Cli.start(folder, "resume", "latest", "--runs", runs.toString());
        }
        assertThat(wait(process)).as(err()).isZero();
        return kills;
    }

    @Test
    void anInterruptedRunExitsWith130AndIsResumed() throws IOException, InterruptedException {
        Path calm = folder.resolve("calm");
        assertThat(wait(Cli.start(folder, "train", spec.toString(), "--runs", calm.toString())))
                .isZero();
        Path stopped = folder.resolve("stopped");
        Process process = Cli.start(folder, "train", spec.toString(), "--runs", stopped.toString());
        while (!err().contains("epoch 2/8")) {
            assertThat(process.isAlive()).as(err()).isTrue();
            Thread.sleep(20);
        }
        process.destroy(); // SIGTERM
        assertThat(wait(process)).as(err()).isEqualTo(130);
        var run = new RunStore(stopped).find("latest");
        assertThat(run.state()).isEqualTo(Run.State.INTERRUPTED);
        assertThat(wait(Cli.start(folder, "resume", "latest", "--runs", stopped.toString())))
                .as(err())
                .isZero();
        requireSameEnd(new RunStore(calm).find("latest"), run);
    }

    @Test
    void aSecondProcessIsToldThatTheRunIsInUse() throws IOException, InterruptedException {
        Path runs = folder.resolve("runs");
        Process process = Cli.start(folder, "train", spec.toString(), "--runs", runs.toString(), "--epochs", "500");
        while (!err().contains("epoch 1/500")) {
            assertThat(process.isAlive()).as(err()).isTrue();
            Thread.sleep(20);
        }
        var second = Cli.run("resume", "latest", "--runs", runs.toString());
        assertThat(Cli.run("runs", "--runs", runs.toString()).out()).contains("running");
        process.destroyForcibly().waitFor();
        assertThat(second.code()).isEqualTo(5);
        assertThat(second.err()).contains("pid " + process.pid());
        assertThat(Cli.run("runs", "--runs", runs.toString()).out()).contains("interrupted");
    }

    private static void requireSameEnd(Run one, Run other) {
        for (String name : new String[] {"last", "best"}) {
            var first = Checkpoint.read(one.file("checkpoints/" + name + ".safetensors"));
            var second = Checkpoint.read(other.file("checkpoints/" + name + ".safetensors"));
            assertThat(second.progress().step()).isEqualTo(first.progress().step());
            assertThat(second.progress().bestLoss()).isEqualTo(first.progress().bestLoss());
            first.weights()
                    .forEach((array, values) ->
                            assertThat(second.weights().get(array)).as(array).isEqualTo(values));
            first.optimizerState()
                    .forEach((array, values) -> assertThat(
                                    second.optimizerState().get(array))
                            .as(array)
                            .isEqualTo(values));
        }
        assertThat(other.summary().test()).isEqualTo(one.summary().test());
    }

    private static int wait(Process process) throws InterruptedException {
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err.txt"));
    }
}
