package fathom.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A log of the run: lines are appended, each by one write, and cut back to a checkpoint when a run is resumed. */
final class AppendedFile implements AutoCloseable {
    private final Path file;
    private final Disk.Output out;
    private long length;

    private AppendedFile(Path file, Disk.Output out, long length) {
        this.file = file;
        this.out = out;
        this.length = length;
    }

    /**
     * Opens a log, cut back to {@code length} bytes; a shorter one is cut back to its last whole line.
     *
     * @throws StoreException if it cannot be opened
     */
    static AppendedFile cutTo(Disk disk, Path file, long length) {
        try (FileChannel channel = FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS)) {
            channel.truncate(channel.size() < length ? wholeLines(channel) : length);
            return new AppendedFile(file, disk.append(file), channel.size());
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
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        try {
            out.write(ByteBuffer.wrap(bytes));
            length += bytes.length;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Makes all lines so far survive a power cut; the length of the file. */
    long force() {
        try {
            out.force();
            requireLength();
            return length;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void requireLength() throws IOException {
        if (out.size() != length) {
            throw new IOException("it is %d bytes long after writing %d".formatted(out.size(), length));
        }
    }

    boolean isEmpty() {
        return length == 0;
    }

    private StoreException failed(IOException e) {
        return new StoreException(
                "cannot write %s: %s; the last checkpoint is kept: make room, then resume".formatted(file, e), e);
    }

    @Override
    public void close() {
        try (out) {
            requireLength();
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
