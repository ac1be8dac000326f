package fathom.cli;

import fathom.inspect.Survey;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How many examples to look at, where, and with how much memory. */
final class LookOptions {
    private static final String ALL = "all";

    @Option(
            names = "--at",
            paramLabel = "TAP",
            split = ",",
            description = "Places in the network: paths from 'fathom summary RUN', or 'input' "
                    + "(default: after each pool, the first and the last linear layer; of an autoencoder "
                    + "its codes, and the pictures before and after them).")
    private List<String> taps = new ArrayList<>();

    @Option(
            names = "--per-class",
            paramLabel = "N|all",
            description = "How many examples of each class are on a map (default: 50).")
    private String perClass = "50";

    @Option(
            names = "--memory",
            paramLabel = "MB",
            description = "How much of what passes in the network may be held at a time (default: 512).")
    private int memory = 512;

    @Option(names = "--threads", paramLabel = "N", description = "Threads for the maps (default: one a processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    /** @throws ParameterException if a number is out of its range */
    Survey.Plan plan(CommandSpec spec) {
        return Survey.Plan.usual()
                .withTaps(taps)
                .withPerClass(perClass(spec))
                .withBudget(budget(spec))
                .withThreads(threads(spec));
    }

    private int perClass(CommandSpec spec) {
        if (perClass.equals(ALL)) {
            return Integer.MAX_VALUE;
        }
        try {
            int number = Integer.parseInt(perClass);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Said below.
        }
        throw new ParameterException(spec.commandLine(), "--per-class is a number above 0 or all; got " + perClass);
    }

    private long budget(CommandSpec spec) {
        if (memory < 1) {
            throw new ParameterException(spec.commandLine(), "--memory is a number of MB above 0; got " + memory);
        }
        return (long) memory << 20;
    }

    private int threads(CommandSpec spec) {
        if (threads < 1) {
            throw new ParameterException(spec.commandLine(), "--threads must be above 0; got " + threads);
        }
        return threads;
    }
}
