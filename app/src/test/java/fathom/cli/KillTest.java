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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Trainings in processes of their own that are really killed: the end must be that of an undisturbed one, to the bit. */
class KillTest {
    /** What is trained. */
    enum Family {
        CLASSIFIER(20, """
            experiment: dropout
            data: {set: toy-digits, count: 3000, augmentation: [{shift: 2}]}
            model: {classifier: {network: {chain: [
              {conv: {channels: 8, kernel: 3}}, batchNorm, relu, {maxPool: {kernel: 2, stride: 2}}, {dropout: 0.2},
              flatten, {linear: 10}]}}}
            training: {epochs: 8, batch: 32, optimizer: {adam: {rate: 0.003}}, schedule: cosine, averaging: 0.98, checkpointEvery: 7}
            """),
        /** Its noise, and the divergence's weight that rises, must go on from the very step. */
        AUTOENCODER(10, """
            experiment: faces
            data: {set: toy-faces, size: 16, count: 2400}
            model: {vae: {
              encoder: {chain: [{conv: {channels: 8, kernel: 3, stride: 2, padding: 1}}, batchNorm, leakyRelu, flatten]},
              latent: 8,
              decoder: {chain: [{linear: 512}, {unflatten: {channels: 8, height: 8, width: 8}}, leakyRelu,
                {transposedConv: {channels: 3, kernel: 4, stride: 2, padding: 1}}, sigmoid]},
              loss: {reconstruction: bce, beta: 2, warmup: 400}}}
            training: {epochs: 8, batch: 32, optimizer: {adam: 0.003}, checkpointEvery: 7}
            """);

        private final int kills;
        private final String spec;

        Family(int kills, String spec) {
            this.kills = kills;
            this.spec = spec;
        }
    }

    @TempDir
    private Path folder;

    private Path spec;

    @BeforeEach
    void writeSpec() throws IOException {
        write(Family.CLASSIFIER);
    }

    private void write(Family family) throws IOException {
        spec = Files.writeString(folder.resolve("spec.yaml"), family.spec);
    }

    @ParameterizedTest
    @EnumSource
    void aRunThatIsKilledAgainAndAgainEndsAsIfNothingHadHappened(Family family)
            throws IOException, InterruptedException {
        write(family);
        Path calm = folder.resolve("calm");
        assertThat(wait(Cli.start(folder, "train", spec.toString(), "--runs", calm.toString())))
                .isZero();

        var draws = Draws.of(System.nanoTime(), "kill", 0);
        int kills = 0;
        for (int round = 0; kills < family.kills; round++) {
            Path killed = folder.resolve("killed " + round);
            kills += trainAmongKills(killed, draws, family.kills - kills);
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
