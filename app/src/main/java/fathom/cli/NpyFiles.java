package fathom.cli;

import fathom.data.DataException;
import fathom.manifold.Matrix;
import fathom.manifold.Npy;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Tables in .npy files, with what goes wrong told as the command line tells it. */
final class NpyFiles {
    private NpyFiles() {}

    static Matrix read(Path file) {
        try {
            return Npy.read(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Rows and columns of a table, by its header alone. */
    static int[] shape(Path file) {
        try {
            return Npy.shape(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    static int[] readLabels(Path file) {
        try {
            return Npy.readLabels(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static DataException unreadable(Path file, IOException reason) {
        if (Files.isDirectory(file)) {
            return new DataException("cannot read %s: it is a folder; name a .npy file".formatted(file), reason);
        }
        return switch (reason) {
            case NoSuchFileException e -> new DataException("there is no file " + file, e);
            case AccessDeniedException e ->
                new DataException("cannot read %s: reading it is not allowed".formatted(file), e);
            case FileSystemException e -> new DataException("cannot read " + file + ": " + e.getReason(), e);
            default -> new DataException(String.valueOf(reason.getMessage()), reason);
        };
    }

    /** Refuses a file that could not be written, before the work that it is to hold. */
    static void checkWritable(Path file, CommandLine command) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new ParameterException(
                    command, "there is no folder %s to write %s to: make it first".formatted(folder, file));
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new ParameterException(
                    command, "cannot write to %s: it is there and is no regular file".formatted(file));
        }
        // What is written stands beside the file until it is whole, so the folder counts even where there is a file.
        Path closed = Files.isWritable(folder) ? file : folder;
        if (Files.exists(closed) && !Files.isWritable(closed)) {
            throw new ParameterException(
                    command, "cannot write to %s: writing to %s is not allowed".formatted(file, closed));
        }
    }
}
