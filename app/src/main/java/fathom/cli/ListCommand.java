package fathom.cli;

import fathom.data.Datasets;
import fathom.experiment.Experiment;
import fathom.experiment.Experiments;
import fathom.model.Models;
import fathom.model.Network;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fathom list}. */
@Command(
        name = "list",
        description = "Lists the built-in experiments, models and data sets.",
        mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
    /** What can be listed. */
    enum What {
        experiments,
        models,
        datasets
    }

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", description = "One of: ${COMPLETION-CANDIDATES}; all if left out.")
    private @Nullable What what;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        if (what == null || what == What.experiments) {
            out.println(experiments());
        }
        if (what == null || what == What.models) {
            out.println(models());
        }
        if (what == null || what == What.datasets) {
            out.println(datasets());
        }
        return 0;
    }

    private static String experiments() {
        var table = new Table("experiment", "data", "epochs", "runs", "reported", "question");
        for (Experiment experiment : Experiments.all()) {
            table.row(
                    experiment.name(),
                    experiment.spec().data().set(),
                    String.valueOf(experiment.spec().training().epochs()),
                    String.valueOf(experiment.cells().size()),
                    experiment.reported(),
                    experiment.question());
        }
        return table.text();
    }

    private static String models() {
        var table = new Table("model", "input", "parameters", "about");
        for (Models.Entry entry : Models.all()) {
            var network = Network.of(entry.network().get(), entry.input());
            table.row(
                    entry.name(),
                    entry.input().toString(),
                    String.format(Locale.ROOT, "%,d", network.parameterCount()),
                    entry.about());
        }
        for (Models.Pair pair : Models.pairs()) {
            var network = pair.model().get().on(pair.input(), 0);
            table.row(
                    pair.name(),
                    pair.input().toString(),
                    String.format(Locale.ROOT, "%,d", network.parameterCount()),
                    pair.about());
        }
        return table.text();
    }

    private static String datasets() {
        var table = new Table("data set", "about");
        Datasets.all().forEach(entry -> table.row(entry.name(), entry.about()));
        return table.text();
    }
}
