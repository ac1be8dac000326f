package fathom.experiment;

import static fathom.model.TextNetworks.bilstmStack;
import static fathom.model.TextNetworks.lstmStack;

import fathom.engine.Optimizer;
import fathom.model.Layer;
import fathom.train.Training;
import java.util.ArrayList;
import java.util.List;

/**
 * The network of {@code sst2-lstm} with one, two and three LSTM, forwards and of both directions, all with states of one size.
 *
 * <p>Where it departs: 256 units in place of 512, and a third of the epochs at three times the rate. That brings eighteen runs
 * from a working day on two cores down to about an hour; the training examples are learnt by heart all the same.
 */
final class Sst2Depth {
    private Sst2Depth() {}

    static Experiment experiment() {
        var variants = new ArrayList<Variant>();
        for (int layers : List.of(1, 2, 3)) {
            variants.add(variant(layers + " forwards", lstmStack(layers, 256)));
            variants.add(variant(layers + " both ways", bilstmStack(layers, 128)));
        }
        return new Experiment(
                        "How many LSTM does it take to tell praise from blame, and should they read from both ends?",
                        "",
                        Published.ON_REVIEWS,
                        variants.getFirst().spec())
                .withVariants(variants)
                .withSeeds(0, 1, 2);
    }

    private static Variant variant(String name, Layer network) {
        var training = Training.of(35, 256, Optimizer.adam(3e-4)).withKeep(Training.Keep.HIGHEST_ACCURACY);
        return new Variant(name, Sst2Lstm.spec("sst2-depth", network, training));
    }
}
