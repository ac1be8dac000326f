package fathom.cli;

import fathom.manifold.Matrix;
import fathom.manifold.Quality;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fathom manifold quality}. */
@Command(
        name = "quality",
        description = "Measures how well a map shows its points, over all pairs.",
        mixinStandardHelpOptions = true)
final class ManifoldQualityCommand implements Callable<Integer> {
    private static final int NEAR = 10;
    private static final int TRUSTED = 12;
    private static final int LEAST = 3;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "IN.npy", description = "The points, one a row.")
    private Path in = Path.of("");

    @Parameters(index = "1", paramLabel = "MAP.npy", description = "Their map, one row a point, 2 or 3 columns.")
    private Path mapFile = Path.of("");

    @Option(names = "--labels", paramLabel = "LABELS.npy", description = "One whole number a point.")
    private @Nullable Path labels;

    @Option(names = "--perplexity", paramLabel = "X", description = "For KL (default: ${DEFAULT-VALUE}).")
    private double perplexity = 30;

    @Option(names = "--threads", paramLabel = "N", description = "How many threads (default: one a processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--json", description = "Prints one line of JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Matrix points = NpyFiles.read(in);
        Matrix map = NpyFiles.read(mapFile);
        int[] kinds = kinds(map.rows());
        if (points.rows() < LEAST) {
            throw new ParameterException(
                    spec.commandLine(),
                    "%s: quality is of at least %d points, got %d".formatted(in, LEAST, points.rows()));
        }
        Map<String, Double> measures;
        try {
            measures = measures(points, map, kinds);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(ResultJson.text(measures));
        } else {
            for (Map.Entry<String, Double> measure : measures.entrySet()) {
                out.println(String.format(Locale.ROOT, "%-18s %.4f", measure.getKey(), measure.getValue()));
            }
        }
        return 0;
    }

    /** Read and counted before the work; none without --labels. */
    private int[] kinds(int points) {
        int[] kinds = labels == null ? new int[0] : NpyFiles.readLabels(labels);
        if (labels != null && kinds.length != points) {
            throw new ParameterException(
                    spec.commandLine(), "%s has %,d labels for %,d points".formatted(labels, kinds.length, points));
        }
        return kinds;
    }

    /** Of few points as many neighbours count as there can be; the names tell how many. */
    private Map<String, Double> measures(Matrix points, Matrix map, int[] kinds) {
        int near = Math.min(NEAR, points.rows() - 1);
        int trusted = Math.min(TRUSTED, (points.rows() - 1) / 2);
        var measures = new LinkedHashMap<String, Double>();
        measures.put("kl", Quality.divergence(points, map, perplexity, threads));
        measures.put("trustworthiness" + trusted, Quality.trustworthiness(points, map, trusted, threads));
        measures.put("continuity" + trusted, Quality.continuity(points, map, trusted, threads));
        measures.put("recall" + near, Quality.recall(points, map, near, threads));
        if (labels != null) {
            measures.put("labelAccuracy" + near, Quality.labelAccuracy(map, kinds, near, threads));
        }
        return measures;
    }
}
