package fathom.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Folders to write to, checked before any work. */
final class Folders {
    private Folders() {}

    /** @throws ParameterException if it is no folder, or cannot be made or written to */
    static void requireWritable(CommandSpec spec, Path folder) {
        Path there = folder.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            throw new ParameterException(
                    spec.commandLine(), "%s is there and is no folder: name another by --out".formatted(there));
        }
        if (!Files.isWritable(there)) {
            throw new ParameterException(
                    spec.commandLine(), "no permission to write to %s: name another folder by --out".formatted(there));
        }
    }
}
