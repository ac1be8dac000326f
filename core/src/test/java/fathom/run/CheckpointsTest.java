package fathom.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fathom.model.Parameter;
import fathom.train.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CheckpointsTest {
    private static final int MANY = 10_000;

    @TempDir
    Path folder;

    private Checkpoints checkpoints;

    @BeforeEach
    void open() {
        checkpoints = new Checkpoints(Disk.real(), folder);
    }

    private void save(long step, boolean best) {
        checkpoints.save(States.at(step), States.PARAMETERS, best);
    }

    private void damage(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve(name));
        bytes[bytes.length - 1] ^= 1;
        Files.write(folder.resolve(name), bytes);
    }

    private void assertHolds(Checkpoints.Latest latest, long step, long bestStep) {
        assertThat(latest.resume().progress().step()).isEqualTo(step);
        assertThat(latest.cursor()).isEqualTo(States.at(step).cursor());
        assertThat(States.same(latest.resume().weights(), States.at(step).weights()))
                .isTrue();
        assertThat(States.same(latest.resume().optimizerState(), States.at(step).optimizerState()))
                .isTrue();
        assertThat(States.same(
                        latest.resume().bestWeights(), States.at(bestStep).weights()))
                .isTrue();
    }

    @Test
    void aCheckpointComesBackToTheBit() {
        save(1, true);
        assertHolds(checkpoints.latest(), 1, 1);
        assertThat(checkpoints.latest().resume().progress()).isEqualTo(States.progress(1));
        assertThat(checkpoints.latest().resume().warnings()).isEmpty();
    }

    @Test
    void anEndlessLossComesBackToo() {
        Progress p = Progress.start();
        var first = new Checkpoint(
                "r",
                p,
                Checkpoint.Cursor.START,
                States.at(1).weights(),
                States.at(1).weights());
        checkpoints.save(first, States.PARAMETERS, false);
        assertThat(checkpoints.latest().resume().progress()).isEqualTo(p);
        assertThat(checkpoints.latest().resume().bestWeights()).isEmpty();
    }

    @Test
    void withoutACheckpointTheStartIsTheStart() {
        assertThat(checkpoints.latest().resume().progress()).isEqualTo(Progress.start());
        assertThatThrownBy(checkpoints::best)
                .isInstanceOf(CheckpointException.class)
                .hasMessage("there is no checkpoint in %s: resume the run first", folder);
    }

    @Test
    void arraysKeepTheSizesOfTheirParameters() {
        save(1, false);
        var arrays = Safetensors.read(folder.resolve("last.safetensors")).arrays();
        assertThat(arrays.getFirst().name()).isEqualTo("0.weight");
        assertThat(arrays.getFirst().sizes()).containsExactly(3, 4);
        assertThat(arrays.getLast().name()).isEqualTo("optimizer/2.bias/momentum");
        assertThat(arrays.getLast().sizes()).containsExactly(2);
    }

    @Test
    void ifTheLastIsDamagedTheOneBeforeIsTaken() throws IOException {
        save(1, true);
        save(2, true);
        save(3, true);
        damage("last.safetensors");
        damage("best.safetensors");

        Checkpoints.Latest latest = checkpoints.latest();

        assertThat(latest.resume().progress().step()).isEqualTo(2);
        assertThat(folder.resolve("last.safetensors")).doesNotExist();
        assertThat(folder.resolve("last.safetensors.damaged")).exists();
        assertThat(latest.resume().warnings())
                .containsExactly(
                        folder.resolve("best.safetensors")
                                + " is damaged: its contents do not match its SHA-256; renamed to best.safetensors.damaged",
                        folder.resolve("last.safetensors")
                                + " is damaged: its contents do not match its SHA-256; renamed to last.safetensors.damaged",
                        "best.safetensors was damaged or missing: the weights after step 2 count as the best so far");
        assertThat(States.same(latest.resume().bestWeights(), States.at(2).weights()))
                .isTrue();
        assertThat(latest.resume().progress().bestLoss()).isInfinite();
    }

    @Test
    void theBestIsTheNewestIfTheProcessDiedBeforeTheLastWasWritten() throws IOException {
        save(1, true);
        States.at(2)
                .write(new DurableFile(Disk.real(), folder.resolve("best.safetensors")), States.PARAMETERS, () -> {});
        assertHolds(checkpoints.latest(), 2, 2);
        assertThat(Checkpoint.read(folder.resolve("last.safetensors"))
                        .progress()
                        .step())
                .isEqualTo(2);
        assertThat(Checkpoint.read(folder.resolve("previous.safetensors"))
                        .progress()
                        .step())
                .isEqualTo(1);
    }

    @Test
    void onlyIfNoneIsLeftIsThereAnError() throws IOException {
        save(1, true);
        save(2, false);
        for (String name : List.of("last.safetensors", "previous.safetensors", "best.safetensors")) {
            damage(name);
        }
        assertThatThrownBy(checkpoints::latest)
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith("no checkpoint is left to go on from in " + folder)
                .hasMessageContaining("last.safetensors is damaged");
        assertThatThrownBy(checkpoints::latest)
                .as("it stays an error, and does not begin anew")
                .isInstanceOf(CheckpointException.class);
    }

    @Test
    void aCheckpointOfAnotherFormatIsNotCalledDamaged() throws IOException {
        Path file = folder.resolve("last.safetensors");
        var metadata = new LinkedHashMap<String, String>();
        metadata.put("kind", "fathom-checkpoint");
        metadata.put("format", "2");
        new DurableFile(Disk.real(), file)
                .replace(sink -> Safetensors.write(sink, new Safetensors.Content(metadata, List.of())), () -> {});
        assertThatThrownBy(() -> Checkpoint.read(file))
                .hasMessage(file + " has format 2, this version reads 1: use the version that wrote it");
    }

    /** Writes step 2 over step 1. */
    private interface Writer {
        void save(Disk disk, Path folder);
    }

    private static void carefully(Disk disk, Path folder) {
        new Checkpoints(disk, folder).save(States.at(2), States.PARAMETERS, true);
    }

    /** What one would write first: open the file, write it, done. */
    private static void naively(Disk disk, Path folder) {
        try {
            var content = new Safetensors.Content(
                    Safetensors.read(folder.resolve("last.safetensors")).metadata(), arrays(States.PARAMETERS));
            try (Disk.Output out = disk.create(folder.resolve("last.safetensors"))) {
                Safetensors.write(out::write, content);
            }
        } catch (IOException e) {
            throw new StoreException("cannot write: " + e, e);
        }
    }

    private static List<NamedArray> arrays(List<Parameter> parameters) {
        return parameters.stream()
                .map(p -> new NamedArray(
                        p.name(), p.shape().sizes(), States.at(2).weights().getOrDefault(p.name(), new float[0])))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(FaultyDisk.Fault.class)
    void whateverFailsACheckpointIsLeft(FaultyDisk.Fault fault) throws IOException {
        int points = operations(CheckpointsTest::carefully);
        assertThat(points).isGreaterThan(20);
        for (int n = 1; n <= points; n++) {
            assertThat(lossesAt(fault, n, CheckpointsTest::carefully))
                    .as("%s at operation %d of %d", fault, n, points)
                    .isZero();
        }
    }

    @Test
    void theSameHarnessCatchesANaiveWriter() throws IOException {
        int lost = 0;
        for (FaultyDisk.Fault fault : FaultyDisk.Fault.values()) {
            for (int n = 1; n <= operations(CheckpointsTest::naively); n++) {
                lost += lossesAt(fault, n, CheckpointsTest::naively);
            }
        }
        assertThat(lost).isGreaterThan(15);
    }

    private int operations(Writer writer) throws IOException {
        Path place = Files.createTempDirectory(folder, "count");
        new Checkpoints(Disk.real(), place).save(States.at(1), States.PARAMETERS, false);
        var disk = new FaultyDisk(FaultyDisk.Fault.IO_ERROR, MANY);
        writer.save(disk, place);
        return disk.operations();
    }

    /** 1 if after a fault at operation {@code n} no whole checkpoint is left, or success was claimed wrongly. */
    private int lossesAt(FaultyDisk.Fault fault, int n, Writer writer) throws IOException {
        Path place = Files.createTempDirectory(folder, "fault");
        new Checkpoints(Disk.real(), place).save(States.at(1), States.PARAMETERS, false);
        boolean claimed = false;
        try {
            writer.save(new FaultyDisk(fault, n), place);
            claimed = true;
        } catch (StoreException e) {
            assertThat(e).hasMessageContaining("cannot write");
        } catch (FaultyDisk.Killed _) {
            // The process is dead; what counts is what it left.
        }
        try {
            Checkpoints.Latest latest = new Checkpoints(Disk.real(), place).latest();
            long step = latest.resume().progress().step();
            if (claimed && step != 2) {
                return 1;
            }
            assertHolds(latest, step, step);
            return 0;
        } catch (CheckpointException _) {
            return 1;
        } finally {
            try (Stream<Path> files = Files.list(place)) {
                files.forEach(CheckpointsTest::delete);
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyByteOfABufferIsWritten() throws IOException {
        Path file = folder.resolve("bytes");
        try (Disk.Output out = Disk.real().append(file)) {
            out.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            assertThat(out.size()).isEqualTo(3);
        }
        assertThat(Files.readAllBytes(file)).containsExactly(1, 2, 3);
    }
}
