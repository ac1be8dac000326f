package fathom.data;

import static java.util.Objects.requireNonNull;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Where Labeled Faces in the Wild lies: its packed archive, which is read as a stream and never unpacked to the disk, or its
 * folder. Members are handed on with the names {@code PERSON/PERSON_0001.jpg}.
 *
 * @param path of the archive or of the folder that holds a folder for each person
 */
record FaceFiles(Path path) {
    /** The real files have at most 40 KB. */
    private static final int LARGEST_PICTURE = 4 << 20;

    /** The real set has 18,983, folders included. */
    private static final int MOST_MEMBERS = 100_000;

    /** Bytes that an archive may unpack to; the real ones have at most 200 MB. */
    private static final long LARGEST_ARCHIVE = 1L << 30;

    private static final Pattern NAME = Pattern.compile("(?:\\./)?[^/]+/(([^/]+)/\\2_\\d{4}\\.jpg)");

    boolean isArchive() {
        return !Files.isDirectory(path);
    }

    /**
     * Reads every member in turn. One that is no picture of the set by its name or kind comes with a problem.
     *
     * @throws DataException if the files as a whole cannot be read
     */
    void read(Consumer<Tar.Member> reader) {
        try {
            if (isArchive()) {
                readArchive(reader);
            } else {
                readFolder(reader);
            }
        } catch (EOFException e) {
            throw new DataException("%s is damaged: its data is cut off; get it again".formatted(path), e);
        } catch (ZipException e) {
            throw new DataException("%s is damaged: %s; get it again".formatted(path, e.getMessage()), e);
        } catch (IOException e) {
            throw FileBytes.unreadable(path, e);
        } catch (DirectoryIteratorException e) {
            throw FileBytes.unreadable(path, requireNonNull(e.getCause()));
        }
    }

    private void readArchive(Consumer<Tar.Member> reader) throws IOException {
        try (var packed = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
                var in = new BufferedInputStream(new GZIPInputStream(packed, 1 << 16), 1 << 16)) {
            var tar = new Tar(path.toString(), in, LARGEST_PICTURE, MOST_MEMBERS, LARGEST_ARCHIVE);
            for (var member = tar.next(); member.isPresent(); member = tar.next()) {
                reader.accept(named(member.get()));
            }
            readToTheEnd(in);
        }
    }

    /** So that the checksum at the end is compared, too. */
    private void readToTheEnd(InputStream in) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long left = 1 << 20;
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            left -= count;
            if (left < 0) {
                throw new ZipException("much follows the end of the archive in it");
            }
        }
    }

    private void readFolder(Consumer<Tar.Member> reader) throws IOException {
        var files = new TreeMap<String, Path>();
        try (var people = Files.newDirectoryStream(path)) {
            for (Path person : people) {
                if (Files.isDirectory(person, LinkOption.NOFOLLOW_LINKS)) {
                    list(person, files);
                }
            }
        }
        for (var file : files.entrySet()) {
            reader.accept(named(member(file.getKey(), file.getValue())));
        }
    }

    private static void list(Path person, TreeMap<String, Path> files) throws IOException {
        try (var pictures = Files.newDirectoryStream(person)) {
            for (Path picture : pictures) {
                files.put("lfw/%s/%s".formatted(person.getFileName(), picture.getFileName()), picture);
                if (files.size() > MOST_MEMBERS) {
                    throw new DataException("%s holds too many files for this set".formatted(person.getParent()));
                }
            }
        }
    }

    private static Tar.Member member(String name, Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Tar.Member.unread(name, "it is no regular file");
        }
        try {
            return Tar.Member.of(name, FileBytes.read(file, LARGEST_PICTURE));
        } catch (DataException e) {
            return Tar.Member.unread(name, String.valueOf(e.getMessage()));
        }
    }

    private static Tar.Member named(Tar.Member member) {
        var match = NAME.matcher(member.name());
        if (!match.matches() || isStep(match.group(2))) {
            return Tar.Member.unread(member.name(), "its name is not like FOLDER/PERSON/PERSON_0001.jpg");
        }
        return member.named(match.group(1));
    }

    private static boolean isStep(String name) {
        return name.equals(".") || name.equals("..");
    }

    /** SHA-256 of the archive, or of the names and contents of the folder's files. */
    String fingerprint() {
        if (isArchive()) {
            return FileBytes.sha256(path);
        }
        var digest = FileBytes.digest();
        read(member -> digest.update(
                FileBytes.line(FileBytes.sha256(member.bytes()), member.name()).getBytes(StandardCharsets.UTF_8)));
        return FileBytes.hex(digest.digest());
    }
}
