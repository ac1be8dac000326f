package fathom.cli;

import fathom.run.RunStore;
import fathom.run.Summary;
import fathom.train.Metrics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fathom runs}. */
@Command(
        name = "runs",
        description = "Lists the runs, newest first; a damaged one is listed with the reason.",
        mixinStandardHelpOptions = true)
final class RunsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--runs", paramLabel = "DIR", description = "Folder of runs (default: runs).")
    private Path runs = Path.of("runs");

    @Option(names = "--json", description = "Prints one JSON array.")
    private boolean json;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var listed = new RunStore(runs).list();
        if (json) {
            out.println(ResultJson.text(listed.stream().map(RunsCommand::json).toList()));
            return 0;
        }
        if (listed.isEmpty()) {
            out.println("no runs in " + runs + ": begin with 'fathom demo'");
            return 0;
        }
        var table = new Table("run", "state", "epochs", "validation", "test", "examples/s", "seconds");
        var damaged = new ArrayList<String>();
        for (RunStore.Listed each : listed) {
            switch (each) {
                case RunStore.Listed.Intact(var run, var summary, var state) ->
                    table.row(
                            run.id(),
                            words(state),
                            summary.epochs() + "/" + summary.plannedEpochs(),
                            percent(summary.validation()),
                            percent(summary.test()),
                            String.format(Locale.ROOT, "%,.0f", summary.imagesPerSecond()),
                            String.format(Locale.ROOT, "%,.1f", summary.seconds()));
                case RunStore.Listed.Damaged(var run, var reason) -> {
                    table.row(run.id(), "damaged", "", "", "", "", "");
                    damaged.add(reason);
                }
            }
        }
        out.print(table.text());
        damaged.forEach(out::println);
        out.flush();
        return 0;
    }

    private static Map<String, @Nullable Object> json(RunStore.Listed each) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        map.put("run", each.run().folder().toString());
        switch (each) {
            case RunStore.Listed.Damaged(var _, var reason) -> {
                map.put("state", "damaged");
                map.put("reason", reason);
            }
            case RunStore.Listed.Intact(var _, Summary summary, var state) -> {
                map.put("state", words(state));
                map.put("experiment", summary.experiment());
                map.put("seed", summary.seed());
                map.put("created", summary.created());
                map.put("epochs", summary.epochs());
                map.put("plannedEpochs", summary.plannedEpochs());
                map.put("steps", summary.steps());
                map.put("bestEpoch", summary.bestEpoch());
                map.put("train", ResultJson.metrics(summary.train()));
                map.put("validation", ResultJson.metrics(summary.validation()));
                map.put("test", ResultJson.metrics(summary.test()));
                map.put("imagesPerSecond", summary.imagesPerSecond());
                map.put("seconds", summary.seconds());
            }
        }
        return map;
    }

    private static String words(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String percent(Optional<Metrics> metrics) {
        return metrics.map(MetricsWords::cell).orElse("");
    }
}
