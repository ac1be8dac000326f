package fathom.run;

import fathom.data.Batch;
import fathom.data.Data;
import fathom.data.DataPlaces;
import fathom.data.Dataset;
import fathom.data.Datasets;
import fathom.data.Pictures;
import fathom.data.Preparation;
import fathom.data.Split;
import fathom.engine.Engines;
import fathom.engine.Learner;
import fathom.model.Model;
import fathom.model.ModelException;
import fathom.model.Network;
import fathom.model.Shape;
import fathom.train.Evaluation;
import fathom.train.Metrics;
import fathom.train.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** A run's network with its kept weights, ready for use. */
public final class Trained implements AutoCloseable {
    /** How many words a text may have that a network is asked about. */
    public static final int LONGEST_TEXT = 512;

    private static final int EVALUATION_BATCH = 500;

    private final Run run;
    private final Manifest manifest;
    private final Network network;
    private final Progress progress;
    private final Learner learner;

    private Trained(Run run, Manifest manifest, Network network, Progress progress, Learner learner) {
        this.run = run;
        this.manifest = manifest;
        this.network = network;
        this.progress = progress;
        this.learner = learner;
    }

    /**
     * One class and how probable the network finds it.
     *
     * @param probability 0 … 1; those of all classes sum to 1
     */
    public record Guess(String name, double probability) {}

    /**
     * Loads the weights that a run is judged by: of the checkpoint that was chosen ({@link Run#chosen}), or else the best, or
     * the newest if no epoch has ended yet.
     *
     * @throws CheckpointException if there is no checkpoint, or it is damaged or another run's
     * @throws fathom.engine.EngineException if no engine can run it here
     */
    public static Trained open(Run run) {
        Manifest manifest = run.manifest();
        Checkpoint checkpoint = run.judged();
        Network network = network(manifest);
        var assignment = Job.assignment(manifest.spec(), network);
        Learner learner = Engines.choose(manifest.spec().compute()).open(assignment);
        try {
            learner.restore(
                    checkpoint.judged(),
                    new LinkedHashMap<>(),
                    checkpoint.progress().step());
            return new Trained(run, manifest, network, checkpoint.progress(), learner);
        } catch (RuntimeException e) {
            learner.close();
            throw new CheckpointException(
                    "the weights in %s do not fit the run's model: %s".formatted(run.folder(), e.getMessage()), e);
        }
    }

    /** A network of sequences may be asked about longer ones than it was trained on. */
    private static Network network(Manifest manifest) {
        Shape input = manifest.inputShape();
        int classes = manifest.classes().size();
        Network network = manifest.spec().model().on(input, classes);
        return network.isOfSequences() && input.count() < LONGEST_TEXT
                ? manifest.spec().model().on(Shape.of(LONGEST_TEXT), classes)
                : network;
    }

    public Run run() {
        return run;
    }

    public Manifest manifest() {
        return manifest;
    }

    public Network network() {
        return network;
    }

    /** Where the training stood when these weights were saved. */
    public Progress progress() {
        return progress;
    }

    /**
     * Metrics on one split of the run's data, with the number of its examples.
     *
     * @param metrics empty if the split is
     */
    public record Evaluated(int examples, Optional<Metrics> metrics) {}

    /**
     * Tests the network.
     *
     * @throws fathom.data.DataException if the data is missing, damaged, or not what the run began with
     */
    public Evaluated evaluate(Split split, DataPlaces places) {
        var examples = dataset(places).examples(split);
        return new Evaluated(examples.size(), Evaluation.of(learner, examples, EVALUATION_BATCH));
    }

    /**
     * The data that the run was trained on.
     *
     * @throws fathom.data.DataException if it is missing, damaged, or not what the run began with
     */
    public Dataset dataset(DataPlaces places) {
        var dataset = Datasets.open(manifest.spec().data(), places);
        manifest.requireSameData(dataset);
        return dataset;
    }

    /** Answers and the outputs of layers, as {@link Learner#predict} gives them. */
    public List<float[]> predict(Batch batch, List<String> taps) {
        return learner.predict(batch, taps);
    }

    /** Every array of the network by parameter name, copied. */
    public SequencedMap<String, float[]> weights() {
        return learner.weights();
    }

    /** How pictures from elsewhere are brought to those that this network was trained on. */
    public Preparation usualPreparation() {
        return Preparation.usual(manifest.spec().data(), manifest.inputShape());
    }

    /** What the network makes of a picture as it is drawn: {@link #predict(Path, Preparation)}. */
    public List<Guess> predict(Path picture) {
        return predict(picture, Preparation.AS_DRAWN);
    }

    /**
     * What the network makes of a picture, the most probable class first.
     *
     * @throws fathom.data.DataException if it cannot be read or is empty
     * @throws ModelException if the network is no classifier
     */
    public List<Guess> predict(Path picture, Preparation preparation) {
        if (!(manifest.spec().model() instanceof Model.Classifier)) {
            throw new ModelException(
                    "run %s is an autoencoder and knows no classes: reconstruct shows what it makes of pictures"
                            .formatted(manifest.id()));
        }
        Shape shape = manifest.inputShape();
        byte[] bytes = Pictures.read(picture, shape, manifest.spec().data(), preparation);
        Data.Scale scale = manifest.spec().data().scale();
        var inputs = new float[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            inputs[i] = scale.of(Byte.toUnsignedInt(bytes[i]));
        }
        float[] logProbabilities =
                learner.predict(new Batch(shape, inputs, new int[1]), List.of()).getFirst();
        var guesses = new ArrayList<Guess>();
        for (int i = 0; i < logProbabilities.length; i++) {
            guesses.add(new Guess(manifest.classes().get(i), Math.exp(logProbabilities[i])));
        }
        guesses.sort(Comparator.comparingDouble(Guess::probability).reversed());
        return guesses;
    }

    @Override
    public void close() {
        learner.close();
    }
}
