package fathom.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A published file that is known to be whole: its content and the checksum of what lay on the disk. */
final class CheckedFile {
    /** How much larger than its content a file may be because of how it is packed. */
    private static final int PACKING = 1 << 16;

    private final Path path;
    private final String sha256;
    private final byte[] content;

    private CheckedFile(Path path, String sha256, byte[] content) {
        this.path = path;
        this.sha256 = sha256;
        this.content = content;
    }

    /**
     * Reads one file of a set and compares it with what is known of it. A packed file whose packing differs from the
     * published one passes if its content is the same.
     *
     * @throws DataException if it is damaged, or another file under this name
     */
    static CheckedFile read(PublicSet set, KnownFile file, Path folder) {
        Path path = set.locate(folder, file)
                .orElseThrow(() -> new DataException(
                        "%s is missing in %s: fathom data fetch %s".formatted(file.name(), folder, set.name())));
        byte[] bytes = FileBytes.read(path, Math.max(file.bytes(), file.unpackedBytes()) + PACKING);
        String sha256 = FileBytes.sha256(bytes);
        if (!Gzip.isGzip(bytes)) {
            return of(set, file, path, sha256, bytes, sha256);
        }
        byte[] content = Gzip.unpack(path.toString(), bytes, file.unpackedBytes());
        boolean published = sha256.equals(file.sha256());
        return of(set, file, path, sha256, content, published ? file.unpackedSha256() : FileBytes.sha256(content));
    }

    private static CheckedFile of(
            PublicSet set, KnownFile file, Path path, String sha256, byte[] content, String contentSha256) {
        if (contentSha256.equals(file.unpackedSha256())) {
            return new CheckedFile(path, sha256, content);
        }
        throw new DataException(
                "%s is not %s of %s: expected SHA-256 %s, got %s%s. Fetch it again: fathom data fetch %s"
                        .formatted(
                                path,
                                file.name(),
                                set.name(),
                                file.sha256(),
                                sha256,
                                otherName(set, contentSha256)
                                        .map(name -> " (that is " + name + ")")
                                        .orElse(" (%,d bytes of content, expected %,d)"
                                                .formatted(content.length, file.unpackedBytes())),
                                set.name()));
    }

    /** What published file this is, if any: files get swapped. */
    private static Optional<String> otherName(PublicSet set, String contentSha256) {
        return List.of(set, Mnist.digits(), Mnist.fashion()).stream()
                .flatMap(other -> other.files().stream()
                        .filter(file -> file.unpackedSha256().equals(contentSha256))
                        .map(file -> other.name() + "/" + file.name()))
                .findFirst();
    }

    Path path() {
        return path;
    }

    /** Of the file as it lies on the disk. */
    String sha256() {
        return sha256;
    }

    /** The content as an array. */
    Idx idx() {
        return Idx.parse(path.toString(), content);
    }
}
