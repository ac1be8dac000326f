package fathom.cli;

import fathom.chart.ImageScatter;
import fathom.chart.Images;
import fathom.chart.Look;
import fathom.chart.Numbers;
import fathom.chart.ScatterChart;
import fathom.chart.Theme;
import fathom.manifold.Matrix;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fathom manifold draw}. */
@Command(
        name = "draw",
        description = "Draws a map: dots, or the pictures that the points are, in the colours of their labels.",
        mixinStandardHelpOptions = true)
final class ManifoldDrawCommand implements Callable<Integer> {
    private static final int WIDE = 960;
    private static final int MOST_KINDS = 100;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MAP.npy", description = "Where the points are; the first two columns count.")
    private Path in = Path.of("");

    @Parameters(
            index = "1",
            paramLabel = "OUT.svg",
            description = "The drawing; with --images it may be a .png file. One that is there is replaced.")
    private Path out = Path.of("");

    @Option(names = "--labels", paramLabel = "LABELS.npy", description = "One whole number a point: its colour.")
    private @Nullable Path labels;

    @Option(
            names = "--names",
            paramLabel = "NAME",
            split = ",",
            description = "What the labels 0, 1, 2 … are called (default: their numbers).")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--images",
            paramLabel = "POINTS.npy",
            description =
                    "Square grey pictures, one a row, from 0 for black to 1 for white, as 'fathom data export' writes.")
    private @Nullable Path images;

    @Option(names = "--title", paramLabel = "TEXT", description = "Above the drawing (default: the name of the map).")
    private @Nullable String title;

    @Override
    public Integer call() throws IOException {
        PictureFile.check(spec, out, "OUT");
        if (images == null && !PictureFile.isSvg(out)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "a map of dots is an .svg file, got %s; with --images it may be .png".formatted(out));
        }
        Matrix map = NpyFiles.read(in);
        if (map.columns() < 2) {
            throw new ParameterException(spec.commandLine(), in + ": a map has at least 2 columns, this has 1");
        }
        int[] kinds = kinds(map.rows());
        PictureFile.write(out, drawing(map, kinds));
        spec.commandLine().getOut().println("%,d points drawn to %s".formatted(map.rows(), out));
        return 0;
    }

    private int[] kinds(int points) {
        int[] kinds = labels == null ? new int[points] : NpyFiles.readLabels(labels);
        if (kinds.length != points) {
            throw new ParameterException(
                    spec.commandLine(), "%s has %,d labels for %,d points".formatted(labels, kinds.length, points));
        }
        return kinds;
    }

    private byte[] drawing(Matrix map, int[] kinds) {
        int[] known = Arrays.stream(kinds).distinct().sorted().toArray();
        if (known.length > MOST_KINDS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "%s has %,d different labels; no more than %d can be told apart"
                            .formatted(labels, known.length, MOST_KINDS));
        }
        var xs = Numbers.column(map.values(), map.columns(), 0);
        var ys = Numbers.column(map.values(), map.columns(), 1);
        var classes = Numbers.of(Arrays.stream(kinds)
                .map(kind -> Arrays.binarySearch(known, kind))
                .toArray());
        List<String> shown = Arrays.stream(known).mapToObj(this::name).toList();
        String heading = title == null ? String.valueOf(in.getFileName()) : title;
        var look = new Look(Theme.LIGHT, WIDE);
        if (images == null) {
            return utf8(ScatterChart.of(heading, xs, ys, classes, shown).svg(look));
        }
        var scatter = ImageScatter.of(
                heading, xs, ys, classes, shown, pictures(images, map.rows()), ImageScatter.Placing.OVERLAPPING);
        return PictureFile.isSvg(out) ? utf8(scatter.svg(look)) : scatter.png(look);
    }

    private String name(int kind) {
        if (labels == null) {
            return "points";
        }
        return kind >= 0 && kind < names.size() ? names.get(kind) : String.valueOf(kind);
    }

    private Images pictures(Path file, int points) {
        Matrix pixels = NpyFiles.read(file);
        int side = (int) Math.round(Math.sqrt(pixels.columns()));
        if (pixels.rows() != points || side * side != pixels.columns()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "%s holds %,d × %,d numbers: give a square picture for each of the %,d points"
                            .formatted(file, pixels.rows(), pixels.columns(), points));
        }
        return Images.grey(pixels.values(), 1, side, side, 0, 1);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
