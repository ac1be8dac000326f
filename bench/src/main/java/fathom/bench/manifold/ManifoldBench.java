package fathom.bench.manifold;

import fathom.manifold.Matrix;
import fathom.manifold.Neighbors;
import fathom.manifold.Npy;
import fathom.manifold.Pca;
import fathom.manifold.Tsne;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Seconds and arithmetic a second on one table of points, Fathom and scikit-learn in turns. Arguments: a .npy file, a task
 * (pca, neighbours, tsne or bandwidth), threads, rounds.
 */
public final class ManifoldBench {
    private static final int COMPONENTS = 50;
    private static final int NEIGHBOURS = 90;

    private ManifoldBench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path file = Path.of(arguments[0]);
        String task = arguments[1];
        int threads = Integer.parseInt(arguments[2]);
        int rounds = Integer.parseInt(arguments[3]);
        Matrix points = Npy.read(file);
        String form = "%-8s %-12s %8.3f s  %s%n";
        for (int round = 0; round < rounds; round++) {
            long begin = System.nanoTime();
            double work = run(points, task, threads);
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.out.printf(Locale.ROOT, form, "round " + round, "fathom", seconds, rate(work, seconds, task));
            if (!task.equals("bandwidth")) {
                double peer = peer(file, task, threads);
                System.out.printf(Locale.ROOT, form, "", "scikit-learn", peer, "× %.1f".formatted(peer / seconds));
            }
        }
    }

    private static String rate(double work, double seconds, String task) {
        if (work == 0) {
            return "";
        }
        String unit = task.equals("bandwidth") ? "GB/s" : "GFLOP/s";
        return String.format(Locale.ROOT, "%.1f %s", work / seconds / 1e9, unit);
    }

    /** Does the task; how many floating-point operations (or bytes) it takes at least, 0 where that says nothing. */
    private static double run(Matrix points, String task, int threads) {
        double n = points.rows();
        double d = points.columns();
        return switch (task) {
            case "pca" -> {
                Pca.fitTransform(points, COMPONENTS, threads);
                double small = Math.min(n, d);
                yield n * d * small + 2 * n * d * COMPONENTS;
            }
            case "neighbours" -> {
                Neighbors.among(points, NEIGHBOURS, threads);
                yield n * n / 2 * d * 3;
            }
            case "tsne" -> {
                Tsne.DEFAULT.withThreads(threads).fit(points);
                yield 0;
            }
            case "bandwidth" -> {
                float sum = 0;
                for (float value : points.values()) {
                    sum = Math.max(sum, value);
                }
                yield Float.isNaN(sum) ? 0 : 4 * n * d;
            }
            default -> throw new IllegalArgumentException("pca, neighbours, tsne or bandwidth, got " + task);
        };
    }

    private static double peer(Path file, String task, int threads) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(
                List.of("/usr/bin/python3", "-W", "ignore", System.getProperty("bench.peer"), file.toString(), task));
        builder.environment().put("OMP_NUM_THREADS", String.valueOf(threads));
        builder.environment().put("OPENBLAS_NUM_THREADS", String.valueOf(threads));
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("scikit-learn did not finish " + task);
        }
        return Double.parseDouble(said.strip());
    }
}
