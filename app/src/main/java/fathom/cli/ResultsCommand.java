package fathom.cli;

import fathom.experiment.Study;
import fathom.experiment.StudyFiles;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fathom results}. */
@Command(
        name = "results",
        description = {
            "What an experiment has shown: mean, deviation and 95 %% interval of each variant, every run, paired differences.",
            "The runs that count are those with the very specs of the experiment, so flags that change the spec are given "
                    + "here as they were given to train."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  fathom results mnist-weight-decay",
            "  fathom results my.yaml --epochs 2 --csv runs",
            "  fathom results mnist-weight-decay --against 'weightDecay 1e-3' --json"
        })
final class ResultsCommand implements Callable<Integer> {
    /** Which table. */
    enum Csv {
        variants,
        runs
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private SpecOptions options;

    @Mixin
    private StudyOptions study;

    @Mixin
    private Places places;

    @Option(
            names = "--against",
            paramLabel = "NAME",
            description = "The variant that the others are tested against (default: the best).")
    private @Nullable String against;

    @Option(names = "--json", description = "Prints one line of JSON.")
    private boolean json;

    @Option(
            names = "--csv",
            paramLabel = "variants|runs",
            arity = "0..1",
            fallbackValue = "variants",
            description = "Prints a table as CSV, one row a variant or one a run.")
    private @Nullable Csv csv;

    @Override
    public Integer call() {
        var found = Study.of(study.of(options.experiment()), places.store(), Optional.ofNullable(against));
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(StudyFiles.json(found));
        } else {
            out.print(
                    switch (csv) {
                        case null -> StudyText.of(found);
                        case variants -> StudyFiles.variantsCsv(found);
                        case runs -> StudyFiles.runsCsv(found);
                    });
            out.flush();
        }
        return 0;
    }
}
