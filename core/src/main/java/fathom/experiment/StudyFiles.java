package fathom.experiment;

import fathom.experiment.Study.Against;
import fathom.experiment.Study.One;
import fathom.experiment.Study.Row;
import fathom.inspect.PairedTest;
import fathom.inspect.Spread;
import fathom.run.Summary;
import fathom.train.Metrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A study as JSON and CSV: every number in full, the same in both. {@code docs/formats.md} says what is in them. */
public final class StudyFiles {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String LINE_END = "\r\n";

    private StudyFiles() {}

    /** One line. */
    public static String json(Study study) {
        var line = new LinkedHashMap<String, @Nullable Object>();
        line.put("experiment", study.experiment().name());
        line.put("question", study.experiment().question());
        line.put("measure", camel(study.measure()));
        line.put("verdict", study.verdict());
        line.put("notes", study.notes());
        line.put("best", name(study, study.best()));
        line.put("reference", name(study, study.reference()));
        line.put("variants", study.rows().stream().map(row -> row(study, row)).toList());
        line.put(
                "tests",
                study.tests().stream().map(each -> against(study, each)).toList());
        return JSON.writeValueAsString(line);
    }

    private static @Nullable String name(Study study, OptionalInt row) {
        return row.isPresent() ? study.rows().get(row.getAsInt()).variant().name() : null;
    }

    private static Map<String, @Nullable Object> row(Study study, Row row) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        map.put("variant", row.variant().name());
        put(map, row.spread());
        map.put("seconds", row.cost().map(Study.Cost::seconds).orElse(null));
        map.put("imagesPerSecond", row.cost().map(Study.Cost::imagesPerSecond).orElse(null));
        map.put("runs", row.runs().stream().map(StudyFiles::one).toList());
        map.put(
                "curve",
                Curve.measured(row, study.measure()).points().stream()
                        .map(StudyFiles::point)
                        .toList());
        return map;
    }

    private static Map<String, @Nullable Object> point(Curve.Point point) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        map.put("epoch", point.epoch());
        put(map, Optional.of(point.spread()));
        return map;
    }

    /** n, mean, deviation and interval; all null if there are none. */
    private static void put(Map<String, @Nullable Object> map, Optional<Spread> spread) {
        var width = spread.flatMap(Spread::width);
        map.put("n", spread.map(Spread::n).orElse(0));
        map.put("mean", spread.map(Spread::mean).orElse(null));
        map.put("deviation", width.map(Spread.Width::deviation).orElse(null));
        map.put("low", width.map(Spread.Width::low).orElse(null));
        map.put("high", width.map(Spread.Width::high).orElse(null));
    }

    private static Map<String, @Nullable Object> one(One one) {
        var standing = one.standing();
        var map = new LinkedHashMap<String, @Nullable Object>();
        map.put("seed", one.seed());
        map.put("state", camel(standing.state()));
        map.put("message", standing.message());
        map.put("run", standing.run().map(run -> run.folder().toString()).orElse(null));
        map.put("value", one.value().orElse(null));
        map.put("epochs", standing.epochs());
        map.put("bestEpoch", standing.summary().map(Summary::bestEpoch).orElse(null));
        map.put("validationLoss", number(standing, Summary::validation, metrics -> Optional.of(metrics.loss())));
        map.put("validationAccuracy", number(standing, Summary::validation, Metrics::accuracy));
        map.put("testLoss", number(standing, Summary::test, metrics -> Optional.of(metrics.loss())));
        map.put("testAccuracy", number(standing, Summary::test, Metrics::accuracy));
        map.put("seconds", standing.summary().map(Summary::seconds).orElse(null));
        map.put(
                "imagesPerSecond",
                standing.summary().map(Summary::imagesPerSecond).orElse(null));
        return map;
    }

    private static @Nullable Double number(
            Standing standing, Function<Summary, Optional<Metrics>> split, Function<Metrics, Optional<Double>> what) {
        return standing.summary().flatMap(split).flatMap(what).orElse(null);
    }

    private static Map<String, @Nullable Object> against(Study study, Against against) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        map.put("variant", study.rows().get(against.row()).variant().name());
        put(map, Optional.of(against.test().difference()));
        map.put("t", against.test().outcome().map(PairedTest.Outcome::t).orElse(null));
        map.put("p", against.test().outcome().map(PairedTest.Outcome::p).orElse(null));
        map.put("holm", against.corrected().orElse(null));
        return map;
    }

    /** One row a variant, RFC 4180. */
    public static String variantsCsv(Study study) {
        var header = List.of(
                "variant",
                "n",
                "mean",
                "deviation",
                "low",
                "high",
                "seconds",
                "imagesPerSecond",
                "difference",
                "differenceDeviation",
                "differenceLow",
                "differenceHigh",
                "pairs",
                "t",
                "p",
                "holm");
        var out = new StringBuilder(String.join(",", header)).append(LINE_END);
        for (int i = 0; i < study.rows().size(); i++) {
            int place = i;
            Map<String, @Nullable Object> row = row(study, study.rows().get(i));
            Map<String, @Nullable Object> test = study.tests().stream()
                    .filter(each -> each.row() == place)
                    .findFirst()
                    .map(each -> against(study, each))
                    .orElse(new LinkedHashMap<>());
            var cells = new ArrayList<String>();
            List.of("variant", "n", "mean", "deviation", "low", "high", "seconds", "imagesPerSecond")
                    .forEach(key -> cells.add(cell(row.get(key))));
            List.of("mean", "deviation", "low", "high", "n", "t", "p", "holm")
                    .forEach(key -> cells.add(cell(test.get(key))));
            out.append(String.join(",", cells)).append(LINE_END);
        }
        return out.toString();
    }

    /** One row a run, RFC 4180. */
    public static String runsCsv(Study study) {
        var out = new StringBuilder();
        for (Row row : study.rows()) {
            for (One one : row.runs()) {
                Map<String, @Nullable Object> map = one(one);
                if (out.isEmpty()) {
                    out.append("variant,")
                            .append(String.join(",", map.keySet()))
                            .append(LINE_END);
                }
                var cells = new ArrayList<String>(List.of(cell(row.variant().name())));
                map.values().forEach(value -> cells.add(cell(value)));
                out.append(String.join(",", cells)).append(LINE_END);
            }
        }
        return out.toString();
    }

    /** A field; text that a spreadsheet would take for a formula gets an apostrophe. */
    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        if (value instanceof String && text.matches("(?s)[=+\\-@\t\r].*")) {
            text = "'" + text;
        }
        return text.matches("[^,\"\r\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }

    private static String camel(Enum<?> constant) {
        String[] words = constant.name().toLowerCase(Locale.ROOT).split("_", -1);
        var name = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            name.append(words[i].substring(0, 1).toUpperCase(Locale.ROOT)).append(words[i].substring(1));
        }
        return name.toString();
    }
}
