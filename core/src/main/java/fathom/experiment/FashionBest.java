package fathom.experiment;

import fathom.data.Augmentation;
import fathom.data.Data;
import fathom.engine.Compute;
import fathom.engine.Optimizer;
import fathom.model.Layer;
import fathom.model.Loss;
import fathom.model.Model;
import fathom.model.PictureNetworks;
import fathom.run.Spec;
import fathom.train.Schedule;
import fathom.train.Training;
import java.util.List;

/** Past report F: six wide convolutions, garments that are mirrored, partly hidden and at first moved, one cycle, averaged weights. */
final class FashionBest {
    private static final int WIDTH = 48;
    private static final String ERASING = "{erase: {largest: 0.25}}";
    private static final Augmentation MIRRORED = new Augmentation.Flip();
    private static final Augmentation MOVED = new Augmentation.Shift(2);
    private static final Augmentation HIDDEN = new Augmentation.Erase(0.5, 0.02, 0.25);

    private FashionBest() {}

    static Experiment experiment() {
        return new Experiment(
                        "What is the best that trains from scratch on garments in an hour?",
                        "93.72 %",
                        Published.ON_GARMENTS,
                        spec(
                                "fashion-best",
                                garments(MIRRORED, new Augmentation.Early(0.6, List.of(MOVED)), HIDDEN)
                                        .withValidation(0),
                                PictureNetworks.vgg(WIDTH, Layer.maxPool(7)),
                                36))
                .withSeeds(0, 1, 2);
    }

    /**
     * What each ingredient brings, in short trainings of half the width: a quarter of the multiply-adds. The mean of all
     * places is classified here, and garments are moved to the end.
     */
    static Experiment parts() {
        var all = spec("fashion-best-parts", garments(MIRRORED, MOVED, HIDDEN), PictureNetworks.vgg(WIDTH / 2), 8);
        return new Experiment(
                        "What does each ingredient of fashion-best bring, left out alone?",
                        "",
                        Published.ON_GARMENTS,
                        all)
                .withVariants(List.of(
                        new Variant("all", all),
                        Variant.without(all, "mirroring", augmentation("{shift: 2}", ERASING)),
                        Variant.without(all, "moving", augmentation("flip", ERASING)),
                        Variant.without(all, "hiding", augmentation("flip", "{shift: 2}")),
                        Variant.without(all, "label smoothing", "loss={crossEntropy: {labelSmoothing: 0}}"),
                        Variant.without(all, "weight decay", "training.optimizer.weightDecay=0"),
                        Variant.without(all, "averaging", "training.averaging=0"),
                        Variant.without(all, "one cycle", "training.schedule=constant", "training.optimizer.rate=1e-3"),
                        new Variant("with the network of digits-cnn", Variant.changed(all, "network=digits-cnn"))))
                .withSeeds(0, 1, 2);
    }

    private static String augmentation(String... steps) {
        return "data.augmentation=[" + String.join(", ", steps) + "]";
    }

    private static Data garments(Augmentation... augmentation) {
        return Data.of("fashion-mnist")
                .withScale(new Data.Scale.Normalise(0.286041, 0.353024))
                .withAugmentation(augmentation);
    }

    private static Spec spec(String name, Data data, Layer network, int epochs) {
        return new Spec(
                name,
                data,
                new Model.Classifier(network, new Loss.CrossEntropy(0.05)),
                Training.of(epochs, 128, Optimizer.adamW(4e-3).withWeightDecay(0.05))
                        .withSchedule(new Schedule.OneCycle(0.25, 25, 1e4))
                        .withAveraging(0.998)
                        .withKeep(Training.Keep.LAST),
                0,
                Compute.auto());
    }
}
