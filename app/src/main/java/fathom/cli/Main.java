package fathom.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program. */
@Command(
        name = "fathom",
        description = "Train neural networks on the JVM, and look inside them.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            DemoCommand.class,
            ListCommand.class,
            TrainCommand.class,
            ResumeCommand.class,
            EvalCommand.class,
            ResultsCommand.class,
            ReportCommand.class,
            InspectCommand.class,
            CompareCommand.class,
            PredictCommand.class,
            GenerateCommand.class,
            ReconstructCommand.class,
            InterpolateCommand.class,
            AttributeCommand.class,
            LatentCommand.class,
            RunsCommand.class,
            SummaryCommand.class,
            ManifoldCommand.class,
            DataCommand.class,
            DoctorCommand.class,
            HelpCommand.class
        },
        footer = {
            "",
            "Begin with:  fathom demo",
            "Then:        fathom list;  fathom train mnist-cnn --epochs 1",
            "",
            "Exit codes: 0 done, 1 failure, 2 wrong usage or configuration, 3 data missing or damaged,",
            "4 checkpoint damaged, 5 run in use by another process, 6 training diverged, 130 interrupted."
        })
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: see 'fathom --help'");
    }

    public static void main(String[] arguments) {
        // Numbers read the same everywhere, by people and programs.
        Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
        System.exit(execute(writer(System.out), writer(System.err), arguments));
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }

    /** Runs one command; the exit code. */
    static int execute(PrintWriter out, PrintWriter err, String... arguments) {
        var command = new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setAbbreviatedOptionsAllowed(false)
                .setExecutionExceptionHandler(new Failures());
        try {
            return command.execute(arguments);
        } catch (OutOfMemoryError e) {
            return Failures.outOfMemory(e, err);
        }
    }
}
