package fathom.cli;

import fathom.run.Job;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fathom resume}. */
@Command(
        name = "resume",
        description = "Goes on with a run that was interrupted or killed; its end is the same to the bit.",
        mixinStandardHelpOptions = true)
final class ResumeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = Places.RUN)
    private String run = "";

    @Mixin
    private Places places;

    @Option(names = "--json", description = "Ends standard output with one line of JSON.")
    private boolean json;

    @Override
    public Integer call() {
        var chosen = places.run(run);
        return new TrainingConsole(spec.commandLine(), json)
                .follow((listener, interrupted) -> Job.resume(chosen, places.data(), listener, interrupted));
    }
}
