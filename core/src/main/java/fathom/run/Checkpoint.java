package fathom.run;

import fathom.config.Binder;
import fathom.config.ConfigException;
import fathom.config.Document;
import fathom.config.Json;
import fathom.engine.Averages;
import fathom.model.Parameter;
import fathom.model.Shape;
import fathom.train.Metrics;
import fathom.train.Progress;
import fathom.train.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a training needs to go on, as one safetensors file: where it stood, weights, optimiser state.
 *
 * @param run id of the run
 * @param cursor how much of the run's logs belongs to it
 * @param weights every array of the network by its parameter's name
 * @param optimizerState by name; in the file with {@code optimizer/} before it
 */
public record Checkpoint(
        String run,
        Progress progress,
        Cursor cursor,
        SequencedMap<String, float[]> weights,
        SequencedMap<String, float[]> optimizerState) {

    /** The version of the layout that {@link #write} makes and {@link #read} takes. */
    public static final int FORMAT = 1;

    private static final String KIND = "fathom-checkpoint";
    private static final String OPTIMIZER = "optimizer/";
    private static final Binder BINDER = new Binder();

    /** Lengths of the run's logs, in bytes; a resume cuts them back to here. */
    public record Cursor(long events, long metrics) {
        static final Cursor START = new Cursor(0, 0);
    }

    /** {@link Progress} as JSON holds it: an infinite loss is left out. */
    private record SavedProgress(
            long step,
            int epoch,
            int stepInEpoch,
            double lossSum,
            Optional<Long> correct,
            Optional<Double> divergence,
            long seen,
            Optional<Double> bestLoss,
            int bestEpoch,
            double seconds,
            double trainLoss,
            Optional<Double> trainAccuracy,
            Optional<Double> trainDivergence) {

        static SavedProgress of(Progress p) {
            var tally = p.tally();
            return new SavedProgress(
                    p.step(),
                    p.epoch(),
                    p.stepInEpoch(),
                    tally.lossSum(),
                    tally.correct(),
                    tally.divergenceSum(),
                    tally.seen(),
                    Optional.of(p.bestLoss()).filter(Double::isFinite),
                    p.bestEpoch(),
                    p.seconds(),
                    p.lastTrain().map(Metrics::loss).orElse(0.0),
                    p.lastTrain().flatMap(Metrics::accuracy),
                    p.lastTrain().flatMap(Metrics::divergence));
        }

        Progress progress() {
            return new Progress(
                    step,
                    epoch,
                    stepInEpoch,
                    new Tally(lossSum, correct, divergence, seen),
                    bestLoss.orElse(Double.POSITIVE_INFINITY),
                    bestEpoch,
                    seconds,
                    epoch == 0
                            ? Optional.empty()
                            : Optional.of(new Metrics(trainLoss, trainAccuracy, trainDivergence)));
        }
    }

    /** The arrays to judge the run by: the weights, or their averages where such were kept. */
    public SequencedMap<String, float[]> judged() {
        return Averages.orWeights(weights, optimizerState);
    }

    /** Replaces a file, durably; {@code parameters} give the arrays their sizes. */
    void write(DurableFile file, List<Parameter> parameters, DurableFile.BeforeRename beforeRename) throws IOException {
        var metadata = new LinkedHashMap<String, String>();
        metadata.put("kind", KIND);
        metadata.put("format", String.valueOf(FORMAT));
        metadata.put("run", run);
        metadata.put("progress", Json.of(BINDER.write(SavedProgress.of(progress), SavedProgress.class)));
        metadata.put("cursor", Json.of(BINDER.write(cursor, Cursor.class)));
        var content = new Safetensors.Content(metadata, arrays(parameters));
        file.replace(sink -> Safetensors.write(sink, content), beforeRename);
    }

    private List<NamedArray> arrays(List<Parameter> parameters) {
        Map<String, Shape> shapes =
                parameters.stream().collect(Collectors.toMap(Parameter::name, Parameter::shape, (a, b) -> a));
        var arrays = new ArrayList<NamedArray>();
        weights.forEach((name, values) -> arrays.add(array(name, shapes.get(name), values)));
        optimizerState.forEach((name, values) -> {
            int end = name.lastIndexOf('/');
            Shape shape = shapes.get(end < 0 ? name : name.substring(0, end));
            arrays.add(array(OPTIMIZER + name, shape, values));
        });
        return arrays;
    }

    private static NamedArray array(String name, @Nullable Shape shape, float[] values) {
        List<Integer> sizes = shape != null && shape.count() == values.length ? shape.sizes() : List.of(values.length);
        return new NamedArray(name, sizes, values);
    }

    /**
     * Reads one file and checks it to the last bit.
     *
     * @throws CheckpointException if it is missing, damaged, or not a checkpoint of a version known here
     */
    public static Checkpoint read(Path file) {
        Safetensors.Content content = Safetensors.read(file);
        Function<String, String> text = key -> {
            String value = content.metadata().get(key);
            if (value == null) {
                throw Safetensors.damaged(file, "its metadata has no " + key, null);
            }
            return value;
        };
        if (!text.apply("kind").equals(KIND)) {
            throw Safetensors.damaged(file, "it is not a checkpoint of Fathom", null);
        }
        if (!text.apply("format").equals(String.valueOf(FORMAT))) {
            throw new CheckpointException("%s has format %s, this version reads %d: use the version that wrote it"
                    .formatted(file, text.apply("format"), FORMAT));
        }
        var weights = new LinkedHashMap<String, float[]>();
        var state = new LinkedHashMap<String, float[]>();
        for (NamedArray array : content.arrays()) {
            boolean isState = array.name().startsWith(OPTIMIZER);
            (isState ? state : weights)
                    .put(isState ? array.name().substring(OPTIMIZER.length()) : array.name(), array.values());
        }
        try {
            return new Checkpoint(
                    text.apply("run"),
                    BINDER.read(Document.parse("progress.json", text.apply("progress")), SavedProgress.class)
                            .progress(),
                    BINDER.read(Document.parse("cursor.json", text.apply("cursor")), Cursor.class),
                    weights,
                    state);
        } catch (ConfigException e) {
            throw Safetensors.damaged(file, String.valueOf(e.getMessage()), e);
        }
    }
}
