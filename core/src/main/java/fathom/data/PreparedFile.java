package fathom.data;

import fathom.model.Shape;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * Decoded pictures in a file, so that they need not be decoded at each start nor be held in Java's memory: it is mapped. What
 * it was made of stands in it, with checksums; a file that is damaged or made of something else is made anew. Layout, integers
 * big-endian: the word, the pictures, the index, and a trailer of its place, its length, two checksums (CRC-32C of the
 * pictures and of the index) and the word again.
 */
final class PreparedFile {
    private static final long WORD = 0x464154484f4d5031L; // FATHOMP1
    private static final int WORD_BYTES = 8;
    private static final int TRAILER = 8 + 4 + 4 + 4 + WORD_BYTES;

    /** Checksums are computed over pieces of this many bytes, which a buffer can hold. */
    private static final long PIECE = 1L << 28;

    /** Makes the pictures. */
    interface Maker {
        Prepared.Contents make(Decoding.Sink sink);
    }

    private final Path file;
    private final String source;

    /** @param source names exactly what the pictures are made of, and how */
    PreparedFile(Path file, String source) {
        this.file = file;
        this.source = source;
    }

    /**
     * The pictures in the file, which is made if it is not there, stale or damaged. Of several processes one makes it and the
     * others wait.
     *
     * @throws IOException if the file cannot be written
     */
    Prepared open(Maker maker) throws IOException {
        var there = read();
        if (there.isPresent()) {
            return there.get();
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        synchronized (PreparedFile.class) { // a lock of the system holds for the whole process
            Path lock = file.resolveSibling(file.getFileName() + ".lock");
            try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock();
                var madeMeanwhile = read();
                if (madeMeanwhile.isPresent()) {
                    return madeMeanwhile.get();
                }
                write(maker);
            }
        }
        return read().orElseThrow(() -> new IOException(file + " does not read back as it was written"));
    }

    private void write(Maker maker) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            try (var channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                write(maker, new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 20));
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private void write(Maker maker, OutputStream out) throws IOException {
        out.write(ByteBuffer.allocate(WORD_BYTES).putLong(WORD).array());
        var pictures = new CheckedOutputStream(out, new CRC32C());
        long[] end = {WORD_BYTES};
        var contents = maker.make((_, picture) -> {
            pictures.write(picture);
            end[0] += picture.length;
        });
        byte[] index = index(contents);
        out.write(index);
        var crc = new CRC32C();
        crc.update(index);
        out.write(ByteBuffer.allocate(TRAILER)
                .putLong(end[0])
                .putInt(index.length)
                .putInt((int) pictures.getChecksum().getValue())
                .putInt((int) crc.getValue())
                .putLong(WORD)
                .array());
        out.flush();
    }

    private byte[] index(Prepared.Contents contents) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeUTF(source);
        for (int axis = 0; axis < 3; axis++) {
            out.writeInt(contents.shape().size(axis));
        }
        out.writeUTF(contents.sha256());
        write(contents.names(), out);
        write(contents.damaged(), out);
        return bytes.toByteArray();
    }

    private static void write(List<String> texts, DataOutputStream out) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            out.writeUTF(text);
        }
    }

    /** Empty if there is no such file, or another or a damaged one. */
    private Optional<Prepared> read() {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < WORD_BYTES + TRAILER) {
                return Optional.empty();
            }
            var bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, size, Arena.ofAuto());
            var trailer = bytes.asSlice(size - TRAILER, TRAILER).asByteBuffer();
            long end = trailer.getLong();
            int length = trailer.getInt();
            boolean fits = end >= WORD_BYTES && length >= 0 && end + length == size - TRAILER;
            int picturesSum = trailer.getInt();
            int indexSum = trailer.getInt();
            if (!fits || trailer.getLong() != WORD || indexSum != crc(bytes.asSlice(end, length))) {
                return Optional.empty();
            }
            var contents = contents(bytes.asSlice(end, length).toArray(ValueLayout.JAVA_BYTE));
            var pictures = bytes.asSlice(WORD_BYTES, end - WORD_BYTES);
            return contents.filter(_ -> crc(pictures) == picturesSum)
                    .filter(found -> (long) found.names().size() * found.shape().count() == pictures.byteSize())
                    .map(found -> new Prepared(found, pictures(pictures, found.shape())));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Empty if it tells of other pictures. */
    private Optional<Prepared.Contents> contents(byte[] index) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(index));
        if (!in.readUTF().equals(source)) {
            return Optional.empty();
        }
        var shape = Shape.of(in.readInt(), in.readInt(), in.readInt());
        String sha256 = in.readUTF();
        var names = texts(in);
        return Optional.of(new Prepared.Contents(shape, names, texts(in), sha256));
    }

    private static List<String> texts(DataInputStream in) throws IOException {
        var texts = new ArrayList<String>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            texts.add(in.readUTF());
        }
        return texts;
    }

    private static IntFunction<byte[]> pictures(MemorySegment bytes, Shape shape) {
        int count = shape.count();
        return index -> bytes.asSlice((long) index * count, count).toArray(ValueLayout.JAVA_BYTE);
    }

    private static int crc(MemorySegment bytes) {
        var crc = new CRC32C();
        for (long at = 0; at < bytes.byteSize(); at += PIECE) {
            crc.update(bytes.asSlice(at, Math.min(PIECE, bytes.byteSize() - at)).asByteBuffer());
        }
        return (int) crc.getValue();
    }
}
