package fathom.cli;

import fathom.chart.Sheet;
import fathom.data.Attributes;
import fathom.data.Split;
import fathom.inspect.Codes;
import fathom.inspect.Direction;
import fathom.inspect.FactorProbes;
import fathom.inspect.InspectException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fathom attribute}. */
@Command(
        name = "attribute",
        description = {
            "Draws pictures with less and more of an attribute, by a run's autoencoder.",
            "",
            "The direction is the mean code of training examples that have the attribute, less that of those that have it not;"
                    + " of a measure, of the upper and the lower third. Strips go from the picture less that to the picture"
                    + " with it. It is also told what changes in the pictures: they are encoded again, and a linear probe"
                    + " reads each attribute off their codes.",
            ""
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  fathom attribute latest --attribute Male",
            "  fathom attribute latest --attribute Senior --image 12 --steps 10",
            "  fathom attribute latest --attribute smile --image me.jpg --reach 4"
        })
final class AttributeCommand implements Callable<Integer> {
    private static final int MOST_STEPS = 1000;
    private static final int USUAL_IMAGES = 5;
    private static final int LEARNED_FROM = 10_000;
    private static final int TRIED = 200;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = Places.WEIGHTS)
    private String run = "";

    @Option(
            names = "--attribute",
            required = true,
            paramLabel = "NAME",
            description = "An attribute of the data set, Male or Senior of lfw, smile or glasses of toy-faces.")
    private String attribute = "";

    @Option(
            names = "--image",
            paramLabel = "INDEX|IMAGE",
            description = "A picture to change; may be given several times (default: the first 5 of the split).")
    private List<String> images = new ArrayList<>();

    @Option(names = "--steps", paramLabel = "N", description = "Pictures in a strip (default: ${DEFAULT-VALUE}).")
    private int steps = 10;

    @Option(
            names = "--reach",
            paramLabel = "X",
            description =
                    "How many times the direction is taken away and added at the ends (default: ${DEFAULT-VALUE}).")
    private double reach = 2;

    @Option(
            names = "--split",
            paramLabel = "train|validation|test",
            description = "What an INDEX counts (default: test).")
    private Split split = Split.TEST;

    @Option(names = "--nearest", description = "Below each strip, the training picture nearest to each step.")
    private boolean nearest;

    @Mixin
    private PictureFile picture;

    @Mixin
    private Places places;

    @Option(names = "--json", description = "Ends standard output with one line of JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Ranges.requireBetween(spec, "--steps", steps, 2, MOST_STEPS);
        Ranges.requirePositive(spec, "--reach", reach, 100);
        var chosen = places.weights(run);
        try (var network = Autoencoder.open(chosen, places.data())) {
            Attributes known = known(network);
            known.values(attribute); // refuses one that is not there, before any work
            int size = network.examples(split).size(); // so does this a split that is empty
            Path file =
                    picture.chosen(spec, chosen, "attribute-" + attribute.replaceAll("[^A-Za-z0-9_-]", "-") + ".png");
            List<String> shown = shown(size);
            network.requireRoom((nearest ? 2 : 1) * shown.size() * (steps + 1));
            float[] originals = originals(network, shown);
            Codes learned = network.firstCodes(Split.TRAIN, LEARNED_FROM);
            Direction direction = Direction.of(learned, known, attribute);
            Sheet sheet = sheet(network, shown, originals, direction);
            PictureFile.write(file, sheet);
            var probes = FactorProbes.learn(learned, known);
            var changes = probes.changes(
                    network.latent(),
                    direction,
                    network.firstCodes(split, TRIED).means());
            var line = ResultJson.about(chosen);
            line.put("file", file.toString());
            line.put("attribute", attribute);
            line.put("without", direction.without());
            line.put("with", direction.with());
            line.put("length", direction.length());
            line.put("steps", steps);
            line.put("reach", reach);
            line.put("changes", changes);
            line.put("changesMost", most(changes));
            var out = spec.commandLine().getOut();
            if (json) {
                out.println(ResultJson.text(line));
            } else {
                out.print(table(changes));
                out.println("%s, written to %s".formatted(sheet.title(), file));
            }
        }
        return 0;
    }

    private Attributes known(Autoencoder network) {
        return network.dataset()
                .attributes(Split.TRAIN)
                .orElseThrow(() -> new InspectException(
                        "%s tells nothing of its pictures but their classes: lfw and toy-faces have attributes"
                                .formatted(network.dataset().name())));
    }

    private List<String> shown(int size) {
        return images.isEmpty()
                ? IntStream.range(0, Math.min(USUAL_IMAGES, size))
                        .mapToObj(Integer::toString)
                        .toList()
                : images;
    }

    private float[] originals(Autoencoder network, List<String> shown) {
        int count = network.latent().shape().count();
        var originals = new float[shown.size() * count];
        for (int i = 0; i < shown.size(); i++) {
            System.arraycopy(network.input(shown.get(i), split), 0, originals, i * count, count);
        }
        return originals;
    }

    private Sheet sheet(Autoencoder network, List<String> shown, float[] originals, Direction direction) {
        int count = network.latent().shape().count();
        int below = nearest ? 2 : 1;
        float[] z = network.codes(originals);
        var strips = new float[below * steps * originals.length];
        for (int step = 0; step < steps; step++) {
            float[] drawn = network.latent().decode(direction.moved(z, at(step)));
            float[] close = nearest ? network.pictures(network.nearest(drawn)) : drawn;
            for (int i = 0; i < shown.size(); i++) {
                System.arraycopy(drawn, i * count, strips, (below * i * steps + step) * count, count);
                if (nearest) {
                    System.arraycopy(close, i * count, strips, ((below * i + 1) * steps + step) * count, count);
                }
            }
        }
        var heads = IntStream.range(0, steps)
                .mapToObj(step -> String.format(Locale.ROOT, "%+.2f", at(step)))
                .toList();
        float[] left = nearest ? network.inTurn(originals, blank(network, originals.length)) : originals;
        return new Sheet(
                "Less and more of \"%s\"".formatted(attribute),
                List.of(
                        new Sheet.Panel("", List.of("picture"), network.images(left), 1, 0),
                        new Sheet.Panel("", heads, network.images(strips), steps, 0)),
                true,
                network.scale());
    }

    private static float[] blank(Autoencoder network, int size) {
        var blank = new float[size];
        Arrays.fill(blank, network.trained().manifest().spec().data().scale().of(255));
        return blank;
    }

    private double at(int step) {
        return reach * (2.0 * step / (steps - 1) - 1);
    }

    /** The attribute that changes most. */
    static String most(Map<String, Double> changes) {
        return changes.entrySet().stream()
                .max(Map.Entry.comparingByValue((a, b) -> Double.compare(Math.abs(a), Math.abs(b))))
                .map(Map.Entry::getKey)
                .orElse("");
    }

    private static String table(Map<String, Double> changes) {
        var table = new Table("attribute", "change in deviations");
        changes.entrySet().stream()
                .sorted((a, b) -> Double.compare(Math.abs(b.getValue()), Math.abs(a.getValue())))
                .limit(10)
                .forEach(each -> table.row(each.getKey(), String.format(Locale.ROOT, "%.3f", each.getValue())));
        return table.text();
    }
}
