package fathom.cli;

import fathom.data.Split;
import fathom.inspect.Projection;
import fathom.inspect.Projection.Method;
import fathom.report.Maps;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fathom inspect}. */
@Command(
        name = "inspect",
        description = "Maps what passes at places in a run's network, by PCA and t-SNE.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  fathom inspect latest",
            "  fathom inspect latest --at block1.3,block2.3,5 --method tsne --images --out maps/"
        })
final class InspectCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = Places.WEIGHTS)
    private String run = "";

    @Mixin
    private LookOptions look;

    @Option(names = "--method", paramLabel = "pca|tsne", description = "By which method (default: both).")
    private @Nullable Method method;

    @Option(names = "--split", paramLabel = "train|validation|test", description = "Which examples (default: test).")
    private Split split = Split.TEST;

    @Option(names = "--images", description = "Also makes maps whose points are the pictures.")
    private boolean images;

    @Option(names = "--out", paramLabel = "DIR", description = "Where it goes (default: inspect/ in the run's folder).")
    private @Nullable Path out;

    @Mixin
    private Places places;

    @Option(names = "--json", description = "Ends standard output with one line of JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        var methods = method == null ? List.of(Method.values()) : List.of(method);
        var chosen = places.weights(run);
        Path folder = out == null ? chosen.file(Places.named("inspect", chosen)) : out;
        Folders.requireWritable(spec, folder);
        var err = spec.commandLine().getErr();
        var made = Maps.write(
                chosen,
                places.data(),
                new Maps.Request(look.plan(spec), methods, split, images),
                folder,
                what -> err.println(what + " ..."));
        var console = spec.commandLine().getOut();
        if (json) {
            var line = ResultJson.about(chosen);
            line.put("maps", made.stream().map(InspectCommand::json).toList());
            console.println(ResultJson.text(line));
        } else {
            console.print(table(made));
            console.println("written to " + folder);
        }
        return 0;
    }

    private static String table(List<Maps.Made> made) {
        var table = new Table("place", "shape", "points", "method", "trustworthiness", "quality");
        for (Maps.Made each : made) {
            table.row(
                    each.tap(),
                    each.shape().toString(),
                    String.format(Locale.ROOT, "%,d", each.points()),
                    Maps.spelled(each.method()),
                    String.format(Locale.ROOT, "%.4f", each.projection().trustworthiness()),
                    quality(each.projection()));
        }
        return table.text();
    }

    private static String quality(Projection projection) {
        return switch (projection.how()) {
            case Projection.How.Principal(double first, double second) ->
                String.format(Locale.ROOT, "%.2f %% + %.2f %% of the variance", 100 * first, 100 * second);
            case Projection.How.Neighborly(double divergence, double perplexity, int iterations) ->
                String.format(
                        Locale.ROOT,
                        "KL %.4f after %,d iterations, perplexity %.0f",
                        divergence,
                        iterations,
                        perplexity);
        };
    }

    private static Map<String, Object> json(Maps.Made made) {
        var map = new LinkedHashMap<String, Object>();
        map.put("at", made.tap());
        map.put("shape", made.shape().sizes());
        map.put("points", made.points());
        map.put("method", made.method().name().toLowerCase(Locale.ROOT));
        map.put("trustworthiness", made.projection().trustworthiness());
        map.put("neighbors", made.projection().neighbors());
        switch (made.projection().how()) {
            case Projection.How.Principal(double first, double second) -> map.put("explained", List.of(first, second));
            case Projection.How.Neighborly(double divergence, double perplexity, int iterations) -> {
                map.put("kl", divergence);
                map.put("perplexity", perplexity);
                map.put("iterations", iterations);
            }
        }
        map.put("files", made.files().stream().map(Path::toString).toList());
        return map;
    }
}
