package fathom.cli;

import fathom.data.Split;
import fathom.run.Trained;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fathom eval}. */
@Command(
        name = "eval",
        description = "Tests the kept weights of a run on one split of its data.",
        mixinStandardHelpOptions = true)
final class EvalCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = Places.RUN)
    private String run = "";

    @Option(names = "--split", paramLabel = "train|validation|test", description = "Which split (default: test).")
    private Split split = Split.TEST;

    @Mixin
    private Places places;

    @Option(names = "--json", description = "Ends standard output with one line of JSON.")
    private boolean json;

    @Override
    public Integer call() {
        var chosen = places.run(run);
        try (var trained = Trained.open(chosen)) {
            long began = System.nanoTime();
            var evaluated = trained.evaluate(split, places.data());
            double seconds = (System.nanoTime() - began) * 1e-9;
            var out = spec.commandLine().getOut();
            if (json) {
                out.println(json(trained, evaluated, seconds));
            } else {
                out.println(evaluated
                        .metrics()
                        .map(m -> String.format(
                                Locale.ROOT,
                                "%s accuracy %.2f %% (loss %.4f) on %,d images",
                                split.name().toLowerCase(Locale.ROOT),
                                100 * m.accuracy(),
                                m.loss(),
                                evaluated.examples()))
                        .orElse("this split is empty"));
            }
        }
        return 0;
    }

    private String json(Trained trained, Trained.Evaluated evaluated, double seconds) {
        var line = new LinkedHashMap<String, @Nullable Object>();
        line.put("run", trained.run().folder().toString());
        line.put("experiment", trained.run().spec().experiment());
        line.put("epochs", trained.progress().epoch());
        line.put("steps", trained.progress().step());
        for (Split each : Split.values()) {
            line.put(
                    each.name().toLowerCase(Locale.ROOT),
                    ResultJson.metrics(each == split ? evaluated.metrics() : Optional.empty()));
        }
        line.put("imagesPerSecond", evaluated.examples() / seconds);
        line.put("seconds", seconds);
        return ResultJson.text(line);
    }
}
