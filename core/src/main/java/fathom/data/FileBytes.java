package fathom.data;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Whole files in memory, with a limit that is checked before anything is read. */
final class FileBytes {
    private FileBytes() {}

    /**
     * The content of a regular file.
     *
     * @throws DataException if it is missing, unreadable, no regular file or larger than {@code limit} bytes
     */
    static byte[] read(Path file, long limit) {
        try {
            if (Files.notExists(file)) {
                throw new NoSuchFileException(file.toString());
            }
            if (!Files.isRegularFile(file)) {
                throw new DataException("%s is not a regular file".formatted(file));
            }
            long size = Files.size(file);
            if (size > limit) {
                throw new DataException(
                        "%s is too large: %,d bytes, at most %,d are read".formatted(file, size, limit));
            }
            try (var in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes((int) size + 1);
                if (bytes.length != size) {
                    throw new DataException("%s changed while it was read: try again".formatted(file));
                }
                return bytes;
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** What to say of a file or folder that cannot be read. */
    static DataException unreadable(Path file, IOException e) {
        String reason = switch (e) {
            case NoSuchFileException _ -> "it does not exist";
            case AccessDeniedException _ -> "reading it is not allowed";
            default -> String.valueOf(e.getMessage());
        };
        return new DataException("%s cannot be read: %s".formatted(file, reason), e);
    }

    /** SHA-256 in hexadecimal. */
    static String sha256(byte[] bytes) {
        return hex(digest().digest(bytes));
    }

    /** SHA-256 of a file of any size, in hexadecimal. */
    static String sha256(Path file) {
        var digest = digest();
        byte[] buffer = new byte[1 << 16];
        try (var in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        return hex(digest.digest());
    }

    /** What {@code sha256sum} prints for a file. */
    static String line(String sha256, String name) {
        return sha256 + "  " + name + "\n";
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** A new SHA-256. */
    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
