package fathom.experiment;

import fathom.data.Data;
import fathom.engine.Compute;
import fathom.engine.Optimizer;
import fathom.model.Loss;
import fathom.model.Model;
import fathom.model.PictureNetworks;
import fathom.run.Spec;
import fathom.train.Training;

/** Report H: the first network, on pixels of 0 … 255. */
final class MnistMlp {
    private MnistMlp() {}

    static Experiment experiment() {
        return new Experiment(
                "What does a small fully connected network reach with plain gradient descent on raw pixels?",
                "",
                Published.ON_DIGITS,
                new Spec(
                        "mnist-mlp",
                        Data.of("mnist").withScale(new Data.Scale.Raw()),
                        new Model.Classifier(PictureNetworks.mlp(), new Loss.CrossEntropy(0)),
                        Training.of(10, 256, Optimizer.sgd(1e-3).withWeightDecay(1e-3)),
                        0,
                        Compute.auto()));
    }
}
