package examples;

import static fathom.model.Layer.*;

import fathom.data.Data;
import fathom.data.DataPlaces;
import fathom.engine.Compute;
import fathom.engine.Optimizer;
import fathom.model.Loss;
import fathom.model.Model;
import fathom.run.Job;
import fathom.run.RunStore;
import fathom.run.Spec;
import fathom.train.Event;
import fathom.train.Training;
import java.nio.file.Path;
import java.util.Optional;

/** Trains a network of one's own on made-up digits, and says how good it is. */
public final class TrainDigits {
    private TrainDigits() {}

    public static void main(String[] arguments) {
        var network = chain(conv(8, 5), relu(), maxPool(2), flatten(), linear(64), relu(), linear(10));
        var spec = new Spec(
                "my-digits",
                Data.of("toy-digits"),
                new Model.Classifier(network, new Loss.CrossEntropy(0)),
                Training.of(2, 64, Optimizer.adam(2e-3)),
                0,
                Compute.auto());
        var runs = new RunStore(Path.of(arguments[0]));
        var result = Job.start(spec, runs, DataPlaces.here(Optional.empty()), TrainDigits::show, () -> false);
        var test = result.outcome().test().orElseThrow();
        System.out.printf(
                "test: %.1f %% right, loss %.3f%n", 100 * test.accuracy().orElseThrow(), test.loss());
    }

    private static void show(Event event) {
        if (event instanceof Event.EpochDone epoch) {
            System.out.printf(
                    "epoch %d: %.1f %%%n",
                    epoch.epoch(), 100 * epoch.train().accuracy().orElseThrow());
        }
    }
}
