package fathom.run;

import fathom.data.DataPlaces;
import fathom.data.Dataset;
import fathom.data.Datasets;
import fathom.engine.Assignment;
import fathom.engine.DivergedException;
import fathom.engine.Engine;
import fathom.engine.Engines;
import fathom.engine.Learner;
import fathom.model.Network;
import fathom.train.Listener;
import fathom.train.Outcome;
import fathom.train.Trainer;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;

/** A training from spec to recorded run: opens data and engine, checks that they fit, trains, and keeps what happens. */
public final class Job {
    /** A run and how its training ended. */
    public record Result(Run run, Outcome outcome) {}

    private Job() {}

    /**
     * Trains a new run.
     *
     * @param listener hears everything, after it has been recorded
     * @param interrupted asked after every step; once true, the state is saved and the training ends
     * @throws fathom.data.DataException if the data is missing or damaged
     * @throws fathom.model.ModelException if the model does not fit the data
     * @throws fathom.engine.EngineException if no engine can do it
     * @throws DivergedException if the loss leaves the numbers; the message names the last good checkpoint
     */
    public static Result start(
            Spec spec, RunStore store, DataPlaces places, Listener listener, BooleanSupplier interrupted) {
        return start(spec, store, Datasets.open(spec.data(), places), listener, interrupted);
    }

    /**
     * Trains a new run on a data set that is open already.
     *
     * @param dataset what {@code spec.data()} names
     * @see #start(Spec, RunStore, DataPlaces, Listener, BooleanSupplier)
     */
    public static Result start(
            Spec spec, RunStore store, Dataset dataset, Listener listener, BooleanSupplier interrupted) {
        Network network = network(spec, dataset);
        Engine engine = Engines.choose(spec.compute());
        Spec settled = spec.withCompute(spec.compute().withEngine(engine.name()));
        try (Learner learner = engine.open(assignment(settled, network))) {
            Wording.giveVectors(learner, network, dataset);
            Run run = store.create(
                    settled.withCompute(settled.compute().withThreads(learner.threads())),
                    environment(engine),
                    dataset);
            return train(run, learner, network, dataset, listener, interrupted);
        }
    }

    /**
     * Goes on with a run from its newest checkpoint; a finished run is only tested again.
     *
     * @throws RunLockedException if another process writes it
     * @throws CheckpointException if its checkpoints are all damaged
     * @throws fathom.data.DataException if the data is missing, damaged, or not what the run began with
     */
    public static Result resume(Run run, DataPlaces places, Listener listener, BooleanSupplier interrupted) {
        return resume(run, Datasets.open(run.spec().data(), places), listener, interrupted);
    }

    /**
     * Goes on with a run on a data set that is open already.
     *
     * @param dataset what the run's {@code data} names
     * @see #resume(Run, DataPlaces, Listener, BooleanSupplier)
     */
    public static Result resume(Run run, Dataset dataset, Listener listener, BooleanSupplier interrupted) {
        Manifest manifest = run.manifest();
        manifest.requireSameData(dataset);
        Network network = network(manifest.spec(), dataset);
        Engine engine = Engines.choose(manifest.spec().compute());
        try (Learner learner = engine.open(assignment(manifest.spec(), network))) {
            Wording.giveVectors(learner, network, dataset); // a checkpoint, if there is one, takes their place
            return train(run, learner, network, dataset, listener, interrupted);
        }
    }

    private static Result train(
            Run run,
            Learner learner,
            Network network,
            Dataset dataset,
            Listener listener,
            BooleanSupplier interrupted) {
        Spec spec = run.spec();
        try (var recorder = Recorder.open(run, network.parameters())) {
            Resume from = recorder.from();
            if (!from.weights().isEmpty()) {
                learner.restore(
                        from.weights(), from.optimizerState(), from.progress().step());
            }
            var trainer = new Trainer(
                    learner,
                    dataset,
                    spec.training(),
                    spec.seed(),
                    from.progress(),
                    from.bestWeights(),
                    Listener.all(recorder, listener),
                    interrupted);
            return new Result(run, trainer.train(network.parameterCount(), from.warnings()));
        } catch (DivergedException e) {
            throw new DivergedException(
                    e.step(), "%s; the last good checkpoint is in %s".formatted(e.reason(), run.folder()));
        }
    }

    static Network network(Spec spec, Dataset dataset) {
        Network network = spec.model().on(dataset.shape(), dataset.classes().size());
        Wording.requireFit(network, dataset);
        return network;
    }

    static Assignment assignment(Spec spec, Network network) {
        var training = spec.training();
        return new Assignment(
                network,
                spec.model().loss(),
                training.optimizer(),
                training.gradientNorm(),
                training.averaging(),
                spec.seed(),
                spec.compute());
    }

    private static SequencedMap<String, String> environment(Engine engine) {
        var facts = new LinkedHashMap<>(Environment.facts());
        facts.put("engine", engine.name());
        engine.facts().forEach((name, value) -> facts.put(engine.name() + "." + name, value));
        return facts;
    }
}
