package fathom.run;

import fathom.config.Binder;
import fathom.config.ConfigException;
import fathom.config.Document;
import fathom.config.Json;
import fathom.config.Node;
import fathom.config.Place;
import fathom.data.DataException;
import fathom.data.Vocabulary;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A folder that holds one training: how it came to be, what happened, where it stands. Nothing of it is kept in memory. */
public final class Run {
    static final String CHECKPOINTS = "checkpoints";
    static final String VOCABULARY = "vocabulary.txt";
    private static final int LARGEST_VOCABULARY = 64 << 20;
    private static final Binder PLAIN = new Binder();

    private final Path folder;
    private final Optional<Path> chosen;

    Run(Path folder) {
        this(folder, Optional.empty());
    }

    private Run(Path folder, Optional<Path> chosen) {
        this.folder = folder;
        this.chosen = chosen;
    }

    /** The same run, judged by that checkpoint instead of its best. */
    Run by(Path checkpoint) {
        return new Run(folder, Optional.of(checkpoint));
    }

    /** What a run is doing, found by looking. */
    public enum State {
        /** A process holds its lock. */
        RUNNING,
        FINISHED,
        STOPPED_EARLY,
        /** Asked to stop, or its process died; it can be resumed. */
        INTERRUPTED,
        DIVERGED
    }

    public Path folder() {
        return folder;
    }

    /** The folder's name. */
    public String id() {
        return String.valueOf(folder.getFileName());
    }

    /**
     * How the run came to be.
     *
     * @throws StoreException if {@code spec.json} is missing or damaged
     */
    public Manifest manifest() {
        return read("spec.json", Spec.binder(), Manifest.class);
    }

    public Spec spec() {
        return manifest().spec();
    }

    /**
     * Where the run stands.
     *
     * @throws StoreException if {@code summary.json} is missing or damaged
     */
    public Summary summary() {
        return read("summary.json", PLAIN, Summary.class);
    }

    public State state() {
        return state(summary());
    }

    State state(Summary summary) {
        return switch (summary.end()) {
            case FINISHED -> State.FINISHED;
            case STOPPED_EARLY -> State.STOPPED_EARLY;
            case INTERRUPTED -> State.INTERRUPTED;
            case OPEN -> RunLock.isHeld(folder) ? State.RUNNING : State.INTERRUPTED;
            case DIVERGED -> State.DIVERGED;
        };
    }

    public Checkpoints checkpoints() {
        return new Checkpoints(Disk.real(), file(CHECKPOINTS));
    }

    /** The checkpoint that the run is judged by instead of its best, if one was chosen. */
    public Optional<Path> chosen() {
        return chosen;
    }

    /**
     * The state to judge the run by: that of the chosen checkpoint, or the best, or the last if no epoch has ended yet.
     *
     * @throws CheckpointException if there is none, or it is damaged or another run's
     */
    Checkpoint judged() {
        if (chosen.isEmpty()) {
            return checkpoints().best();
        }
        Checkpoint checkpoint = Checkpoint.read(chosen.get());
        if (!checkpoint.run().equals(manifest().id())) {
            throw new CheckpointException("%s lies in the folder of %s, but is of run %s: name that run"
                    .formatted(chosen.get(), id(), checkpoint.run()));
        }
        return checkpoint;
    }

    /** A file of the run, there or not. */
    public Path file(String name) {
        return folder.resolve(name);
    }

    /**
     * What happened, line by line as {@code docs/formats.md} says; lines that are torn or changed are left out.
     *
     * @throws StoreException if {@code events.jsonl} cannot be read; a run without one has no events
     */
    public List<Node> events() {
        Path file = file("events.jsonl");
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (var lines = new BufferedReader(new InputStreamReader(Disk.real().open(file), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(EventLog::isWhole)
                    .map(line -> Document.parse("events.json", line))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new StoreException("cannot read %s: %s".formatted(file, e), e);
        }
    }

    /**
     * The words that the run's network knows; empty if it was trained on pictures.
     *
     * @throws StoreException if {@code vocabulary.txt} is damaged
     */
    public Optional<Vocabulary> vocabulary() {
        Path file = file(VOCABULARY);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (InputStream in = Disk.real().open(file)) {
            byte[] bytes = in.readNBytes(LARGEST_VOCABULARY);
            return Optional.of(Vocabulary.parse(file.toString(), new String(bytes, StandardCharsets.UTF_8)));
        } catch (DataException | IOException e) {
            throw new StoreException(
                    "run %s is damaged: %s cannot be read: %s".formatted(id(), VOCABULARY, e.getMessage()), e);
        }
    }

    boolean isSummaryReadable() {
        try {
            summary();
            return true;
        } catch (StoreException _) {
            return false;
        }
    }

    /** In full, so that a default that changes later does not change this run. */
    static String text(Manifest manifest) {
        return Json.indented(Spec.binder().writeFully(manifest, Manifest.class, Place.DEFAULT));
    }

    static String text(Summary summary) {
        return Json.indented(PLAIN.write(summary, Summary.class));
    }

    private <T> T read(String name, Binder binder, Class<T> type) {
        Path file = file(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) { // nor may a pipe keep us waiting
            throw new StoreException(
                    Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                            ? "run %s is damaged: %s is not a file".formatted(id(), name)
                            : "run %s is damaged: it has no %s".formatted(id(), name));
        }
        try (InputStream in = Disk.real().open(file)) {
            byte[] bytes = in.readNBytes(Document.LARGEST + 1);
            Node node = Document.parse(file.toString(), new String(bytes, StandardCharsets.UTF_8));
            return binder.read(node, type);
        } catch (ConfigException e) {
            throw new StoreException("run %s is damaged: %s".formatted(id(), e.getMessage()), e);
        } catch (IOException e) {
            throw new StoreException("run %s is damaged: %s cannot be read: %s".formatted(id(), name, e), e);
        }
    }
}
