package fathom.report;

import fathom.data.DataException;
import fathom.data.DataPlaces;
import fathom.data.Dataset;
import fathom.data.Split;
import fathom.engine.EngineException;
import fathom.experiment.Experiment;
import fathom.experiment.Experiments;
import fathom.inspect.History;
import fathom.inspect.Imagined;
import fathom.inspect.Survey;
import fathom.model.Model;
import fathom.model.ModelException;
import fathom.model.Network;
import fathom.run.CheckpointException;
import fathom.run.Manifest;
import fathom.run.Run;
import fathom.run.StoreException;
import fathom.run.Summary;
import fathom.run.Trained;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a report is made of: as much of a run as can be read.
 *
 * @param summary empty if it cannot be read
 * @param survey empty if there are no weights, no data or no engine
 * @param imagined what an autoencoder draws; empty if it is none, or for the same reasons
 * @param gallery the pictures that the survey is about
 * @param sentences the sentences that it is about, if it is about none of pictures
 * @param notes what is missing, and why
 */
record Material(
        Run run,
        Manifest manifest,
        Optional<Summary> summary,
        History history,
        Network network,
        Optional<Survey> survey,
        Optional<Imagined> imagined,
        Optional<Gallery> gallery,
        Optional<Sentences> sentences,
        List<String> notes) {

    /**
     * Reads a run and looks at its network.
     *
     * @throws StoreException if it cannot even be read how the run came to be
     * @throws fathom.inspect.InspectException if what the plan asks for cannot be done
     * @throws ModelException if there is no tap that the plan names
     */
    static Material of(Run run, DataPlaces places, Survey.Plan plan, Survey.Saying saying) {
        Manifest manifest = run.manifest();
        Network network = network(manifest);
        var notes = new ArrayList<String>();
        Optional<Summary> summary = summary(run, notes);
        History history = history(run, notes);
        Optional<Survey> survey = Optional.empty();
        Optional<Imagined> imagined = Optional.empty();
        Optional<Gallery> gallery = Optional.empty();
        Optional<Sentences> sentences = Optional.empty();
        try (var trained = Trained.open(run)) {
            Dataset dataset = trained.dataset(places);
            Split split;
            switch (manifest.spec().model()) {
                case Model.Classifier _ -> {
                    Survey seen = Survey.of(trained, dataset, plan, saying);
                    survey = Optional.of(seen);
                    split = seen.split();
                }
                case Model.Vae _ -> {
                    Imagined seen = Imagined.of(trained, dataset, plan, saying);
                    imagined = Optional.of(seen);
                    split = seen.split();
                }
            }
            sentences = Sentences.of(dataset, split);
            gallery = Gallery.of(dataset.examples(split), manifest.spec().data().scale());
        } catch (CheckpointException | DataException | EngineException | IllegalArgumentException e) {
            notes.add("The network could not be looked at: " + e.getMessage());
        }
        return new Material(
                run, manifest, summary, history, network, survey, imagined, gallery, sentences, List.copyOf(notes));
    }

    /** @throws StoreException if the model does not fit the data */
    static Network network(Manifest manifest) {
        try {
            return manifest.spec()
                    .model()
                    .on(manifest.inputShape(), manifest.classes().size());
        } catch (ModelException e) {
            throw new StoreException(
                    "run %s is damaged: its model does not fit its data: %s".formatted(manifest.id(), e.getMessage()),
                    e);
        }
    }

    private static Optional<Summary> summary(Run run, List<String> notes) {
        try {
            Summary summary = run.summary();
            switch (run.state()) {
                case RUNNING -> notes.add("The run is still being trained: this is where it stands.");
                case INTERRUPTED -> notes.add("The run was interrupted and can be resumed: this is where it stands.");
                case DIVERGED -> notes.add("The training diverged: " + summary.message());
                case FINISHED, STOPPED_EARLY -> {}
            }
            return Optional.of(summary);
        } catch (StoreException e) {
            notes.add(e.getMessage());
            return Optional.empty();
        }
    }

    private static History history(Run run, List<String> notes) {
        try {
            History history = History.of(run);
            if (history.epochs().isEmpty()) {
                notes.add("No epoch has been recorded, so there are no curves.");
            }
            return history;
        } catch (StoreException e) {
            notes.add("The curves are missing: " + e.getMessage());
            return new History(List.of());
        }
    }

    /** The built-in experiment that the run is of. */
    Optional<Experiment> experiment() {
        return Experiments.find(manifest.spec().experiment());
    }

    List<String> classes() {
        return manifest.classes();
    }
}
