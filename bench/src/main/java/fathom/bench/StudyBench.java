package fathom.bench;

import com.sun.management.OperatingSystemMXBean;
import fathom.data.DataPlaces;
import fathom.experiment.Experiment;
import fathom.experiment.ExperimentDocument;
import fathom.experiment.Experiments;
import fathom.experiment.Standing;
import fathom.experiment.Sweep;
import fathom.run.RunStore;
import fathom.run.Summary;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Runs an hour of {@code mnist-weight-decay}: Fathom with one run at a time and with two, and a plain loop in PyTorch for Python
 * with one thread and with two, in turns. Each does the same work: every run has all epochs, and an evaluation of validation
 * and test examples after each; Fathom's also write their checkpoints. Arguments: epochs, runs a turn, rounds.
 */
public final class StudyBench {
    private static final String NAME = "mnist-weight-decay";
    private static final int WHOLE = 40;

    private final int epochs;
    private final int runs;
    private final DataPlaces places = DataPlaces.here(Optional.empty());

    private StudyBench(int epochs, int runs) {
        this.epochs = epochs;
        this.runs = runs;
    }

    /**
     * What one turn gave.
     *
     * @param processorSeconds of all threads together, for a run of 40 epochs
     */
    private record Turn(double runsAnHour, double processorSeconds, double accuracy) {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var bench = new StudyBench(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
        int rounds = Integer.parseInt(arguments[2]);
        bench.fathom(1, 1); // compiles
        var turns = new ArrayList<List<Turn>>(
                List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
        var names = List.of("fathom, 1 job", "fathom, 2 jobs", "torch, 1 thread", "torch, 2 threads");
        for (int round = 0; round < rounds; round++) {
            turns.get(0).add(bench.fathom(1, bench.runs));
            turns.get(1).add(bench.fathom(2, bench.runs));
            turns.get(2).add(bench.torch(1));
            turns.get(3).add(bench.torch(2));
            for (int i = 0; i < names.size(); i++) {
                Turn turn = turns.get(i).getLast();
                System.out.printf(
                        Locale.ROOT,
                        "round %d  %-16s %8.2f runs of %d epochs an hour  %8.1f processor seconds a run  accuracy %.4f%n",
                        round,
                        names.get(i),
                        turn.runsAnHour(),
                        WHOLE,
                        turn.processorSeconds(),
                        turn.accuracy());
            }
        }
        System.out.printf(Locale.ROOT, "two jobs to one: %.2f%n", ratio(turns.get(1), turns.get(0), turns.get(0)));
        System.out.printf(
                Locale.ROOT,
                "two jobs to the better of the plain loops: %.2f%n",
                ratio(turns.get(1), turns.get(2), turns.get(3)));
    }

    /** Median over the rounds of the first to the better of the two others in the same round. */
    private static double ratio(List<Turn> ours, List<Turn> one, List<Turn> other) {
        var ratios = new double[ours.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = ours.get(i).runsAnHour()
                    / Math.max(one.get(i).runsAnHour(), other.get(i).runsAnHour());
        }
        Arrays.sort(ratios);
        return (ratios[ratios.length / 2] + ratios[(ratios.length - 1) / 2]) / 2;
    }

    private Turn fathom(int jobs, int count) throws IOException {
        Path folder = Files.createTempDirectory("study");
        try {
            var built = Experiments.find(NAME).orElseThrow();
            var experiment = ExperimentDocument.changed(cut(built, count), List.of("epochs=" + epochs));
            long begin = System.nanoTime();
            long processor = processorNanos();
            List<Standing> standings = Sweep.run(
                    experiment, new RunStore(folder), places, new Sweep.Plan(jobs, List.of()), news -> {}, () -> false);
            double seconds = (System.nanoTime() - begin) * 1e-9;
            double accuracy = standings.stream()
                    .map(standing -> standing.summary().flatMap(Summary::test).orElseThrow())
                    .mapToDouble(test -> test.accuracy().orElseThrow())
                    .average()
                    .orElseThrow();
            return turn(seconds, (processorNanos() - processor) * 1e-9, standings.size(), accuracy);
        } finally {
            delete(folder);
        }
    }

    /** The first variants with as many seeds as make so many runs. */
    private static Experiment cut(Experiment experiment, int count) {
        int variants = Math.min(count, experiment.variants().size());
        if (count % variants != 0) {
            throw new IllegalArgumentException("runs must be below 5 or a multiple of 5, got " + count);
        }
        return experiment
                .withVariants(experiment.variants().subList(0, variants))
                .withSeeds(LongStream.range(0, count / variants).toArray());
    }

    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private Turn turn(double seconds, double processorSeconds, int count, double accuracy) {
        double share = (double) epochs / WHOLE;
        return new Turn(3600 * count / seconds * share, processorSeconds / count / share, accuracy);
    }

    private Turn torch(int threads) throws IOException, InterruptedException {
        Path folder = places.folders().stream()
                .map(place -> place.resolve("mnist"))
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> new IOException("no folder of data holds mnist: fathom data fetch mnist"));
        var builder = new ProcessBuilder(List.of(
                "/usr/bin/python3",
                System.getProperty("bench.peer"),
                folder.toString(),
                String.valueOf(epochs),
                String.valueOf(runs),
                String.valueOf(threads)));
        builder.environment().keySet().removeIf(key -> key.startsWith("OPENBLAS_"));
        builder.environment().put("OMP_NUM_THREADS", String.valueOf(threads));
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("the plain loop did not finish; its own words are above");
        }
        String[] parts = said.strip().split(" ", -1);
        return turn(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), runs, Double.parseDouble(parts[2]));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
