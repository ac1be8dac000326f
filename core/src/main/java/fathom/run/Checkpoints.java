package fathom.run;

import fathom.model.Parameter;
import fathom.train.Progress;
import fathom.train.Training;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * The checkpoints of one run: {@code last.safetensors}, the one before it as {@code previous.safetensors}, and {@code
 * best.safetensors}, the weights that are kept ({@link Training.Keep}).
 */
public final class Checkpoints {
    static final String ENDING = ".safetensors";
    static final String LAST = "last.safetensors";
    static final String PREVIOUS = "previous.safetensors";
    static final String BEST = "best.safetensors";

    private final Disk disk;
    private final Path folder;

    Checkpoints(Disk disk, Path folder) {
        this.disk = disk;
        this.folder = folder;
    }

    /** The state behind a resume, with the logs' lengths that belong to it. */
    record Latest(Resume resume, Checkpoint.Cursor cursor) {
        static final Latest START = new Latest(
                new Resume(
                        Progress.start(),
                        new LinkedHashMap<>(),
                        new LinkedHashMap<>(),
                        new LinkedHashMap<>(),
                        List.of()),
                Checkpoint.Cursor.START);
    }

    /**
     * Keeps a checkpoint. The best is written before the last: if the process dies between the two, the best is simply the
     * newest checkpoint there is.
     *
     * @throws StoreException if it cannot be written; the checkpoints that were there still are
     */
    void save(Checkpoint checkpoint, List<Parameter> parameters, boolean best) {
        try {
            if (best) {
                checkpoint.write(new DurableFile(disk, file(BEST)), parameters, () -> {});
            }
            checkpoint.write(new DurableFile(disk, file(LAST)), parameters, this::lastBecomesPrevious);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private void lastBecomesPrevious() throws IOException {
        if (Files.exists(file(LAST))) {
            disk.replace(file(LAST), file(PREVIOUS));
        }
    }

    /**
     * The weights to judge a run by: the best, or the last if no epoch has ended yet.
     *
     * @throws CheckpointException if there is none, or the file is damaged
     */
    public Checkpoint best() {
        if (Files.exists(file(BEST))) {
            return Checkpoint.read(file(BEST));
        }
        if (Files.exists(file(LAST))) {
            return Checkpoint.read(file(LAST));
        }
        throw new CheckpointException("there is no checkpoint in %s: resume the run first".formatted(folder));
    }

    /**
     * The newest checkpoint that is whole; damaged ones are renamed to {@code *.damaged}. Only for the process that holds
     * the run's lock.
     *
     * @throws CheckpointException if there were checkpoints but none is left
     */
    Latest latest() {
        var warnings = new ArrayList<String>();
        Optional<Checkpoint> best = intact(BEST, warnings);
        Optional<Checkpoint> last = intact(LAST, warnings);
        Optional<Checkpoint> previous = intact(PREVIOUS, warnings);
        Optional<Checkpoint> kept = last.or(() -> previous);
        boolean bestIsNewest = best.isPresent() && (kept.isEmpty() || stepOf(best.get()) > stepOf(kept.get()));
        Optional<Checkpoint> newest = bestIsNewest ? best : kept;
        if (newest.isEmpty()) {
            if (warnings.isEmpty() && !hasDamaged()) {
                return Latest.START;
            }
            throw new CheckpointException("no checkpoint is left to go on from in %s:%n%s"
                    .formatted(folder, String.join(System.lineSeparator(), warnings)));
        }
        if (bestIsNewest) {
            bestBecomesLast();
        }
        return new Latest(resume(newest.get(), best, warnings), newest.get().cursor());
    }

    /** The process died between writing the best and the last: the best is the newest, and from now on the last too. */
    private void bestBecomesLast() {
        try {
            byte[] bytes = Files.readAllBytes(file(BEST));
            new DurableFile(disk, file(LAST))
                    .replace(sink -> sink.write(ByteBuffer.wrap(bytes)), this::lastBecomesPrevious);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private StoreException cannotWrite(IOException e) {
        return new StoreException(
                "cannot write a checkpoint to %s: %s; the one before it is kept: make room, then resume"
                        .formatted(folder, e),
                e);
    }

    private static Resume resume(Checkpoint newest, Optional<Checkpoint> best, List<String> warnings) {
        Progress progress = newest.progress();
        var bestWeights = new LinkedHashMap<String, float[]>();
        if (best.isPresent() && best.get().progress().bestEpoch() == progress.bestEpoch()) {
            bestWeights.putAll(best.get().judged());
        } else if (progress.bestEpoch() >= 0) {
            warnings.add("%s was damaged or missing: the weights after step %d count as the best so far"
                    .formatted(BEST, progress.step()));
            bestWeights.putAll(newest.judged());
            progress = new Progress(
                    progress.step(),
                    progress.epoch(),
                    progress.stepInEpoch(),
                    progress.tally(),
                    Double.POSITIVE_INFINITY,
                    progress.epoch() - 1,
                    progress.seconds(),
                    progress.lastTrain());
        }
        return new Resume(progress, newest.weights(), newest.optimizerState(), bestWeights, warnings);
    }

    private static long stepOf(Checkpoint checkpoint) {
        return checkpoint.progress().step();
    }

    private Optional<Checkpoint> intact(String name, List<String> warnings) {
        Path file = file(name);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Checkpoint.read(file));
        } catch (CheckpointException e) {
            warnings.add(e.getMessage() + putAside(file));
            return Optional.empty();
        }
    }

    private String putAside(Path file) {
        Path aside = file.resolveSibling(file.getFileName() + ".damaged");
        try {
            disk.replace(file, aside);
            return "; renamed to " + aside.getFileName();
        } catch (IOException e) {
            return "; could not be renamed: " + e;
        }
    }

    private boolean hasDamaged() {
        return List.of(LAST, PREVIOUS, BEST).stream().anyMatch(name -> Files.exists(file(name + ".damaged")));
    }

    private Path file(String name) {
        return folder.resolve(name);
    }
}
