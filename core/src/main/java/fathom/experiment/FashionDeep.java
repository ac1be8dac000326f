package fathom.experiment;

import fathom.data.Data;
import fathom.engine.Compute;
import fathom.engine.Optimizer;
import fathom.model.Loss;
import fathom.model.Model;
import fathom.model.PictureNetworks;
import fathom.run.Spec;
import fathom.train.Schedule;
import fathom.train.Training;

/** Report F: nine convolutions; 100 epochs of batch 64, the rate halved every 10. */
final class FashionDeep {
    private static final int EPOCHS = 100;

    private FashionDeep() {}

    static Experiment experiment() {
        return new Experiment(
                "How far does a deep network with branches get on garments?",
                "93.72 %",
                Published.ON_GARMENTS,
                new Spec(
                        "fashion-deep",
                        Data.of("fashion-mnist").withSize(32).withScale(new Data.Scale.Normalise(0.286041, 0.353024)),
                        new Model.Classifier(PictureNetworks.deepInception(), new Loss.CrossEntropy(0)),
                        Training.of(EPOCHS, 64, Optimizer.adam(5e-4).withWeightDecay(1e-3))
                                .withSchedule(new Schedule.Step(EPOCHS / 10, 0.5)),
                        6,
                        Compute.auto()));
    }
}
