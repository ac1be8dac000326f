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
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Runs an hour of {@code mnist-weight-decay}: Fathom with one run at a time and with one a processor, its default, and a plain
 * loop in PyTorch for Python with one thread, with one a processor, and with what PyTorch chooses if nobody says. Each is a
 * process of its own, in turns, and does the same work: every run has all epochs, and an evaluation of validation and test
 * examples after each; Fathom's also write their checkpoints. Arguments: epochs, runs a turn, rounds.
 *
 * <p>A turn is measured twice, with one epoch and with as many as asked; their difference is what the epochs up to 40 are
 * counted at. So what happens once (the start of the process, loading, compiling) counts once, and is shown.
 */
public final class StudyBench {
    private static final String NAME = "mnist-weight-decay";
    private static final int WHOLE = 40;
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private StudyBench() {}

    /** One contestant; epochs and runs are added to its command. */
    private record Side(String name, List<String> command) {}

    /**
     * What a process took.
     *
     * @param seconds by the clock, from before its start to after its end
     * @param processorSeconds of all its threads together
     */
    private record Time(double seconds, double processorSeconds, double accuracy) {
        /** The line through two times, at a number of epochs. */
        static Time at(int epochs, Time one, Time many, int manyEpochs) {
            double share = (epochs - 1.0) / (manyEpochs - 1);
            return new Time(
                    one.seconds + share * (many.seconds - one.seconds),
                    one.processorSeconds + share * (many.processorSeconds - one.processorSeconds),
                    many.accuracy);
        }
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments[0].equals("fathom")) {
            train(number(arguments[1]), number(arguments[2]), number(arguments[3]));
            return;
        }
        int epochs = number(arguments[0]);
        int runs = number(arguments[1]);
        if (epochs < 2) {
            throw new IllegalArgumentException("epochs must be at least 2, which one epoch is compared with, got 1");
        }
        var sides = List.of(
                new Side("fathom, 1 job", fathom(1)),
                new Side("fathom, %d jobs (default)".formatted(PROCESSORS), fathom(PROCESSORS)),
                new Side("torch, 1 thread", torch(1)),
                new Side("torch, %d threads".formatted(PROCESSORS), torch(PROCESSORS)),
                new Side("torch, default threads", torch(0)));
        var hours = new ArrayList<double[]>();
        for (int round = 0; round < number(arguments[2]); round++) {
            double[] hour = new double[sides.size()];
            for (int i = 0; i < hour.length; i++) {
                Time one = time(sides.get(i), 1, runs);
                Time many = time(sides.get(i), epochs, runs);
                Time whole = Time.at(WHOLE, one, many, epochs);
                hour[i] = 3600 * runs / whole.seconds();
                System.out.printf(
                        Locale.ROOT,
                        "round %d  %-24s %8.2f runs of %d epochs an hour  %8.1f processor seconds a run  start %5.1f s  accuracy %.4f%n",
                        round,
                        sides.get(i).name(),
                        hour[i],
                        WHOLE,
                        whole.processorSeconds() / runs,
                        Time.at(0, one, many, epochs).seconds(),
                        whole.accuracy());
            }
            hours.add(hour);
        }
        System.out.printf(Locale.ROOT, "%d jobs to one: %.2f%n", PROCESSORS, ratio(hours, 0));
        System.out.printf(Locale.ROOT, "%d jobs to torch as it comes: %.2f%n", PROCESSORS, ratio(hours, 4));
        System.out.printf(Locale.ROOT, "%d jobs to the best of torch: %.2f%n", PROCESSORS, ratio(hours, 2, 3, 4));
    }

    private static int number(String argument) {
        return Integer.parseInt(argument);
    }

    /** Median over the rounds of Fathom's default to the best of some others in the same round. */
    private static double ratio(List<double[]> hours, int... others) {
        double[] ratios = hours.stream()
                .mapToDouble(hour -> hour[1]
                        / IntStream.of(others)
                                .mapToDouble(other -> hour[other])
                                .max()
                                .orElseThrow())
                .sorted()
                .toArray();
        return (ratios[ratios.length / 2] + ratios[(ratios.length - 1) / 2]) / 2;
    }

    private static List<String> fathom(int jobs) {
        var command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), StudyBench.class.getName(), "fathom", "" + jobs));
        return command;
    }

    /** @param threads 0 for those that PyTorch chooses */
    private static List<String> torch(int threads) throws IOException {
        Path folder = DataPlaces.here(Optional.empty()).folders().stream()
                .map(place -> place.resolve("mnist"))
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> new IOException("no folder of data holds mnist: fathom data fetch mnist"));
        return List.of("/usr/bin/python3", System.getProperty("bench.peer"), folder.toString(), "" + threads);
    }

    private static Time time(Side side, int epochs, int runs) throws IOException, InterruptedException {
        var command = new ArrayList<>(side.command());
        command.addAll(List.of("" + epochs, "" + runs));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeIf(key -> key.startsWith("OPENBLAS_") || key.equals("OMP_NUM_THREADS"));
        long begin = System.nanoTime();
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(side.name() + " did not finish; its own words are above");
        }
        double seconds = (System.nanoTime() - begin) * 1e-9;
        String[] parts = said.strip().split(" ", -1);
        return new Time(seconds, Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
    }

    /** What the child does: prints processor seconds and mean accuracy. */
    private static void train(int jobs, int epochs, int runs) throws IOException {
        Path folder = Files.createTempDirectory("study");
        try {
            var experiment = ExperimentDocument.changed(
                    cut(Experiments.find(NAME).orElseThrow(), runs), List.of("epochs=" + epochs));
            List<Standing> standings = Sweep.run(
                    experiment,
                    new RunStore(folder),
                    DataPlaces.here(Optional.empty()),
                    new Sweep.Plan(jobs, List.of()),
                    news -> {},
                    () -> false);
            double accuracy = standings.stream()
                    .map(standing -> standing.summary().flatMap(Summary::test).orElseThrow())
                    .mapToDouble(test -> test.accuracy().orElseThrow())
                    .average()
                    .orElseThrow();
            var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
            System.out.println(system.getProcessCpuTime() * 1e-9 + " " + accuracy);
        } finally {
            delete(folder);
        }
    }

    /** The first variants with as many seeds as make so many runs. */
    private static Experiment cut(Experiment experiment, int runs) {
        int variants = Math.min(runs, experiment.variants().size());
        if (runs % variants != 0) {
            throw new IllegalArgumentException("runs must be below 5 or a multiple of 5, got " + runs);
        }
        return experiment
                .withVariants(experiment.variants().subList(0, variants))
                .withSeeds(LongStream.range(0, runs / variants).toArray());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
