package fathom.cli;

import fathom.chart.Sheet;
import fathom.data.Split;
import fathom.inspect.Latent;
import fathom.inspect.Nearest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fathom interpolate}. */
@Command(
        name = "interpolate",
        description = {
            "Draws the way from one picture to another, or between two random codes, by a run's autoencoder.",
            "",
            "Pictures are named by the index of an example, or as PNG or JPEG files. At both ends of the way stand the pictures"
                    + " themselves; between them the steps, the first and the last of which are their reconstructions."
                    + " With --noise, the steps are decode(α·p + (1 − α)·q) of two random codes p and q, and α goes from"
                    + " 1 / (steps + 1) to steps / (steps + 1): from 0.1 to 0.9 in nine steps.",
            ""
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  fathom interpolate latest --from 2 --to 0",
            "  fathom interpolate latest --from shirt.png --to 17 --steps 16 --path spherical",
            "  fathom interpolate latest --noise --seed 3 --steps 9 --layout 3x3"
        })
final class InterpolateCommand implements Callable<Integer> {
    private static final int MOST_STEPS = 1000;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = Places.WEIGHTS)
    private String run = "";

    @Option(names = "--from", paramLabel = "INDEX|IMAGE", description = "Where the way begins.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "INDEX|IMAGE", description = "Where it ends.")
    private @Nullable String to;

    @Option(names = "--noise", description = "Between two random codes, instead of --from and --to.")
    private boolean noise;

    @Option(names = "--seed", paramLabel = "N", description = "Of the random codes (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--steps", paramLabel = "N", description = "How many pictures (default: 10; 9 with --noise).")
    private @Nullable Integer steps;

    @Option(
            names = "--path",
            paramLabel = "linear|spherical",
            description = "Straight, or along a great circle (default: linear).")
    private Latent.Path path = Latent.Path.LINEAR;

    @Option(
            names = "--layout",
            paramLabel = "ROWSxCOLUMNS",
            description = "How the steps stand, 3x3 say (default: in one row).")
    private @Nullable String layout;

    @Option(
            names = "--split",
            paramLabel = "train|validation|test",
            description = "What an INDEX counts (default: test).")
    private Split split = Split.TEST;

    @Option(names = "--nearest", description = "Below the steps, the training picture nearest to each.")
    private boolean nearest;

    @Mixin
    private PictureFile picture;

    @Mixin
    private Places places;

    @Option(names = "--json", description = "Ends standard output with one line of JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        int count = steps == null ? (noise ? 9 : 10) : steps;
        Ranges.requireBetween(spec, "--steps", count, 2, MOST_STEPS);
        if (noise ? from != null || to != null : from == null || to == null) {
            throw new ParameterException(
                    spec.commandLine(), "a way is between --from and --to, or with --noise between two random codes");
        }
        int columns = columns(count);
        var chosen = places.weights(run);
        try (var network = Autoencoder.open(chosen, places.data())) {
            network.requireRoom((nearest ? 2 : 1) * (count + 2));
            var line = ResultJson.about(chosen);
            var panels = new ArrayList<Sheet.Panel>();
            float[] drawn;
            String usual;
            String title;
            if (noise) {
                usual = "interpolated-noise-seed%d.png".formatted(seed);
                title = "Between two random codes of seed %d".formatted(seed);
                drawn = path == Latent.Path.LINEAR
                        ? network.latent().noiseWalk(seed, count)
                        : roundNoise(network.latent(), count);
                line.put("seed", seed);
            } else {
                String first = String.valueOf(from);
                String last = String.valueOf(to);
                usual = "interpolated-%s-%s.png".formatted(word(first), word(last));
                title = "From %s to %s".formatted(network.title(first, split), network.title(last, split));
                float[] a = network.input(first, split);
                float[] b = network.input(last, split);
                drawn = network.latent().interpolate(network.codes(a), network.codes(b), count, path);
                panels.add(new Sheet.Panel("from", List.of(), network.images(a), 1, 0));
                panels.add(new Sheet.Panel("to", List.of(), network.images(b), 1, 0));
                line.put("from", first);
                line.put("to", last);
            }
            Path file = picture.chosen(spec, chosen, usual);
            line.put("file", file.toString());
            line.put("steps", count);
            line.put("path", path.name().toLowerCase(Locale.ROOT));
            List<Nearest> found = nearest ? network.nearest(drawn) : List.of();
            if (nearest) {
                line.put("nearest", NearestJson.of(found));
            }
            var heads = columns == count ? heads(count) : List.<String>of();
            panels.add(Math.min(1, panels.size()), steps(network, drawn, found, heads, columns));
            PictureFile.write(file, new Sheet(title, panels, true, network.scale()));
            spec.commandLine().getOut().println(json ? ResultJson.text(line) : title + ", written to " + file);
        }
        return 0;
    }

    /** The steps row by row, with the nearest training pictures below each row. */
    private static Sheet.Panel steps(
            Autoencoder network, float[] drawn, List<Nearest> found, List<String> heads, int columns) {
        if (found.isEmpty()) {
            return new Sheet.Panel("", heads, network.images(drawn), columns, 0);
        }
        int row = columns * network.latent().shape().count();
        float[] known = network.pictures(found);
        var both = new float[2 * drawn.length];
        for (int at = 0; at < drawn.length; at += row) {
            int size = Math.min(row, drawn.length - at);
            System.arraycopy(drawn, at, both, 2 * at, size);
            System.arraycopy(known, at, both, 2 * at + size, size);
        }
        return new Sheet.Panel(
                "below each row, the nearest training pictures", heads, network.images(both), columns, 0);
    }

    private float[] roundNoise(Latent latent, int count) {
        float[] both = latent.codes(2, seed, 1);
        float[] p = Arrays.copyOfRange(both, 0, latent.size());
        float[] q = Arrays.copyOfRange(both, latent.size(), both.length);
        float[] way = Latent.between(q, p, count + 2, Latent.Path.SPHERICAL);
        return latent.decode(Arrays.copyOfRange(way, latent.size(), (count + 1) * latent.size()));
    }

    /** The weight of the second picture, or of p, at each step. */
    private List<String> heads(int count) {
        return IntStream.range(0, count)
                .mapToDouble(i -> noise ? (i + 1.0) / (count + 1) : i / (count - 1.0))
                .mapToObj(alpha -> String.format(Locale.ROOT, "%.2f", alpha))
                .toList();
    }

    private int columns(int count) {
        String wanted = layout;
        if (wanted == null) {
            return count;
        }
        if (wanted.matches("[1-9]\\d{0,3}[x×][1-9]\\d{0,3}")) {
            String[] sides = wanted.split("[x×]", 2);
            int rows = Integer.parseInt(sides[0]);
            int columns = Integer.parseInt(sides[1]);
            if (rows * columns == count) {
                return columns;
            }
        }
        throw new ParameterException(
                spec.commandLine(),
                "--layout is ROWSxCOLUMNS whose product is the number of steps, %d; got %s".formatted(count, wanted));
    }

    /** An argument as a part of a file name. */
    private static String word(String argument) {
        String name = String.valueOf(Path.of(argument).getFileName());
        return name.replaceAll("\\.[A-Za-z]+$", "").replaceAll("[^\\p{L}\\p{N}._-]", "-");
    }
}
