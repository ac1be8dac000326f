package fathom.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to write one run: a lock of the operating system on {@code run.lock}, so it ends with its process however that
 * ends. The file says who holds it.
 */
final class RunLock implements AutoCloseable {
    /** The locked byte lies far behind the text, so that systems with mandatory locks still let others read it. */
    private static final long LOCKED_BYTE = 1L << 40;

    private static final int ATTEMPTS = 20;
    private static final int PAUSE_MILLIS = 10;

    /**
     * Locks of this process. On POSIX systems closing any channel to a file gives up the process's lock on it, so a file
     * that is locked here must not be opened again; {@link #take} and {@link #isHeld} exclude each other.
     */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path key;
    private final FileChannel channel;

    private RunLock(Path key, FileChannel channel) {
        this.key = key;
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @throws RunLockedException if someone holds it
     * @throws StoreException if the lock's file cannot be written
     */
    static synchronized RunLock take(Path folder) {
        Path file = folder.resolve("run.lock");
        try {
            Path key = folder.toRealPath();
            if (!HELD_HERE.add(key)) {
                throw new RunLockedException("run %s is being written by this process".formatted(folder.getFileName()));
            }
            boolean taken = false;
            try {
                RunLock lock = takeFrom(file, key);
                taken = true;
                return lock;
            } finally {
                if (!taken) {
                    HELD_HERE.remove(key);
                }
            }
        } catch (IOException e) {
            throw new StoreException("cannot lock %s: %s".formatted(file, e), e);
        }
    }

    private static RunLock takeFrom(Path file, Path key) throws IOException {
        FileChannel channel = FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) { // a look at the lock holds it for a moment
                if (tryLock(channel, false) != null) {
                    String owner = "pid %d on %s since %s%n"
                            .formatted(ProcessHandle.current().pid(), host(), Instant.now());
                    channel.truncate(0);
                    channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)), 0);
                    return new RunLock(key, channel);
                }
                pause();
            }
            throw new RunLockedException("run %s is being written by %s: wait for it, or stop it first"
                    .formatted(key.getFileName(), owner(file)));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Whether any process holds the lock now. */
    static synchronized boolean isHeld(Path folder) {
        try {
            if (HELD_HERE.contains(folder.toRealPath())) {
                return true;
            }
            try (FileChannel channel = FileChannel.open(
                    folder.resolve("run.lock"),
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS)) {
                return tryLock(channel, true) == null;
            }
        } catch (NoSuchFileException _) {
            return false;
        } catch (IOException _) {
            return false; // a lock that cannot be asked holds nobody up: taking it will say why
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel, boolean shared) throws IOException {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, shared);
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    private static String owner(Path file) {
        try (var in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(300), StandardCharsets.UTF_8).strip();
            return text.startsWith("pid ") ? text.lines().findFirst().orElse(text) : "another process";
        } catch (IOException _) {
            return "another process";
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "this machine";
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StoreException("cannot unlock run " + key.getFileName() + ": " + e, e);
        } finally {
            HELD_HERE.remove(key);
        }
    }
}
