package fathom.cli;

import fathom.config.Yaml;
import fathom.run.Job;
import fathom.run.Spec;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code fathom train}. */
@Command(
        name = "train",
        description = "Trains a built-in experiment, or what a file says.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  fathom train mnist-cnn --epochs 1",
            "  fathom train fashion-lenet --set optimizer.weightDecay=1e-4 --seed 3",
            "  fathom train my.yaml --data pictures/ --set data.size=32",
            "  fathom train mnist-mlp --print-config > my.yaml"
        })
final class TrainCommand implements Callable<Integer> {
    @picocli.CommandLine.Spec
    private CommandSpec spec;

    @Mixin
    private SpecOptions options;

    @Mixin
    private Places places;

    @Option(names = "--print-config", description = "Prints the spec, with where each value came from, and ends.")
    private boolean printConfig;

    @Option(names = "--json", description = "Ends standard output with one line of JSON.")
    private boolean json;

    @Override
    public Integer call() {
        var document = options.document();
        var wanted = Spec.binder().read(document, Spec.class);
        if (printConfig) {
            spec.commandLine().getOut().print(Yaml.withOrigins(Spec.binder().shorten(document, Spec.class)));
            spec.commandLine().getOut().flush();
            return 0;
        }
        var console = new TrainingConsole(spec.commandLine(), json);
        return console.follow(
                (listener, interrupted) -> Job.start(wanted, places.store(), places.data(), listener, interrupted));
    }
}
