package fathom.cli;

import fathom.manifold.Matrix;
import fathom.manifold.Npy;
import fathom.manifold.Pca;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fathom manifold pca}. */
@Command(
        name = "pca",
        description = "Writes the coordinates of points along their principal components.",
        mixinStandardHelpOptions = true)
final class ManifoldPcaCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "IN.npy", description = "The points, one a row.")
    private Path in = Path.of("");

    @Parameters(index = "1", paramLabel = "OUT.npy", description = "Where the coordinates go, float32.")
    private Path out = Path.of("");

    @Option(names = "--components", required = true, paramLabel = "K", description = "How many.")
    private int components;

    @Option(names = "--whiten", description = "Divides every coordinate by its deviation.")
    private boolean whiten;

    @Option(names = "--threads", paramLabel = "N", description = "How many threads (default: one a processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--json", description = "Ends standard output with one line of JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        NpyFiles.checkWritable(out, spec.commandLine());
        var watch = new Stopwatch();
        int[] shape = NpyFiles.shape(in);
        Pca.warmUp(shape[0], shape[1], threads);
        Matrix points = NpyFiles.read(in);
        watch.end("read");
        Pca.Fitted fitted = fitted(points);
        Pca pca = fitted.pca();
        Matrix coordinates = whiten ? pca.whitening().transform(points, threads) : fitted.coordinates();
        watch.end("pca");
        Npy.write(out, coordinates);
        watch.end("write");
        double explained = Arrays.stream(pca.ratios()).sum();
        if (json) {
            var line = new LinkedHashMap<String, Object>();
            line.put("components", components);
            line.put("variances", pca.variances());
            line.put("ratios", pca.ratios());
            line.put("explained", explained);
            line.put("threads", threads);
            line.put("peakMemoryMb", Stopwatch.peakMemory());
            line.put("seconds", watch.seconds());
            spec.commandLine().getOut().println(ResultJson.text(line));
        } else {
            spec.commandLine()
                    .getOut()
                    .println(String.format(
                            Locale.ROOT,
                            "%d components of %,d × %,d points hold %.2f %% of the variance; written to %s",
                            components,
                            points.rows(),
                            points.columns(),
                            100 * explained,
                            out));
        }
        return 0;
    }

    private Pca.Fitted fitted(Matrix points) {
        try {
            return Pca.fitTransform(points, components, threads);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), in + ": " + e.getMessage(), e);
        }
    }
}
