package fathom.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A log of the run: lines are appended, each by one write, and cut back to a checkpoint when a run is resumed. */
final class AppendedFile implements AutoCloseable {
    private final Path file;
    private final Disk.Output out;

    private AppendedFile(Path file, Disk.Output out) {
        this.file = file;
        this.out = out;
    }

    /**
     * Opens a log, cut back to {@code length} bytes; a shorter one is cut back to its last whole line.
     *
     * @throws StoreException if it cannot be opened
     */
    static AppendedFile cutTo(Disk disk, Path file, long length) {
        try {
            try (FileChannel channel = FileChannel.open(
                    file,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS)) {
                channel.truncate(channel.size() < length ? wholeLines(channel) : length);
            }
            return new AppendedFile(file, disk.append(file));
        } catch (IOException e) {
            throw new StoreException("cannot open %s: %s".formatted(file, e), e);
        }
    }

    /** Length up to and with the last line break. */
    private static long wholeLines(FileChannel channel) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        for (long end = channel.size(); end > 0; end--) {
            channel.read(one.clear(), end - 1);
            if (one.get(0) == '\n') {
                return end;
            }
        }
        return 0;
    }

    void append(String line) {
        try {
            out.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Makes all lines so far survive a power cut; the length of the file. */
    long force() {
        try {
            out.force();
            return out.size();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    boolean isEmpty() {
        try {
            return Files.size(file) == 0;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private StoreException failed(IOException e) {
        return new StoreException(
                "cannot write %s: %s; the last checkpoint is kept: make room, then resume".formatted(file, e), e);
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
