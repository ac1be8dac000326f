package fathom.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Replaces a file so that a crash, a power cut or a full disk at any moment leaves either the old one or the new one, whole:
 * write {@code name.tmp} beside it, force it to the disk, read it back and compare its SHA-256, rename, force the folder.
 */
record DurableFile(Disk disk, Path file) {

    /** What writes the contents, piece by piece. */
    interface Contents {
        void writeTo(Sink sink) throws IOException;
    }

    /** Takes bytes. */
    interface Sink {
        void write(ByteBuffer bytes) throws IOException;
    }

    /** Does something with the folder once the new contents are on the disk, before they take their name. */
    interface BeforeRename {
        void run() throws IOException;
    }

    void replace(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        replace(sink -> sink.write(ByteBuffer.wrap(bytes)), () -> {});
    }

    void replace(Contents contents, BeforeRename beforeRename) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            byte[] written = write(temporary, contents);
            if (!MessageDigest.isEqual(written, hash(temporary))) {
                throw new IOException("what was written does not read back the same");
            }
            beforeRename.run();
            disk.replace(temporary, file);
            disk.sync(folder());
        } catch (IOException e) {
            removeQuietly(temporary);
            throw e;
        }
    }

    private byte[] write(Path temporary, Contents contents) throws IOException {
        MessageDigest digest = sha256();
        try (Disk.Output out = disk.create(temporary)) {
            contents.writeTo(bytes -> {
                digest.update(bytes.duplicate());
                out.write(bytes);
            });
            out.force();
        }
        return digest.digest();
    }

    private byte[] hash(Path path) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = disk.open(path)) {
            byte[] buffer = new byte[1 << 16];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        }
        return digest.digest();
    }

    private Path folder() {
        return Objects.requireNonNull(file.toAbsolutePath().getParent());
    }

    /** Frees the space; if that fails too, the next write replaces the leftover. */
    private void removeQuietly(Path temporary) {
        try {
            disk.delete(temporary);
        } catch (IOException _) {
            // The first failure is the one to report.
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
