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
    }

    private final int threads;
    private final int rounds;
    private final double seconds;

    private TrainingBench(int threads, int rounds, double seconds) {
        this.threads = threads;
        this.rounds = rounds;
        this.seconds = seconds;
    }

    /** @param arguments engine, threads, rounds, seconds a round, then the networks (all if none) */
    public static void main(String[] arguments) throws IOException {
        var bench = new TrainingBench(
                Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), Double.parseDouble(arguments[3]));
        var networks = arguments.length > 4 ? List.of(arguments).subList(4, arguments.length) : BATCHES.keySet();
        try (var fathom = bench.java("fathom", FathomWorker.class, arguments[0]);
                var djl = bench.java("djl", DjlWorker.class);
                var python = new Peer("python", List.of("/usr/bin/python3", script()), bench.threads)) {
            System.out.printf(
                    Locale.ROOT,
                    "images/s, %d thread(s), median of %d rounds of %.1f s in turns; ratios by the clock and by processor time%n",
                    bench.threads,
                    bench.rounds,
                    bench.seconds);
            System.out.printf(
                    "%-20s%10s%10s%10s%10s%10s%10s%10s%n",
                    "network", "fathom", "djl", "python", "/djl", "/python", "cpu/djl", "cpu/py");
            var peers = List.of(fathom, djl, python);
            for (String network : networks) {
                bench.row(network, "fp32", peers);
                if (network.equals("deep-inception")) {
                    bench.row(network, "bf16", peers);
                }
            }
        }
    }

    /** Peers always train in fp32. */
    private void row(String network, String precision, List<Peer> peers) throws IOException {
        int batch = BATCHES.getOrDefault(network, 64);
        List<List<Peer.Speed>> speeds = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int round = -1; round < rounds; round++) { // round −1 warms up
            for (int i = 0; i < peers.size(); i++) {
                var speed = peers.get(i).run(new Job(network, batch, i == 0 ? precision : "fp32", threads, seconds));
                if (round >= 0) {
                    speeds.get(i).add(speed);
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%-20s%10.0f%10.0f%10.0f%10.2f%10.2f%10.2f%10.2f%n",
                precision.equals("fp32") ? network : network + " " + precision,
                median(speeds.get(0), Peer.Speed::wall),
                median(speeds.get(1), Peer.Speed::wall),
                median(speeds.get(2), Peer.Speed::wall),
                ratio(speeds.get(0), speeds.get(1), Peer.Speed::wall),
                ratio(speeds.get(0), speeds.get(2), Peer.Speed::wall),
                ratio(speeds.get(0), speeds.get(1), Peer.Speed::cpu),
                ratio(speeds.get(0), speeds.get(2), Peer.Speed::cpu));
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
