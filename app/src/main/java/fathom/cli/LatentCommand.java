package fathom.cli;

import fathom.chart.ImageScatter;
import fathom.chart.Look;
import fathom.chart.Numbers;
import fathom.chart.ScatterChart;
import fathom.chart.Sheet;
import fathom.chart.Theme;
import fathom.data.Attributes;
import fathom.data.Examples;
import fathom.data.Split;
import fathom.inspect.Codes;
import fathom.inspect.Direction;
import fathom.inspect.FactorProbes;
import fathom.inspect.Projection;
import fathom.inspect.Sample;
import fathom.manifold.Matrix;
import fathom.report.Maps;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fathom latent}. */
@Command(
        name = "latent",
        description = {
            "Maps the codes of a run's autoencoder: the means of the test examples, coloured by class.",
            "",
            "Codes of two numbers are drawn as they are, and a grid of pictures decoded from -2.5 to 2.5 is written, too."
                    + " Where attributes of the examples are known (toy-faces, lfw), it is also told how well a linear probe reads"
                    + " each off the codes, and what changes most along its direction.",
            ""
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  fathom latent latest",
            "  fathom latent latest --method pca --images --out codes.png",
            "  fathom latent latest --json"
        })
final class LatentCommand implements Callable<Integer> {
    private static final int LEARNED_FROM = 10_000;
    private static final int TRIED = 200;
    private static final int MOST_CLASSES = 20;
    private static final int WIDE = 960;
    private static final int GRID = 15;
    private static final double EDGE = 2.5;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = Places.WEIGHTS)
    private String run = "";

    @Option(names = "--method", paramLabel = "pca|tsne", description = "By which method (default: tsne).")
    private Projection.Method method = Projection.Method.TSNE;

    @Option(names = "--images", description = "The points are the pictures themselves.")
    private boolean images;

    @Option(
            names = "--per-class",
            paramLabel = "N",
            description = "How many examples of each class are on the map (default: ${DEFAULT-VALUE}).")
    private int perClass = 200;

    @Mixin
    private PictureFile picture;

    @Mixin
    private Places places;

    @Option(names = "--json", description = "Ends standard output with one line of JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Ranges.requireBetween(spec, "--per-class", perClass, 1, Integer.MAX_VALUE);
        var chosen = places.weights(run);
        try (var network = Autoencoder.open(chosen, places.data())) {
            boolean plain = network.latent().size() == 2;
            String by = plain ? "plain" : method.name().toLowerCase(Locale.ROOT);
            Path file = picture.chosen(
                    spec, chosen, images ? "latent-%s-pictures.png".formatted(by) : "latent-%s.svg".formatted(by));
            if (!images && !PictureFile.isSvg(file)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "a map of points is an .svg file, got %s; with --images it may be .png".formatted(file));
            }
            Path grid = file.resolveSibling(Places.named("latent-manifold.png", chosen));
            if (plain) {
                PictureFile.check(spec, grid, "the grid");
            }
            var line = ResultJson.about(chosen);
            line.put("file", file.toString());
            line.put("method", by);
            map(network, file, by, line);
            if (plain) {
                PictureFile.write(grid, manifold(network));
                line.put("manifold", grid.toString());
            }
            var scores = scores(network, line);
            var out = spec.commandLine().getOut();
            if (json) {
                out.println(ResultJson.text(line));
            } else {
                out.print(scores);
                out.println("%s points of %d latent numbers, written to %s"
                        .formatted(line.get("points"), network.latent().size(), file));
            }
        }
        return 0;
    }

    private void map(Autoencoder network, Path file, String by, Map<String, @Nullable Object> line) throws IOException {
        Examples examples = network.examples(Split.TEST);
        List<String> names = network.trained().manifest().classes();
        int[] indices = Sample.balanced(examples, names.size(), perClass);
        Codes codes = network.latent().encode(examples, indices);
        Matrix map = Matrix.of(codes.count(), codes.size(), codes.means());
        line.put("points", indices.length);
        if (codes.size() != 2) {
            int threads = Runtime.getRuntime().availableProcessors();
            Projection projection = Projection.of(method, map, threads);
            map = projection.map();
            line.put("trustworthiness", projection.trustworthiness());
        }
        boolean many = names.size() > MOST_CLASSES;
        var classes = Numbers.of(many ? new int[indices.length] : Sample.labels(examples, indices));
        var shown = many ? List.of(network.dataset().name()) : names;
        var xs = Numbers.column(map.values(), 2, 0);
        var ys = Numbers.column(map.values(), 2, 1);
        String title = "Codes of %,d test pictures%s"
                .formatted(indices.length, by.equals("plain") ? "" : " by " + Maps.spelled(method));
        var look = new Look(Theme.LIGHT, WIDE);
        if (!images) {
            PictureFile.write(
                    file,
                    ScatterChart.of(title, xs, ys, classes, shown).svg(look).getBytes(StandardCharsets.UTF_8));
            return;
        }
        var pictures = network.images(examples.batch(indices).inputs());
        var scatter = ImageScatter.of(title, xs, ys, classes, shown, pictures, ImageScatter.Placing.OVERLAPPING);
        PictureFile.write(
                file, PictureFile.isSvg(file) ? scatter.svg(look).getBytes(StandardCharsets.UTF_8) : scatter.png(look));
    }

    /** Pictures of codes on a grid, the first number growing to the right, the second upwards. */
    private static Sheet manifold(Autoencoder network) {
        var z = new float[2 * GRID * GRID];
        for (int row = 0; row < GRID; row++) {
            for (int column = 0; column < GRID; column++) {
                z[2 * (row * GRID + column)] = (float) (EDGE * (2.0 * column / (GRID - 1) - 1));
                z[2 * (row * GRID + column) + 1] = (float) (EDGE * (1 - 2.0 * row / (GRID - 1)));
            }
        }
        var panel =
                new Sheet.Panel("", List.of(), network.images(network.latent().decode(z)), GRID, 0);
        return new Sheet("Decoded codes from -2.5 to 2.5", List.of(panel), true, 1 + network.scale() / 2);
    }

    /** What the codes tell of each attribute, and what changes most along its direction; nothing if none is known. */
    private static String scores(Autoencoder network, Map<String, @Nullable Object> line) {
        Optional<Attributes> train = network.dataset().attributes(Split.TRAIN);
        Optional<Attributes> test = network.dataset().attributes(Split.TEST);
        if (train.isEmpty() || test.isEmpty()) {
            return "";
        }
        Codes learned = network.firstCodes(Split.TRAIN, LEARNED_FROM);
        Codes tested = network.firstCodes(Split.TEST, LEARNED_FROM);
        float[] tried = network.firstCodes(Split.TEST, TRIED).means();
        var probes = FactorProbes.learn(learned, train.get());
        var table = new Table("attribute", "measure", "score", "without codes", "its direction changes most");
        var factors = new ArrayList<Map<String, Object>>();
        for (FactorProbes.Scored scored : probes.test(tested, test.get())) {
            var changes = probes.changes(network.latent(), Direction.of(learned, train.get(), scored.name()), tried);
            String most = AttributeCommand.most(changes);
            var factor = new LinkedHashMap<String, Object>();
            factor.put("attribute", scored.name());
            factor.put("measure", scored.isBinary() ? "accuracy" : "r2");
            factor.put("score", scored.score());
            factor.put("blind", scored.blind());
            factor.put("examples", scored.examples());
            factor.put("changes", changes);
            factor.put("changesMost", most);
            factors.add(factor);
            table.row(
                    scored.name(),
                    scored.isBinary() ? "accuracy" : "R²",
                    String.format(Locale.ROOT, "%.4f", scored.score()),
                    String.format(Locale.ROOT, "%.4f", scored.blind()),
                    most);
        }
        line.put("attributes", factors);
        return table.text();
    }
}
