package fathom.run;

import fathom.data.Dataset;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.stream.Stream;

/** A folder of runs: {@code EXPERIMENT/yyyyMMdd-HHmmss-EXPERIMENT-xxxx/}. */
public final class RunStore {
    /** Begins the name of a folder that is being made. */
    private static final String UNFINISHED = ".";

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);
    private static final int LONGEST_NAME = 56;
    private static final int ATTEMPTS = 100;

    private final Path root;
    private final Clock clock;

    /** A store; the folder is made with the first run. */
    public RunStore(Path root) {
        this(root, Clock.system(ZoneId.systemDefault()));
    }

    RunStore(Path root, Clock clock) {
        this.root = root;
        this.clock = clock;
    }

    /** What a look at the store finds, each run on its own. */
    public sealed interface Listed {
        Run run();

        /** A run that can be read. */
        record Intact(Run run, Summary summary, Run.State state) implements Listed {}

        /** A folder that should be a run but cannot be read as one. */
        record Damaged(Run run, String reason) implements Listed {}
    }

    public Path root() {
        return root;
    }

    /**
     * Makes the folder of a new run, with its spec in it.
     *
     * @param environment what the numbers may depend on: {@link Environment#facts} and the engine's
     * @param dataset what it trains on; its shape, classes, vocabulary and provenance are kept
     * @throws StoreException if it cannot be written
     */
    public Run create(Spec spec, SequencedMap<String, String> environment, Dataset dataset) {
        try {
            Path folder = newFolder(spec.experiment());
            Run run = new Run(folder);
            var manifest = new Manifest(
                    Manifest.FORMAT,
                    idOf(folder).substring(UNFINISHED.length()),
                    clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
                    spec,
                    dataset.shape().sizes(),
                    dataset.classes(),
                    environment,
                    dataset.provenance());
            Disk disk = Disk.real();
            Files.createDirectory(run.file(Run.CHECKPOINTS));
            if (dataset.vocabulary().isPresent()) {
                new DurableFile(disk, run.file(Run.VOCABULARY))
                        .replace(dataset.vocabulary().get().text());
            }
            new DurableFile(disk, run.file("spec.json")).replace(Run.text(manifest));
            new DurableFile(disk, run.file("summary.json")).replace(Run.text(Summary.of(manifest)));
            // Only now is it a run: whoever is killed before leaves nothing that looks like one.
            Path finished = folder.resolveSibling(manifest.id());
            disk.replace(folder, finished);
            disk.sync(root.resolve(spec.experiment()));
            return new Run(finished);
        } catch (IOException e) {
            throw new StoreException("cannot make a run in %s: %s".formatted(root, e), e);
        }
    }

    /** A folder under a name that is not a run's yet. */
    private Path newFolder(String experiment) throws IOException {
        Path parent = Files.createDirectories(root.resolve(experiment));
        String name = experiment.substring(0, Math.min(LONGEST_NAME, experiment.length()));
        for (int attempt = 0; ; attempt++) {
            String id = "%s-%s-%s"
                    .formatted(
                            LocalDateTime.now(clock).format(STAMP),
                            name,
                            UUID.randomUUID().toString().substring(0, 4));
            try {
                if (!Files.exists(parent.resolve(id))) {
                    return Files.createDirectory(parent.resolve(UNFINISHED + id)); // two processes never share one
                }
            } catch (FileAlreadyExistsException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /**
     * All runs, newest first. A run that cannot be read is listed with the reason and hides no other.
     *
     * @throws StoreException if the store itself cannot be read
     */
    public List<Listed> list() {
        return entries().parallelStream().flatMap(RunStore::look).toList();
    }

    /**
     * The runs of one experiment, oldest first, readable or not.
     *
     * @throws StoreException if the experiment's folder cannot be read
     */
    public List<Run> of(String experiment) {
        var found = new ArrayList<Path>();
        try {
            addEntries(root.resolve(experiment), found);
        } catch (IOException e) {
            throw new StoreException("cannot read the runs of %s in %s: %s".formatted(experiment, root, e), e);
        }
        return found.stream()
                .filter(RunStore::isFolder)
                .sorted(Comparator.comparing(RunStore::idOf))
                .map(Run::new)
                .toList();
    }

    private static Stream<Listed> look(Path entry) {
        Run run = new Run(entry);
        try {
            var attributes = Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isRegularFile()) {
                return Stream.empty();
            }
            if (!attributes.isDirectory()) {
                String reason = "run %s is a link, which may lead out of the store".formatted(run.id());
                return Stream.of(new Listed.Damaged(run, reason));
            }
            Summary summary = run.summary();
            return Stream.of(new Listed.Intact(run, summary, run.state(summary)));
        } catch (NoSuchFileException _) {
            return Stream.empty(); // deleted while we looked
        } catch (IOException | RuntimeException e) {
            return Stream.of(new Listed.Damaged(run, String.valueOf(e.getMessage())));
        }
    }

    /** What lies where runs should, newest first. */
    private List<Path> entries() {
        var found = new ArrayList<Path>();
        try (DirectoryStream<Path> experiments = Files.newDirectoryStream(root)) {
            for (Path experiment : experiments) {
                if (Files.isDirectory(experiment, LinkOption.NOFOLLOW_LINKS)) {
                    addEntries(experiment, found);
                }
            }
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (IOException e) {
            throw new StoreException("cannot read the runs in %s: %s".formatted(root, e), e);
        }
        found.sort(Comparator.comparing(RunStore::idOf).reversed());
        return found;
    }

    private static void addEntries(Path experiment, List<Path> found) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(experiment)) {
            for (Path entry : entries) {
                if (!idOf(entry).startsWith(UNFINISHED)) {
                    found.add(entry);
                }
            }
        } catch (NoSuchFileException _) {
            // Deleted while we looked: then it has no runs.
        }
    }

    /**
     * The run that a person means, as {@link #find} says, or the path of one of its checkpoints: {@link Run#chosen}.
     *
     * @throws StoreException if there is none, or more than one
     */
    public Run findWeights(String name) {
        return at(name).orElseGet(() -> named(name));
    }

    /**
     * The run that a person means: the path of its folder, its id, the beginning of an id that no other has, or {@code last}
     * for the newest.
     *
     * @throws StoreException if there is none, or more than one, or it is the path of a checkpoint
     */
    public Run find(String name) {
        Run run = findWeights(name);
        if (run.chosen().isPresent()) {
            throw new StoreException(
                    "%s is a checkpoint, but this needs the whole run: %s".formatted(name, run.folder()));
        }
        return run;
    }

    private Run named(String name) {
        List<Path> entries = entries();
        Path newest = entries.stream()
                .filter(RunStore::isFolder)
                .findFirst()
                .orElseThrow(() -> new StoreException(
                        "there are no runs in %s: train one first, or name another folder".formatted(root)));
        if (name.equals("last") || name.equals("latest")) {
            return new Run(newest);
        }
        List<Path> matching = entries.stream()
                .filter(entry -> idOf(entry).startsWith(name) && isFolder(entry))
                .toList();
        Optional<Path> exact =
                matching.stream().filter(entry -> idOf(entry).equals(name)).findFirst();
        if (exact.isPresent() || matching.size() == 1) {
            return new Run(exact.orElse(matching.getFirst()));
        }
        throw new StoreException(
                matching.isEmpty()
                        ? "there is no run \"%s\" in %s: the newest is %s".formatted(name, root, idOf(newest))
                        : "\"%s\" begins the names of %d runs: write more of it".formatted(name, matching.size()));
    }

    private static String idOf(Path entry) {
        return String.valueOf(entry.getFileName());
    }

    private static boolean isFolder(Path entry) {
        return Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
    }

    /** By a path: of a run's folder, of its folder of checkpoints, or of one of those. */
    private static Optional<Run> at(String name) {
        try {
            Path path = Path.of(name).toAbsolutePath().normalize();
            if (isRun(path)) {
                return Optional.of(new Run(path));
            }
            if (path.endsWith(Run.CHECKPOINTS) && isRun(above(path))) {
                return Optional.of(new Run(above(path)));
            }
            if (!name.endsWith(Checkpoints.ENDING)) {
                return Optional.empty();
            }
            if (!Files.exists(path)) {
                throw new StoreException("there is no checkpoint " + name);
            }
            if (above(path).endsWith(Run.CHECKPOINTS) && isRun(above(above(path)))) {
                return Optional.of(new Run(above(above(path))).by(path));
            }
            throw new StoreException("%s lies in no run: a checkpoint is read with the run around it, RUN/%s/NAME%s"
                    .formatted(name, Run.CHECKPOINTS, Checkpoints.ENDING));
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    private static Path above(Path path) {
        return path.resolve("..").normalize();
    }

    private static boolean isRun(Path folder) {
        return Files.isRegularFile(folder.resolve("spec.json"));
    }
}
