package fathom.experiment;

import fathom.data.Data;
import fathom.engine.Compute;
import fathom.engine.Optimizer;
import fathom.model.Loss;
import fathom.model.Model;
import fathom.model.Models;
import fathom.run.Spec;
import fathom.train.Schedule;
import fathom.train.Training;

/** Report A: two blocks of convolution, batch norm, ReLU, max pooling and dropout 0.1. */
final class MnistCnn {
    private MnistCnn() {}

    static Experiment experiment() {
        return new Experiment(
                "How far does a small convolutional network get on handwritten digits?",
                "99.39 %",
                new Spec(
                        "mnist-cnn",
                        Data.of("mnist"),
                        new Model.Classifier(Models.digitsCnn(), new Loss.NegativeLogLikelihood()),
                        Training.of(30, 256, Optimizer.adam(1e-3)).withSchedule(new Schedule.Cosine(0, 0)),
                        0,
                        Compute.auto()));
    }
}
