package fathom.cli;

import fathom.chart.Sheet;
import fathom.inspect.Nearest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fathom generate}. */
@Command(
        name = "generate",
        description = {
            "Draws pictures that nobody has seen, from random codes, by a run's autoencoder.",
            "",
            "The same seed draws the same pictures; more of them begin with the same ones.",
            ""
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  fathom generate latest",
            "  fathom generate latest --count 100 --seed 7 --temperature 0.7 --out new.png",
            "  fathom generate latest --nearest"
        })
final class GenerateCommand implements Callable<Integer> {
    private static final int MOST = 10_000;
    private static final double HOTTEST = 100;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = Places.WEIGHTS)
    private String run = "";

    @Option(names = "--count", paramLabel = "N", description = "How many pictures (default: ${DEFAULT-VALUE}).")
    private int count = 64;

    @Option(names = "--seed", paramLabel = "N", description = "Of the random codes (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "What the random numbers are multiplied by: below 1 for more usual pictures "
                    + "(default: ${DEFAULT-VALUE}).")
    private double temperature = 1;

    @Option(
            names = "--nearest",
            description =
                    "Beside each picture the training picture nearest to it, so that one sees what is learned by heart.")
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
        Ranges.requirePositive(spec, "--temperature", temperature, HOTTEST);
        var chosen = places.weights(run);
        try (var network = Autoencoder.open(chosen, places.data())) {
            network.requireRoom(nearest ? 2 * count : count);
            Path file =
                    picture.chosen(spec, chosen, "generated-seed%d%s.png".formatted(seed, nearest ? "-nearest" : ""));
            float[] drawn = network.latent().generate(count, seed, temperature);
            var line = ResultJson.about(chosen);
            line.put("file", file.toString());
            line.put("count", count);
            line.put("seed", seed);
            line.put("temperature", temperature);
            int columns = (int) Math.ceil(Math.sqrt(nearest ? count / 2.0 : count));
            String title = "%,d drawn by seed %d, temperature %s".formatted(count, seed, temperature);
            String said = "%,d pictures".formatted(count);
            if (nearest) {
                List<Nearest> found = network.nearest(drawn);
                line.put("nearest", NearestJson.of(found));
                float[] both = network.inTurn(drawn, network.pictures(found));
                var panel = new Sheet.Panel(
                        "each beside the training picture nearest to it",
                        List.of(),
                        network.images(both),
                        2 * columns,
                        2);
                PictureFile.write(file, new Sheet(title, List.of(panel), true, network.scale()));
                said += ", each with the training picture nearest to it on its right,";
            } else {
                var panel = new Sheet.Panel("", List.of(), network.images(drawn), columns, 0);
                PictureFile.write(file, new Sheet(title, List.of(panel), true, network.scale()));
            }
            spec.commandLine().getOut().println(json ? ResultJson.text(line) : said + " written to " + file);
        }
        return 0;
    }
}
