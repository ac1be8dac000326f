package fathom.cli;

import fathom.run.Job;
import fathom.train.Listener;
import fathom.train.Outcome;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;

/** Shows a training to whoever started it, and ends it with a line or with JSON. */
final class TrainingConsole {
    /** Something that trains. */
    interface Work {
        Job.Result with(Listener listener, BooleanSupplier interrupted);
    }

    private final CommandLine command;
    private final boolean json;

    TrainingConsole(CommandLine command, boolean json) {
        this.command = command;
        this.json = json;
    }

    /** The exit code. */
    int follow(Work work) {
        var interruption = Interruption.listening(command.getErr());
        Job.Result result;
        try (var display = new ProgressDisplay(command.getErr(), ProgressDisplay.isTerminal())) {
            result = work.with(display, interruption);
        }
        var outcome = result.outcome();
        if (json) {
            command.getOut().println(ResultJson.of(result.run(), outcome));
        } else {
            report(result);
        }
        return outcome.end() == Outcome.End.INTERRUPTED ? Failures.INTERRUPTED : 0;
    }

    private void report(Job.Result result) {
        var out = command.getOut();
        var outcome = result.outcome();
        if (outcome.end() == Outcome.End.INTERRUPTED) {
            out.println("interrupted; go on with: fathom resume "
                    + quoted(result.run().folder()));
            return;
        }
        outcome.test()
                .ifPresent(test -> out.println(String.format(
                        Locale.ROOT,
                        "test %s with the weights of epoch %d of %d%s",
                        MetricsWords.sentence(test),
                        outcome.bestEpoch(),
                        outcome.epochs(),
                        outcome.end() == Outcome.End.STOPPED_EARLY ? ", stopped early" : "")));
        String covered = result.run().manifest().dataProvenance().get("vectors cover");
        if (covered != null) {
            out.println("word vectors cover " + covered);
        }
        out.println("run " + result.run().folder());
    }

    /** A path as a shell takes it. */
    private static String quoted(Path path) {
        String text = path.toString();
        return text.matches("[A-Za-z0-9_./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
