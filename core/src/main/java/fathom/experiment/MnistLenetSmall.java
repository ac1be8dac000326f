package fathom.experiment;

import fathom.data.Data;
import fathom.engine.Compute;
import fathom.engine.Optimizer;
import fathom.model.Loss;
import fathom.model.Model;
import fathom.model.PictureNetworks;
import fathom.run.Spec;
import fathom.train.Training;

/** Report H: three small convolutions with overlapping pools. */
final class MnistLenetSmall {
    private MnistLenetSmall() {}

    static Experiment experiment() {
        return new Experiment(
                "What do three small convolutions reach, and do their saved weights give the same number elsewhere?",
                "95.56 %",
                Published.ON_DIGITS,
                new Spec(
                        "mnist-lenet-small",
                        Data.of("mnist"),
                        new Model.Classifier(PictureNetworks.lenetSmall(), new Loss.CrossEntropy(0)),
                        Training.of(10, 128, Optimizer.adam(1e-3)),
                        0,
                        Compute.auto()));
    }
}
