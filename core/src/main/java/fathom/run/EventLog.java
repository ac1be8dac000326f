package fathom.run;

import fathom.config.Json;
import fathom.train.Event;
import fathom.train.Metrics;
import fathom.train.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/**
 * The lines of {@code events.jsonl}. Each is a JSON object that ends in {@code ,"crc32c":"xxxxxxxx"}}: the CRC-32C, in eight
 * hexadecimal digits, of the line's UTF-8 bytes before that comma.
 */
final class EventLog {
    private static final String CRC = ",\"crc32c\":\"";
    private static final int SUFFIX = CRC.length() + 8 + 2;

    private EventLog() {}

    /** One line with its line break; {@code time} is an instant in ISO 8601. */
    static String line(Event event, long step, String time) {
        var json = new StringBuilder("{\"step\":").append(step);
        text(json, "time", time);
        switch (event) {
            case Event.Started started -> {
                text(json, "event", "started");
                number(json, "epoch", started.from().epoch());
                number(json, "stepsPerEpoch", started.stepsPerEpoch());
                number(json, "epochs", started.epochs());
                number(json, "trainExamples", started.trainExamples());
                number(json, "parameters", (double) started.parameters());
                number(json, "threads", started.threads());
                number(json, "memory", (double) started.memory());
                warnings(json, started.warnings());
            }
            case Event.StepDone done -> {
                text(json, "event", "step");
                number(json, "epoch", done.epoch());
                number(json, "loss", done.loss());
                number(json, "rate", done.rate());
                number(json, "imagesPerSecond", done.imagesPerSecond());
                tokens(json, done.tokensPerSecond());
            }
            case Event.EpochDone done -> {
                text(json, "event", "epoch");
                number(json, "epoch", done.epoch());
                metrics(json, "train", Optional.of(done.train()));
                metrics(json, "validation", done.validation());
                metrics(json, "test", done.test());
                number(json, "rate", done.rate());
                number(json, "seconds", done.seconds());
                number(json, "imagesPerSecond", done.imagesPerSecond());
                tokens(json, done.tokensPerSecond());
                json.append(",\"best\":").append(done.best());
            }
            case Event.Checkpoint checkpoint -> {
                text(json, "event", "checkpoint");
                json.append(",\"best\":").append(checkpoint.best());
            }
            case Event.Finished(Outcome outcome) -> {
                text(json, "event", "finished");
                text(json, "end", spelled(outcome.end()));
                number(json, "epochs", outcome.epochs());
                number(json, "bestEpoch", outcome.bestEpoch());
                metrics(json, "validation", outcome.validation());
                metrics(json, "test", outcome.test());
                number(json, "seconds", outcome.seconds());
            }
            case Event.Interrupted _ -> text(json, "event", "interrupted");
            case Event.Diverged diverged -> {
                text(json, "event", "diverged");
                text(json, "message", diverged.message());
            }
        }
        return json + CRC + crc(json.toString()) + "\"}\n";
    }

    /** Whether a line, without its line break, is as it was written. */
    static boolean isWhole(String line) {
        int end = line.length() - SUFFIX;
        return end > 0 && line.startsWith(CRC + crc(line.substring(0, end)) + "\"}", end);
    }

    private static String crc(String text) {
        var crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(crc.getValue());
    }

    private static String spelled(Outcome.End end) {
        return switch (end) {
            case FINISHED -> "finished";
            case STOPPED_EARLY -> "stoppedEarly";
            case INTERRUPTED -> "interrupted";
        };
    }

    private static void metrics(StringBuilder json, String name, Optional<Metrics> metrics) {
        json.append(",\"").append(name).append("\":");
        if (metrics.isEmpty()) {
            json.append("null");
            return;
        }
        json.append("{\"loss\":").append(number(metrics.get().loss()));
        metrics.get().accuracy().ifPresent(value -> number(json, "accuracy", value));
        metrics.get().divergence().ifPresent(value -> number(json, "divergence", value));
        json.append('}');
    }

    /** Only where there are any. */
    private static void warnings(StringBuilder json, List<String> warnings) {
        if (!warnings.isEmpty()) {
            json.append(",\"warnings\":[")
                    .append(warnings.stream().map(Json::quoted).collect(Collectors.joining(",")))
                    .append(']');
        }
    }

    /** Pictures have none. */
    private static void tokens(StringBuilder json, double perSecond) {
        if (perSecond > 0) {
            number(json, "tokensPerSecond", perSecond);
        }
    }

    private static void number(StringBuilder json, String name, double value) {
        json.append(",\"").append(name).append("\":").append(number(value));
    }

    /** JSON has no infinities: they are null. */
    private static String number(double value) {
        return Double.isFinite(value) ? Json.number(value) : "null";
    }

    private static void text(StringBuilder json, String name, String value) {
        json.append(",\"").append(name).append("\":").append(Json.quoted(value));
    }
}
