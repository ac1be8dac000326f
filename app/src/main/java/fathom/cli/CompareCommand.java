package fathom.cli;

import fathom.inspect.Comparison;
import fathom.inspect.McNemar;
import fathom.report.CompareReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fathom compare}. */
@Command(
        name = "compare",
        description = "Puts runs beside each other: specs, curves, accuracy with a paired test, where they disagree.",
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
    private static final int INTERVAL = 2;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "2..*", paramLabel = "RUN", description = Places.RUN)
    private List<String> runs = new ArrayList<>();

    @Option(names = "--out", paramLabel = "DIR", description = "Where compare.html goes (default: comparison).")
    private Path out = Path.of("comparison");

    @Mixin
    private Places places;

    @Option(names = "--json", description = "Ends standard output with one line of JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        var chosen = runs.stream().map(places::run).toList();
        Folders.requireWritable(spec, out);
        var err = spec.commandLine().getErr();
        var written = CompareReport.write(chosen, places.data(), out, what -> err.println(what + " ..."));
        var console = spec.commandLine().getOut();
        if (json) {
            console.println(json(written));
        } else {
            console.println(runs(written.comparison()));
            console.print(tests(written.comparison()));
            console.println(written.page());
        }
        written.comparison().entries().stream()
                .filter(entry -> !entry.note().isEmpty())
                .forEach(entry -> err.println(entry.run().id() + " could not be tested: " + entry.note()));
        return 0;
    }

    private static String runs(Comparison comparison) {
        boolean tested =
                comparison.entries().stream().anyMatch(entry -> entry.answers().isPresent());
        var heads = List.of("run", "test", "95 % interval", "epochs", "seconds an epoch", "parameters");
        var table = new Table(kept(heads, tested));
        for (Comparison.Entry entry : comparison.entries()) {
            var accuracy = entry.answers().map(answers -> answers.accuracy());
            var cells = List.of(
                    entry.run().id(),
                    accuracy.map(a -> format("%.2f %%", 100 * a.share()))
                            .or(() -> entry.test().map(MetricsWords::cell))
                            .orElse(""),
                    accuracy.map(a -> format("%.2f", 100 * a.low()) + " – " + format("%.2f", 100 * a.high()))
                            .orElse(""),
                    String.valueOf(entry.history().epochs().size()),
                    format("%.1f", entry.history().secondsPerEpoch()),
                    format("%,d", entry.parameters()));
            table.row(kept(cells, tested));
        }
        return table.text();
    }

    /** Without the interval if no run has one, since none is a classifier. */
    private static String[] kept(List<String> cells, boolean tested) {
        return IntStream.range(0, cells.size())
                .filter(column -> tested || column != INTERVAL)
                .mapToObj(cells::get)
                .toArray(String[]::new);
    }

    private static String tests(Comparison comparison) {
        var text = new StringBuilder();
        boolean isOne = comparison.tests().size() == 1;
        for (Comparison.Pair pair : comparison.tests()) {
            McNemar test = pair.test();
            text.append("%s against %s: %s and %s only one got right, McNemar's p %s%s%n"
                    .formatted(
                            comparison.entries().get(pair.first()).run().id(),
                            comparison.entries().get(pair.second()).run().id(),
                            test.onlyFirst(),
                            test.onlySecond(),
                            format("%.2g", test.p()),
                            isOne ? "" : format(", with Holm's correction %.2g", pair.corrected())));
        }
        return text.toString();
    }

    private static String json(CompareReport.Written written) {
        var comparison = written.comparison();
        var entries = new ArrayList<Map<String, @Nullable Object>>();
        for (Comparison.Entry entry : comparison.entries()) {
            var map = new LinkedHashMap<String, @Nullable Object>();
            map.put("run", entry.run().folder().toString());
            map.put("experiment", entry.spec().experiment());
            map.put(
                    "test",
                    entry.answers()
                            .map(answers -> Map.of(
                                    "accuracy", answers.accuracy().share(),
                                    "low", answers.accuracy().low(),
                                    "high", answers.accuracy().high()))
                            .orElseGet(() -> ResultJson.metrics(entry.test())));
            map.put("secondsPerEpoch", entry.history().secondsPerEpoch());
            entries.add(map);
        }
        var tests = new ArrayList<Map<String, Object>>();
        for (Comparison.Pair pair : comparison.tests()) {
            var map = new LinkedHashMap<String, Object>();
            map.put("runs", List.of(pair.first(), pair.second()));
            map.put("onlyFirst", pair.test().onlyFirst());
            map.put("onlySecond", pair.test().onlySecond());
            map.put("kind", pair.test().kind().name().toLowerCase(Locale.ROOT));
            map.put("p", pair.test().p());
            map.put("holm", pair.corrected());
            tests.add(map);
        }
        var line = new LinkedHashMap<String, Object>();
        line.put("runs", entries);
        line.put("tests", tests);
        line.put("report", written.page().toString());
        return ResultJson.text(line);
    }

    private static String format(String pattern, Object value) {
        return String.format(Locale.ROOT, pattern, value);
    }
}
