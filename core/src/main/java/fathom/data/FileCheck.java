package fathom.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How one file of a public data set stands on this machine.
 *
 * @param path where it lies or should lie
 * @param expected SHA-256 of the published file, of its content if it lies unpacked,
 *     or, of {@link LfwFiles}, of the list of its members; empty if none is published
 * @param actual SHA-256 of what lies there; empty if nothing does or it cannot be read
 * @param reason why it is missing or damaged; empty if it is whole
 */
public record FileCheck(Path path, State state, String expected, String actual, String reason) {
    /** Whether a file is there and whole. */
    public enum State {
        PRESENT,
        MISSING,
        DAMAGED
    }

    static FileCheck of(PublicSet set, KnownFile file, Path folder) {
        Optional<Path> found = set.locate(folder, file);
        if (found.isEmpty()) {
            return new FileCheck(folder.resolve(file.name()), State.MISSING, file.sha256(), "", "it is not there");
        }
        Path path = found.get();
        boolean packed = path.endsWith(file.name());
        String expected = packed ? file.sha256() : file.unpackedSha256();
        try {
            var checked = CheckedFile.read(set, file, folder);
            return new FileCheck(path, State.PRESENT, expected, checked.sha256(), "");
        } catch (DataException e) {
            return new FileCheck(path, State.DAMAGED, expected, sha256IfReadable(path), String.valueOf(e.getMessage()));
        }
    }

    private static String sha256IfReadable(Path path) {
        try {
            return Files.isRegularFile(path) ? FileBytes.sha256(path) : "";
        } catch (DataException e) {
            return "";
        }
    }
}
