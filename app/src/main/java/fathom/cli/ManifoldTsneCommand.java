package fathom.cli;

import fathom.manifold.Embedding;
import fathom.manifold.Matrix;
import fathom.manifold.Method;
import fathom.manifold.Npy;
import fathom.manifold.Pca;
import fathom.manifold.Start;
import fathom.manifold.Tsne;
import fathom.manifold.Watch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fathom manifold tsne}. */
@Command(
        name = "tsne",
        description = "Makes a map of points on which near ones lie near each other (t-SNE).",
        mixinStandardHelpOptions = true,
        footer = {"", "Ctrl-C writes the map as it stands and ends with exit code 130."})
final class ManifoldTsneCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "IN.npy", description = "The points, one a row.")
    private Path in = Path.of("");

    @Parameters(index = "1", paramLabel = "OUT.npy", description = "Where the map goes, float32.")
    private Path out = Path.of("");

    @Option(
            names = "--perplexity",
            paramLabel = "X",
            description = "How many neighbours count, softly, for each point (default: ${DEFAULT-VALUE}).")
    private double perplexity = 30;

    @Option(names = "--iterations", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
    private int iterations = 1000;

    @Option(
            names = "--pca",
            paramLabel = "K",
            description = "Brings points of more dimensions to K principal components first; 0 leaves them"
                    + " (default: ${DEFAULT-VALUE}).")
    private int pca = 50;

    @Option(names = "--dims", paramLabel = "2|3", description = "Dimensions of the map (default: ${DEFAULT-VALUE}).")
    private int dims = 2;

    @Option(
            names = "--method",
            paramLabel = "M",
            description = "auto, exact or mesh; auto is exact for up to 2,000 points (default: auto).")
    private Method method = Method.AUTO;

    @Option(
            names = "--init",
            paramLabel = "pca|random|FILE.npy",
            description = "Where the points begin (default: ${DEFAULT-VALUE}).")
    private String init = "pca";

    @Option(
            names = "--learning-rate",
            paramLabel = "auto|X",
            description = "auto is the number of points, divided by the exaggeration while that lasts (default: auto).")
    private String learningRate = "auto";

    @Option(names = "--seed", paramLabel = "N", description = "Of the random start (default: ${DEFAULT-VALUE}).")
    private long seed = 42;

    @Option(names = "--threads", paramLabel = "N", description = "How many threads (default: one a processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--json", description = "Ends standard output with one line of JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        NpyFiles.checkWritable(out, spec.commandLine());
        Tsne tsne = settings();
        var watch = new Stopwatch();
        int[] shape = NpyFiles.shape(in);
        if (isReduced(shape[0], shape[1])) {
            Pca.warmUp(shape[0], shape[1], threads);
        }
        Matrix points = NpyFiles.read(in);
        watch.end("read");
        tsne.warmUp(points.rows());
        Embedding embedding = fitted(tsne, points, watch);
        Npy.write(out, embedding.map());
        watch.end("write");
        report(embedding, watch);
        return embedding.ending() == Embedding.Ending.CANCELLED ? Failures.INTERRUPTED : 0;
    }

    private Tsne settings() {
        if (pca < 0) {
            throw new ParameterException(spec.commandLine(), "--pca must not be negative, got " + pca);
        }
        try {
            Tsne tsne = Tsne.DEFAULT
                    .withDims(dims)
                    .withMethod(method)
                    .withPerplexity(perplexity)
                    .withIterations(iterations)
                    .withSeed(seed)
                    .withThreads(threads)
                    .withStart(start());
            OptionalDouble rate = rate();
            return rate.isPresent() ? tsne.withLearningRate(rate.getAsDouble()) : tsne;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private Start start() {
        return switch (init) {
            case "pca" -> new Start.Principal();
            case "random" -> new Start.Random();
            default -> new Start.Given(NpyFiles.read(Path.of(init)));
        };
    }

    private OptionalDouble rate() {
        if (learningRate.equals("auto")) {
            return OptionalDouble.empty();
        }
        try {
            return OptionalDouble.of(Double.parseDouble(learningRate));
        } catch (NumberFormatException e) {
            throw new ParameterException(
                    spec.commandLine(), "--learning-rate is auto or a number; got " + learningRate, e);
        }
    }

    private Embedding fitted(Tsne tsne, Matrix points, Stopwatch watch) {
        var err = spec.commandLine().getErr();
        try (var progress = new MapProgress(err, ProgressDisplay.isTerminal(), iterations)) {
            Matrix reduced = reduced(points);
            watch.end("pca");
            err.println(String.format(
                    Locale.ROOT,
                    "%,d points of %,d dimensions, about %,d MB to work in",
                    reduced.rows(),
                    reduced.columns(),
                    tsne.memory(reduced.rows(), reduced.columns()) >> 20));
            err.flush();
            Embedding embedding =
                    tsne.fit(reduced, new Watch(progress.every(), progress::show, Interruption.listening(err)));
            watch.skip();
            watch.add("pca", embedding.seconds().start());
            watch.add("neighbours", embedding.seconds().neighbors());
            watch.add("affinities", embedding.seconds().affinities());
            watch.add("optimise", embedding.seconds().optimise());
            return embedding;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), in + ": " + e.getMessage(), e);
        }
    }

    private Matrix reduced(Matrix points) {
        if (!isReduced(points.rows(), points.columns())) {
            return points;
        }
        return Pca.fitTransform(points, pca, threads).coordinates();
    }

    private boolean isReduced(int rows, int columns) {
        return pca > 0 && columns > pca && rows > pca;
    }

    private void report(Embedding embedding, Stopwatch watch) {
        var console = spec.commandLine().getOut();
        if (json) {
            var line = new LinkedHashMap<String, Object>();
            line.put("kl", embedding.kl());
            line.put("iterations", embedding.iterations());
            line.put("method", embedding.method().name().toLowerCase(Locale.ROOT));
            line.put("perplexity", embedding.perplexity());
            line.put("threads", threads);
            line.put("peakMemoryMb", Stopwatch.peakMemory());
            line.put("seconds", watch.seconds());
            console.println(ResultJson.text(line));
        } else {
            console.println(String.format(
                    Locale.ROOT,
                    "KL %.4f after %d iterations (%s method); written to %s",
                    embedding.kl(),
                    embedding.iterations(),
                    embedding.method().name().toLowerCase(Locale.ROOT),
                    out));
        }
    }
}
