package fathom.cli;

import fathom.config.Binder;
import fathom.config.ConfigException;
import fathom.config.Document;
import fathom.config.Node;
import fathom.config.Overrides;
import fathom.config.Place;
import fathom.config.Spelling;
import fathom.experiment.Experiment;
import fathom.experiment.ExperimentDocument;
import fathom.experiment.Experiments;
import fathom.run.Spec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An experiment or a file, and the flags that change it: together a spec. */
final class SpecOptions {
    @Parameters(
            index = "0",
            paramLabel = "EXPERIMENT|FILE.yaml",
            description = "A built-in experiment (see 'fathom list') or a file with a spec.")
    private String source = "";

    @Option(names = "--data", paramLabel = "SET", description = "Another data set, or a folder of images.")
    private @Nullable String data;

    @Option(names = "--epochs", paramLabel = "N", description = "How many epochs.")
    private @Nullable String epochs;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of weights, order, dropout, augmentation.")
    private @Nullable String seed;

    @Option(names = "--limit-train", paramLabel = "N", description = "Train on the first N examples only.")
    private @Nullable String limitTrain;

    @Option(names = "--engine", paramLabel = "NAME", description = "The engine: auto or a name from 'fathom doctor'.")
    private @Nullable String engine;

    @Option(names = "--device", paramLabel = "cpu|cuda", description = "Where to compute.")
    private @Nullable String device;

    @Option(names = "--precision", paramLabel = "fp32|bf16", description = "In which numbers to multiply.")
    private @Nullable String precision;

    @Option(names = "--threads", paramLabel = "N", description = "Threads; 0 lets the engine choose.")
    private @Nullable String threads;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "STEPS",
            description = "Also save the state every so many steps within an epoch.")
    private @Nullable String checkpointEvery;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Changes one value of the spec: --set optimizer.rate=0.01, --set data.size=32.")
    private List<String> sets = new ArrayList<>();

    /** The spec written out in full, each value with where it came from. */
    Node document() {
        Binder binder = Spec.binder();
        Node node = base(binder);
        for (String change : changes()) {
            node = Overrides.apply(binder, Spec.class, node, change);
        }
        return binder.expand(node, Spec.class);
    }

    /** The experiment, changed by the flags in every variant. */
    Experiment experiment() {
        return experiment(source, changes());
    }

    boolean hasSeed() {
        return seed != null;
    }

    /**
     * A built-in experiment, or what a file describes.
     *
     * @throws ConfigException if there is neither, or the file cannot be read
     */
    static Experiment experiment(String source, List<String> changes) {
        var built = Experiments.find(source);
        return built.isPresent()
                ? ExperimentDocument.changed(built.get(), changes)
                : ExperimentDocument.read(file(source), changes);
    }

    private Node base(Binder binder) {
        var built = Experiments.find(source);
        if (built.isPresent()) {
            return binder.writeFully(built.get().spec(), Spec.class, Place.named(source));
        }
        return ExperimentDocument.spec(file(source));
    }

    private static Node file(String source) {
        if (Files.isRegularFile(Path.of(source))) {
            return Document.read(Path.of(source));
        }
        var names = Experiments.all().stream().map(Experiment::name).toList();
        throw new ConfigException(
                Place.named(source),
                "there is no such experiment and no such file%s; the experiments are %s"
                        .formatted(Spelling.hint(source, names), String.join(", ", names)));
    }

    private List<String> changes() {
        var changes = new ArrayList<String>();
        add(changes, "data.set", quoted(data));
        add(changes, "training.epochs", epochs);
        add(changes, "seed", seed);
        add(changes, "data.limitTrain", limitTrain);
        add(changes, "compute.engine", quoted(engine));
        add(changes, "compute.device", device);
        add(changes, "compute.precision", precision);
        add(changes, "compute.threads", threads);
        add(changes, "training.checkpointEvery", checkpointEvery);
        changes.addAll(sets);
        return changes;
    }

    private static void add(List<String> changes, String path, @Nullable String value) {
        if (value != null) {
            changes.add(path + "=" + value);
        }
    }

    private static @Nullable String quoted(@Nullable String text) {
        return text == null ? null : "'" + text.replace("'", "''") + "'";
    }
}
