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

/** Past report F: six wide convolutions, garments that are mirrored, moved and partly hidden, one cycle, averaged weights. */
final class FashionBest {
    private FashionBest() {}

    static Experiment experiment() {
        return new Experiment(
                        "What is the best that trains from scratch on garments in an hour?",
                        "93.72 %",
                        Published.ON_GARMENTS,
                        new Spec(
                                "fashion-best",
                                Data.of("fashion-mnist")
                                        .withScale(new Data.Scale.Normalise(0.286041, 0.353024))
                                        .withAugmentation(
                                                new Augmentation.Flip(),
                                                new Augmentation.Shift(2),
                                                new Augmentation.Erase(0.5, 0.02, 0.25)),
                                new Model.Classifier(PictureNetworks.vgg(48), new Loss.CrossEntropy(0.05)),
                                Training.of(40, 128, Optimizer.adamW(4e-3).withWeightDecay(0.05))
                                        .withSchedule(new Schedule.OneCycle(0.25, 25, 1e4))
                                        .withAveraging(0.998)
                                        .withKeep(Training.Keep.LAST),
                                0,
                                Compute.auto()))
                .withSeeds(0, 1, 2);
    }
}
