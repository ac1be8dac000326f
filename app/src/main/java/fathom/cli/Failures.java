package fathom.cli;

import fathom.config.ConfigException;
import fathom.data.DataException;
import fathom.engine.DivergedException;
import fathom.inspect.InspectException;
import fathom.model.ModelException;
import fathom.run.CheckpointException;
import fathom.run.RunLockedException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Errors as one message and an exit code; {@code FATHOM_DEBUG=1} shows where they come from. */
final class Failures implements IExecutionExceptionHandler {
    static final int FAILURE = 1;
    static final int USAGE = 2;
    static final int DATA = 3;
    static final int CHECKPOINT = 4;
    static final int LOCKED = 5;
    static final int DIVERGED = 6;
    static final int INTERRUPTED = 130;

    @Override
    public int handleExecutionException(Exception problem, CommandLine command, ParseResult parsed) {
        command.getErr().println("fathom: " + message(problem));
        if (System.getenv("FATHOM_DEBUG") != null) {
            problem.printStackTrace(command.getErr());
        }
        return exitCode(problem);
    }

    /** What no handler of a command sees; the exit code. */
    static int outOfMemory(OutOfMemoryError problem, PrintWriter err) {
        err.println("fathom: out of memory (%s): Java may use %,d MiB; give it more, FATHOM_JAVA_OPTS=-Xmx8g say"
                .formatted(problem.getMessage(), Runtime.getRuntime().maxMemory() >> 20));
        if (System.getenv("FATHOM_DEBUG") != null) {
            problem.printStackTrace(err);
        }
        return FAILURE;
    }

    private static int exitCode(Throwable problem) {
        return switch (problem) {
            case ConfigException _, ModelException _, InspectException _ -> USAGE;
            case DataException _ -> DATA;
            case CheckpointException _ -> CHECKPOINT;
            case RunLockedException _ -> LOCKED;
            case DivergedException _ -> DIVERGED;
            default -> FAILURE;
        };
    }

    private static String message(Throwable problem) {
        return switch (problem) {
            case NoSuchFileException e -> "there is no file " + e.getFile();
            case AccessDeniedException e -> "no permission for " + e.getFile();
            case FileAlreadyExistsException e -> e.getFile() + " is there and is no folder";
            case FileSystemException e ->
                "%s: %s"
                        .formatted(
                                e.getFile(),
                                e.getReason() == null ? e.getClass().getSimpleName() : e.getReason());
            case java.io.UncheckedIOException e when e.getCause() != null -> message(e.getCause());
            default -> problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
        };
    }
}
