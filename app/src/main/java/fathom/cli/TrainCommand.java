package fathom.cli;

import fathom.config.Yaml;
import fathom.experiment.Experiment;
import fathom.experiment.Sweep;
import fathom.run.Job;
import fathom.run.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code fathom train}. */
@Command(
        name = "train",
        description = {
            "Trains a built-in experiment, or what a file says.",
            "An experiment of several variants or seeds is trained run by run, each with one thread, several at a time: "
                    + "runs that are whole are left as they are, those that were cut off are continued. Several processes may "
                    + "work on one experiment in one folder of runs."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  fathom train mnist-cnn --epochs 1",
            "  fathom train fashion-lenet --set optimizer.weightDecay=1e-4 --seed 3",
            "  fathom train my.yaml --data pictures/ --set data.size=32",
            "  fathom train sst2-lstm --set data.vectors=glove.6B.300d.txt --set padding=longest",
            "  fathom train mnist-mlp --print-config > my.yaml",
            "  fathom train mnist-weight-decay --jobs 2",
            "  fathom train mnist-cnn --seeds 0..2"
        })
final class TrainCommand implements Callable<Integer> {
    @picocli.CommandLine.Spec
    private CommandSpec spec;

    @Mixin
    private SpecOptions options;

    @Mixin
    private StudyOptions study;

    @Mixin
    private Places places;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "How many runs of an experiment at a time (default: one a processor).")
    private int jobs;

    @Option(
            names = "--halving",
            paramLabel = "EPOCHS",
            split = ",",
            description =
                    "After each of these epochs the worse half of the variants, by mean validation loss, is given up: "
                            + "--halving 5,15. The result says so.")
    private List<Integer> halvings = new ArrayList<>();

    @Option(names = "--print-config", description = "Prints the spec, with where each value came from, and ends.")
    private boolean printConfig;

    @Option(names = "--json", description = "Ends standard output with one line of JSON.")
    private boolean json;

    @Override
    public Integer call() {
        var experiment = study.of(options.experiment());
        if (!isPlain(experiment) || study.isGiven() || jobs != 0 || !halvings.isEmpty()) {
            return trainStudy(experiment);
        }
        var document = options.document();
        var wanted = Spec.binder().read(document, Spec.class);
        if (printConfig) {
            print(Yaml.withOrigins(Spec.binder().shorten(document, Spec.class)));
            return 0;
        }
        var console = new TrainingConsole(spec.commandLine(), json);
        return console.follow(
                (listener, interrupted) -> Job.start(wanted, places.store(), places.data(), listener, interrupted));
    }

    /** Whether its spec says all: one run, by no variant and no seed beside it. */
    private static boolean isPlain(Experiment experiment) {
        return !experiment.isStudy() && experiment.cells().getFirst().spec().equals(experiment.spec());
    }

    private int trainStudy(Experiment experiment) {
        if (options.hasSeed()) {
            throw new ParameterException(
                    spec.commandLine(),
                    experiment.isStudy()
                            ? "--seed is for a single run; %s has several: give --seeds".formatted(experiment.name())
                            : "--seed is for a run without --seeds, --variant, --jobs, --halving and a file's own seeds and"
                                    + " variants: give --seeds instead");
        }
        if (printConfig) {
            print(StudyYaml.of(experiment));
            return 0;
        }
        return new StudyConsole(spec.commandLine(), json)
                .follow(experiment, places.store(), places.data(), plan(experiment));
    }

    private Sweep.Plan plan(Experiment experiment) {
        int threads = Math.max(1, experiment.spec().compute().threads());
        int usual = Math.max(1, Runtime.getRuntime().availableProcessors() / threads);
        try {
            return new Sweep.Plan(jobs == 0 ? usual : jobs, halvings);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private void print(String text) {
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
    }
}
