package fathom.run;

import fathom.config.Binder;
import fathom.config.Default;
import fathom.data.Data;
import fathom.engine.Compute;
import fathom.model.Layer;
import fathom.model.Model;
import fathom.model.Models;
import fathom.train.Training;

/**
 * Everything that makes a run, and nothing about where it is stored: the same spec on the same machine gives the same bits.
 *
 * @param experiment a name for tables and folders
 * @param seed names every random number but the data split's: weights, order, dropout, augmentation
 */
public record Spec(
        String experiment,
        Data data,
        Model model,
        Training training,
        @Default("0") long seed,
        @Default("{}") Compute compute) {

    private static final String NAME = "[a-z0-9][a-z0-9._-]{0,79}";

    public Spec {
        if (!experiment.matches(NAME)) {
            throw new IllegalArgumentException(
                    "an experiment's name is lower-case letters, digits, '.', '_' and '-', 80 at most, got \"%s\""
                            .formatted(experiment));
        }
    }

    /** Reads and writes specs; a network, or a whole autoencoder, may be given by its name in {@link Models}. */
    public static Binder binder() {
        return new Binder()
                .naming(
                        Layer.class,
                        name -> Models.find(name).map(entry -> entry.network().get()),
                        Models.all().stream().map(Models.Entry::name).toList())
                .naming(
                        Model.class,
                        name -> Models.findPair(name).map(pair -> pair.model().get()),
                        Models.pairs().stream().map(Models.Pair::name).toList());
    }

    public Spec withTraining(Training training) {
        return new Spec(experiment, data, model, training, seed, compute);
    }

    public Spec withData(Data data) {
        return new Spec(experiment, data, model, training, seed, compute);
    }

    public Spec withSeed(long seed) {
        return new Spec(experiment, data, model, training, seed, compute);
    }

    public Spec withCompute(Compute compute) {
        return new Spec(experiment, data, model, training, seed, compute);
    }
}
