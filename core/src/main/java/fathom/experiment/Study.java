package fathom.experiment;

import fathom.inspect.History;
import fathom.inspect.Holm;
import fathom.inspect.InspectException;
import fathom.inspect.PairedTest;
import fathom.inspect.Spread;
import fathom.run.RunStore;
import fathom.run.StoreException;
import fathom.run.Summary;
import fathom.train.Metrics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * What an experiment has shown so far. All tables, charts and files take their numbers from here. Only whole runs count; none
 * is left out, none drawn by lot.
 *
 * @param measure what the numbers are
 * @param best the row with the best mean; empty if there is no whole run
 * @param reference the row that the others are tested against: the one that was asked for, or else the best
 * @param tests each other row that shares at least one whole seed with the reference
 * @param verdict what can be said, in a sentence or two
 * @param notes what one should know before believing it
 */
public record Study(
        Experiment experiment,
        Measure measure,
        List<Row> rows,
        OptionalInt best,
        OptionalInt reference,
        List<Against> tests,
        String verdict,
        List<String> notes) {

    /** What is measured of a run. */
    public enum Measure {
        /** Share of the test examples that the kept weights get right, 0 … 1; more is better. */
        TEST_ACCURACY("test accuracy"),
        /** Mean loss of the kept weights on the test examples; less is better. */
        TEST_LOSS("test loss");

        private final String words;

        Measure(String words) {
            this.words = words;
        }

        Optional<Double> of(Metrics metrics) {
            return switch (this) {
                case TEST_ACCURACY -> metrics.accuracy();
                case TEST_LOSS -> Optional.of(metrics.loss());
            };
        }

        public String words() {
            return words;
        }

        public boolean isMoreBetter() {
            return this == TEST_ACCURACY;
        }
    }

    /**
     * One run.
     *
     * @param value of the measure; empty unless the run is whole
     * @param history epoch by epoch, whole or not
     */
    public record One(Standing standing, Optional<Double> value, History history) {
        public long seed() {
            return standing.cell().seed();
        }
    }

    /**
     * One variant.
     *
     * @param runs one for each seed, in their order
     * @param spread of the measure over whole runs; empty if there is none
     * @param cost of a whole run
     */
    public record Row(Variant variant, List<One> runs, Optional<Spread> spread, Optional<Cost> cost) {
        public Row {
            runs = List.copyOf(runs);
        }

        /** The whole runs. */
        public List<One> whole() {
            return runs.stream().filter(run -> run.value().isPresent()).toList();
        }
    }

    /**
     * What a run of a variant costs: means over its whole runs, as they were trained, other runs beside them or not.
     *
     * @param imagesPerSecond of the training steps
     */
    public record Cost(double seconds, double imagesPerSecond) {}

    /**
     * A row against the reference, paired by seed.
     *
     * @param test of this row less the reference, over the seeds that both have
     * @param corrected p by Holm's correction over all rows that could be tested; empty where there is no p
     */
    public record Against(int row, PairedTest test, Optional<Double> corrected) {}

    public Study {
        rows = List.copyOf(rows);
        tests = List.copyOf(tests);
        notes = List.copyOf(notes);
    }

    /**
     * Reads the runs of an experiment.
     *
     * @param against the name of the variant to test the others against; empty for the best
     * @throws StoreException if the experiment's folder cannot be read
     * @throws InspectException if there is no such variant
     */
    public static Study of(Experiment experiment, RunStore store, Optional<String> against) {
        var ledger = new Ledger(store, experiment.name());
        var standings = experiment.variants().stream()
                .map(variant -> experiment.seeds().stream()
                        .map(seed -> ledger.look(new Cell(variant, seed)))
                        .toList())
                .toList();
        var measure = measure(standings);
        var rows = standings.stream().map(each -> row(each, measure)).toList();
        OptionalInt best = best(rows, measure);
        OptionalInt reference = against.isPresent() ? named(experiment, rows, against.get()) : best;
        var tests = reference.isPresent() ? tests(rows, reference.getAsInt()) : List.<Against>of();
        return new Study(
                experiment,
                measure,
                rows,
                best,
                reference,
                tests,
                Verdict.of(measure, rows, best, reference, tests),
                notes(rows, against));
    }

    /** Accuracy, unless there is a whole run without one. */
    private static Measure measure(List<List<Standing>> standings) {
        boolean hasAccuracy = standings.stream()
                .flatMap(List::stream)
                .filter(standing -> standing.state() == Standing.State.FINISHED)
                .flatMap(standing -> standing.summary().flatMap(Summary::test).stream())
                .allMatch(test -> Measure.TEST_ACCURACY.of(test).isPresent());
        return hasAccuracy ? Measure.TEST_ACCURACY : Measure.TEST_LOSS;
    }

    private static Row row(List<Standing> standings, Measure measure) {
        var runs = standings.stream().map(standing -> one(standing, measure)).toList();
        double[] values = runs.stream()
                .flatMap(run -> run.value().stream())
                .mapToDouble(v -> v)
                .toArray();
        var summaries = runs.stream()
                .filter(run -> run.value().isPresent())
                .flatMap(run -> run.standing().summary().stream())
                .toList();
        return new Row(
                standings.getFirst().cell().variant(),
                runs,
                values.length == 0 ? Optional.empty() : Optional.of(Spread.of(values)),
                summaries.isEmpty() ? Optional.empty() : Optional.of(cost(summaries)));
    }

    private static One one(Standing standing, Measure measure) {
        Optional<Double> value = standing.state() == Standing.State.FINISHED
                ? standing.summary().flatMap(Summary::test).flatMap(measure::of)
                : Optional.empty();
        return new One(standing, value, standing.run().map(History::of).orElse(new History(List.of())));
    }

    private static Cost cost(List<Summary> summaries) {
        return new Cost(
                summaries.stream().mapToDouble(Summary::seconds).average().orElseThrow(),
                summaries.stream()
                        .mapToDouble(Summary::imagesPerSecond)
                        .average()
                        .orElseThrow());
    }

    private static OptionalInt best(List<Row> rows, Measure measure) {
        return IntStream.range(0, rows.size())
                .filter(i -> rows.get(i).spread().isPresent())
                .reduce((a, b) -> isBetter(rows.get(b), rows.get(a), measure) ? b : a);
    }

    private static boolean isBetter(Row one, Row other, Measure measure) {
        double difference =
                one.spread().orElseThrow().mean() - other.spread().orElseThrow().mean();
        return measure.isMoreBetter() ? difference > 0 : difference < 0;
    }

    private static OptionalInt named(Experiment experiment, List<Row> rows, String name) {
        int place = experiment.variants().stream().map(Variant::name).toList().indexOf(name);
        if (place < 0) {
            throw new InspectException("there is no variant \"%s\"; there are %s"
                    .formatted(
                            name,
                            String.join(
                                    ", ",
                                    experiment.variants().stream()
                                            .map(Variant::name)
                                            .toList())));
        }
        return rows.get(place).spread().isPresent() ? OptionalInt.of(place) : OptionalInt.empty();
    }

    private static List<Against> tests(List<Row> rows, int reference) {
        var places = new ArrayList<Integer>();
        var tests = new ArrayList<PairedTest>();
        for (int i = 0; i < rows.size(); i++) {
            var pairs = pairs(rows.get(reference), rows.get(i));
            if (i != reference && pairs.size() > 0) {
                places.add(i);
                tests.add(PairedTest.of(
                        pairs.stream().mapToDouble(pair -> pair[0]).toArray(),
                        pairs.stream().mapToDouble(pair -> pair[1]).toArray()));
            }
        }
        var corrected = Holm.corrected(tests.stream()
                        .flatMap(test -> test.outcome().stream())
                        .map(PairedTest.Outcome::p)
                        .toList())
                .iterator();
        var against = new ArrayList<Against>();
        for (int i = 0; i < tests.size(); i++) {
            boolean hasP = tests.get(i).outcome().isPresent();
            against.add(
                    new Against(places.get(i), tests.get(i), hasP ? Optional.of(corrected.next()) : Optional.empty()));
        }
        return against;
    }

    /** The values of two rows for each seed that both have. */
    private static List<double[]> pairs(Row first, Row second) {
        var pairs = new ArrayList<double[]>();
        for (int i = 0; i < first.runs().size(); i++) {
            Optional<Double> one = first.runs().get(i).value();
            Optional<Double> other = second.runs().get(i).value();
            if (one.isPresent() && other.isPresent()) {
                pairs.add(new double[] {one.get(), other.get()});
            }
        }
        return pairs;
    }

    private static List<String> notes(List<Row> rows, Optional<String> against) {
        var notes = new ArrayList<String>();
        var standings = rows.stream()
                .flatMap(row -> row.runs().stream())
                .map(One::standing)
                .toList();
        long whole = rows.stream().mapToLong(row -> row.whole().size()).sum();
        if (whole < standings.size()) {
            notes.add("%d of %d runs are whole; only those count".formatted(whole, standings.size()));
        }
        rows.forEach(row -> notes.addAll(ended(row)));
        if (standings.stream().anyMatch(standing -> standing.state() == Standing.State.GIVEN_UP)) {
            notes.add("successive halving was used: variants that were given up early might have done better later");
        }
        int twins = standings.stream().mapToInt(Standing::twins).sum();
        if (twins > 0) {
            notes.add("%d more runs of the same specs are in the store and count nowhere".formatted(twins));
        }
        var engines = new HashSet<String>();
        standings.forEach(standing ->
                standing.run().ifPresent(run -> engines.add(run.spec().compute().engine())));
        if (engines.size() > 1) {
            notes.add("the runs are by different engines: "
                    + String.join(", ", engines.stream().sorted().toList()));
        }
        if (against.isEmpty() && rows.size() > 2) {
            notes.add("the tests are against the variant that came out best here, which flatters it a little");
        }
        return notes;
    }

    /** How runs of a variant ended that did not end well, the seeds of one reason together. */
    private static List<String> ended(Row row) {
        var seeds = new LinkedHashMap<String, List<String>>();
        for (One one : row.runs()) {
            String message = one.standing().message();
            String reason = switch (one.standing().state()) {
                case DIVERGED -> "diverged: " + message;
                case FAILED -> "failed: " + message;
                case GIVEN_UP -> message;
                case MISSING, INTERRUPTED, RUNNING, FINISHED -> "";
            };
            if (!reason.isEmpty()) {
                seeds.computeIfAbsent(reason, _ -> new ArrayList<>()).add(String.valueOf(one.seed()));
            }
        }
        return seeds.entrySet().stream()
                .map(entry -> "%s, %s %s: %s"
                        .formatted(
                                row.variant().name(),
                                entry.getValue().size() == 1 ? "seed" : "seeds",
                                String.join(", ", entry.getValue()),
                                entry.getKey()))
                .toList();
    }
}
