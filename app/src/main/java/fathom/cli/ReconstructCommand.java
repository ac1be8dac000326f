package fathom.cli;

import fathom.chart.Sheet;
import fathom.data.Examples;
import fathom.data.Split;
import fathom.inspect.Nearest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fathom reconstruct}. */
@Command(
        name = "reconstruct",
        description = "Shows examples beside what a run's autoencoder draws from their codes.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  fathom reconstruct latest",
            "  fathom reconstruct latest --count 96 --layout pairs --out pairs.svg",
            "  fathom reconstruct latest --split train --count 16 --nearest"
        })
final class ReconstructCommand implements Callable<Integer> {
    private static final int MOST = 10_000;
    private static final int PAIRS_IN_ROW = 8;

    /** How originals and reconstructions stand. */
    enum Layout {
        GRIDS,
        PAIRS
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = Places.WEIGHTS)
    private String run = "";

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "How many, from the first on (default: ${DEFAULT-VALUE}).")
    private int count = 64;

    @Option(
            names = "--layout",
            paramLabel = "grids|pairs",
            description = "A grid of originals beside one of reconstructions, or each beside its own (default: grids).")
    private Layout layout = Layout.GRIDS;

    @Option(names = "--split", paramLabel = "train|validation|test", description = "Which examples (default: test).")
    private Split split = Split.TEST;

    @Option(names = "--nearest", description = "Also the training picture nearest to each reconstruction.")
    private boolean nearest;

    @Mixin
    private PictureFile picture;

    @Mixin
    private Places places;

    @Option(names = "--json", description = "Ends standard output with one line of JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Ranges.requireBetween(spec, "--count", count, 1, MOST);
        var chosen = places.weights(run);
        try (var network = Autoencoder.open(chosen, places.data())) {
            String of = split.name().toLowerCase(Locale.ROOT);
            Examples examples = network.examples(split);
            int shown = Math.min(count, examples.size());
            network.requireRoom((nearest ? 3 : 2) * shown);
            String usual = "reconstructed-%s-%s%s.png"
                    .formatted(of, layout.name().toLowerCase(Locale.ROOT), nearest ? "-nearest" : "");
            Path file = picture.chosen(spec, chosen, usual);
            float[] originals =
                    examples.batch(IntStream.range(0, shown).toArray()).inputs();
            float[] drawn = network.latent()
                    .decode(network.latent()
                            .encode(examples, IntStream.range(0, shown).toArray())
                            .means());
            var line = ResultJson.about(chosen);
            line.put("file", file.toString());
            line.put("split", of);
            line.put("count", shown);
            double error = meanSquare(originals, drawn);
            line.put("meanSquaredError", error);
            List<Nearest> found = nearest ? network.nearest(drawn) : List.of();
            if (nearest) {
                line.put("nearest", NearestJson.of(found));
            }
            String title = "%,d %s pictures and their reconstructions".formatted(shown, of);
            var panels = switch (layout) {
                case GRIDS -> grids(network, originals, drawn, found);
                case PAIRS -> pairs(network, originals, drawn, found);
            };
            PictureFile.write(file, new Sheet(title, panels, true, network.scale()));
            String said = String.format(
                    Locale.ROOT, "%s, mean squared error %.5f a pixel, written to %s", title, error, file);
            spec.commandLine().getOut().println(json ? ResultJson.text(line) : said);
        }
        return 0;
    }

    private static List<Sheet.Panel> grids(Autoencoder network, float[] originals, float[] drawn, List<Nearest> found) {
        int columns = (int) Math.ceil(
                Math.sqrt((double) originals.length / network.latent().shape().count()));
        var first = new Sheet.Panel("original", List.of(), network.images(originals), columns, 0);
        var second = new Sheet.Panel("reconstruction", List.of(), network.images(drawn), columns, 0);
        if (found.isEmpty()) {
            return List.of(first, second);
        }
        var third =
                new Sheet.Panel("nearest in training", List.of(), network.images(network.pictures(found)), columns, 0);
        return List.of(first, second, third);
    }

    private static List<Sheet.Panel> pairs(Autoencoder network, float[] originals, float[] drawn, List<Nearest> found) {
        boolean alone = found.isEmpty();
        int group = alone ? 2 : 3;
        float[] all =
                alone ? network.inTurn(originals, drawn) : network.inTurn(originals, drawn, network.pictures(found));
        String caption = alone
                ? "each original with its reconstruction on its right"
                : "each original, its reconstruction, the training picture nearest to that";
        return List.of(new Sheet.Panel(caption, List.of(), network.images(all), group * PAIRS_IN_ROW, group));
    }

    private static double meanSquare(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
        }
        return sum / a.length;
    }
}
