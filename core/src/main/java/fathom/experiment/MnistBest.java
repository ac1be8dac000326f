package fathom.experiment;

import fathom.data.Augmentation;
import fathom.data.Data;
import fathom.engine.Compute;
import fathom.engine.Optimizer;
import fathom.model.Loss;
import fathom.model.Model;
import fathom.model.PictureNetworks;
import fathom.run.Spec;
import fathom.train.Schedule;
import fathom.train.Training;
import java.util.List;

/**
 * Past report A: six convolutions, digits that are turned, slanted, zoomed and moved, one cycle, averaged weights. The last
 * weights are kept: smoothed labels let the validation loss rise while accuracy does, too, and the cycle ends at rest.
 */
final class MnistBest {
    private static final int SHORT = 12;

    private MnistBest() {}

    static Experiment experiment() {
        return new Experiment(
                        "What is the best that trains from scratch on handwritten digits in minutes?",
                        "99.39 %",
                        Published.ON_DIGITS,
                        spec("mnist-best", 30))
                .withSeeds(0, 1, 2);
    }

    /** What each ingredient brings, in trainings of 12 epochs. */
    static Experiment parts() {
        var all = spec("mnist-best-parts", SHORT);
        return new Experiment(
                        "What does each ingredient of mnist-best bring, left out alone?", "", Published.ON_DIGITS, all)
                .withVariants(List.of(
                        new Variant("all", all),
                        Variant.without(all, "augmentation", "data.augmentation=[]"),
                        Variant.without(all, "averaging", "training.averaging=0"),
                        Variant.without(all, "label smoothing", "loss={crossEntropy: {labelSmoothing: 0}}"),
                        Variant.without(all, "one cycle", "training.schedule=constant", "training.optimizer.rate=1e-3"),
                        new Variant("with the network of mnist-cnn", Variant.changed(all, "network=digits-cnn"))))
                .withSeeds(0, 1, 2);
    }

    private static Spec spec(String name, int epochs) {
        return new Spec(
                name,
                Data.of("mnist").withAugmentation(new Augmentation.Affine(15, 0.15, 0.2, 2.5)),
                new Model.Classifier(PictureNetworks.vgg(24), new Loss.CrossEntropy(0.05)),
                Training.of(epochs, 128, Optimizer.adamW(4e-3).withWeightDecay(0.02))
                        .withSchedule(new Schedule.OneCycle(0.25, 25, 1e4))
                        .withAveraging(0.998)
                        .withKeep(Training.Keep.LAST),
                0,
                Compute.auto());
    }
}
