package fathom.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The right to do one piece of work, among all processes that share a folder: a lock of the operating system, so it ends
 * with its process however that ends.
 */
public final class Claim implements AutoCloseable {
    private static final String NOTE = "note.json";

    private final Path folder;
    private final RunLock lock;

    private Claim(Path folder, RunLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Claims the work that a folder stands for.
     *
     * @param folder made if it is not there
     * @return empty if someone else has claimed it
     * @throws StoreException if the folder cannot be written
     */
    public static Optional<Claim> take(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StoreException("cannot make %s: %s".formatted(folder, e), e);
        }
        if (RunLock.isHeld(folder)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Claim(folder, RunLock.take(folder)));
        } catch (RunLockedException _) {
            return Optional.empty(); // between the look and the grasp
        }
    }

    /** What was noted about the work, by whoever had it last. */
    public static Optional<String> note(Path folder) {
        Path file = folder.resolve(NOTE);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StoreException("cannot read %s: %s".formatted(file, e), e);
        }
    }

    /**
     * Notes something about the work, for whoever looks later; empty text takes the note away.
     *
     * @throws StoreException if it cannot be written
     */
    public void note(String text) {
        Path file = folder.resolve(NOTE);
        try {
            if (text.isEmpty()) {
                Files.deleteIfExists(file);
            } else {
                new DurableFile(Disk.real(), file).replace(text);
            }
        } catch (IOException e) {
            throw new StoreException("cannot write %s: %s".formatted(file, e), e);
        }
    }

    @Override
    public void close() {
        lock.close();
    }
}
