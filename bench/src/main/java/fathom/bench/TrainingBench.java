package fathom.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Images a second of a whole training step: batch to the engine, forward, loss, backward, Adam. Fathom, DJL and PyTorch
 * take turns on each network, round after round, so that whatever else the machine does slows all of them alike; the
 * table shows medians over the rounds.
 */
public final class TrainingBench {
    private static final Map<String, Integer> BATCHES = new LinkedHashMap<>();

    static {
        BATCHES.put("mlp", 256);
        BATCHES.put("lenet", 256);
        BATCHES.put("digits-cnn", 256);
        BATCHES.put("lenet-wide", 256);
        BATCHES.put("deep-inception", 64);
        BATCHES.put("vae-dense", 128);
        BATCHES.put("vae-conv", 128);
        BATCHES.put("vae-faces-64", 64);
    }

    private final String mode;
    private final int threads;
    private final int rounds;
    private final double seconds;

    private TrainingBench(String mode, int threads, int rounds, double seconds) {
        this.mode = mode;
        this.threads = threads;
        this.rounds = rounds;
        this.seconds = seconds;
    }

    /** @param arguments train or infer, threads, rounds, seconds a round, then the networks (all if none) */
    public static void main(String[] arguments) throws IOException {
        var bench = new TrainingBench(
                arguments[0],
                Integer.parseInt(arguments[1]),
                Integer.parseInt(arguments[2]),
                Double.parseDouble(arguments[3]));
        var networks = arguments.length > 4 ? List.of(arguments).subList(4, arguments.length) : BATCHES.keySet();
        try (var vector = bench.java("vector", FathomWorker.class, "vector");
                var torch = bench.java("torch", FathomWorker.class, "torch");
                var djl = bench.java("djl", DjlWorker.class);
                var python = new Peer("python", List.of("/usr/bin/python3", script()), bench.threads)) {
            // DJL has no worker that only infers.
            var peers =
                    bench.mode.equals("train") ? List.of(vector, torch, djl, python) : List.of(vector, torch, python);
            System.out.printf(
                    Locale.ROOT,
                    "images/s to %s, %d thread(s), median of %d rounds of %.1f s in turns; ratios of vector to each, by the clock and by processor time%n",
                    bench.mode,
                    bench.threads,
                    bench.rounds,
                    bench.seconds);
            var header = new StringBuilder("%-20s".formatted("network"));
            peers.forEach(peer -> header.append("%10s".formatted(peer.name())));
            peers.stream().skip(1).forEach(peer -> header.append("%10s%10s".formatted("/" + peer.name(), "cpu")));
            System.out.println(header);
            for (String network : networks) {
                bench.row(network, peers);
            }
        }
    }

    private void row(String network, List<Peer> all) throws IOException {
        // DJL has no worker that draws codes.
        boolean isAutoencoder = new Job(network, 0, "", "", 0, 0).isAutoencoder();
        var peers = all.stream()
                .filter(peer -> !(isAutoencoder && peer.name().equals("djl")))
                .toList();
        int batch = BATCHES.getOrDefault(network, 64);
        var speeds = new ArrayList<List<Peer.Speed>>();
        peers.forEach(_ -> speeds.add(new ArrayList<>()));
        for (int round = -1; round < rounds; round++) { // round −1 warms up
            for (int i = 0; i < peers.size(); i++) {
                var speed = peers.get(i).run(new Job(network, batch, "fp32", mode, threads, seconds));
                if (round >= 0) {
                    speeds.get(i).add(speed);
                }
            }
        }
        var line = new StringBuilder("%-20s".formatted(network));
        speeds.forEach(speed -> line.append(String.format(Locale.ROOT, "%10.0f", median(speed, Peer.Speed::wall))));
        for (int i = 1; i < peers.size(); i++) {
            line.append(String.format(
                    Locale.ROOT,
                    isAutoencoder ? "  " + peers.get(i).name() + " %.2f, cpu %.2f" : "%10.2f%10.2f",
                    ratio(speeds.getFirst(), speeds.get(i), Peer.Speed::wall),
                    ratio(speeds.getFirst(), speeds.get(i), Peer.Speed::cpu)));
        }
        System.out.println(line);
    }

    /** The median over rounds of the ratio within a round, which noise from outside moves least. */
    private static double ratio(List<Peer.Speed> ours, List<Peer.Speed> theirs, ToDoubleFunction<Peer.Speed> speed) {
        return median(IntStream.range(0, ours.size())
                .mapToDouble(i -> speed.applyAsDouble(ours.get(i)) / speed.applyAsDouble(theirs.get(i))));
    }

    private static double median(List<Peer.Speed> speeds, ToDoubleFunction<Peer.Speed> speed) {
        return median(speeds.stream().mapToDouble(speed));
    }

    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private Peer java(String name, Class<?> main, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "--enable-native-access=ALL-UNNAMED",
                "--add-modules",
                "jdk.incubator.vector",
                "-XX:+UseG1GC",
                "-XX:-BackgroundCompilation",
                "-Xmx2g",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new Peer(name, command, threads);
    }

    private static String script() {
        return System.getProperty("bench.python");
    }
}
