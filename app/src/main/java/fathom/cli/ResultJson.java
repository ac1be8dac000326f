package fathom.cli;

import fathom.run.Run;
import fathom.train.Metrics;
import fathom.train.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What commands print with {@code --json}: one line, missing parts null. */
final class ResultJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ResultJson() {}

    /** The beginning of a line: the run, and the checkpoint if one was chosen. */
    static Map<String, @Nullable Object> about(Run run) {
        var line = new LinkedHashMap<String, @Nullable Object>();
        line.put("run", run.folder().toString());
        run.chosen().ifPresent(checkpoint -> line.put("checkpoint", checkpoint.toString()));
        return line;
    }

    static String of(Run run, Outcome outcome) {
        var line = about(run);
        line.put("experiment", run.spec().experiment());
        line.put("epochs", outcome.epochs());
        line.put("steps", outcome.steps());
        line.put("train", metrics(outcome.train()));
        line.put("validation", metrics(outcome.validation()));
        line.put("test", metrics(outcome.test()));
        line.put("imagesPerSecond", outcome.imagesPerSecond());
        line.put("seconds", outcome.seconds());
        return text(line);
    }

    /** Any plain value as one line. */
    static String text(Object value) {
        return JSON.writeValueAsString(value);
    }

    /** Loss, and accuracy of a classifier, or the divergence and the rest of an autoencoder's loss. */
    static @Nullable Map<String, Double> metrics(Optional<Metrics> metrics) {
        return metrics.map(m -> {
                    var map = new LinkedHashMap<String, Double>();
                    map.put("loss", m.loss());
                    m.accuracy().ifPresent(accuracy -> map.put("accuracy", accuracy));
                    m.reconstruction().ifPresent(reconstruction -> map.put("reconstruction", reconstruction));
                    m.divergence().ifPresent(divergence -> map.put("divergence", divergence));
                    return map;
                })
                .orElse(null);
    }
}
