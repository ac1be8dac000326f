package fathom.experiment;

import fathom.data.Augmentation;
import fathom.data.Data;
import fathom.engine.Compute;
import fathom.engine.Optimizer;
import fathom.model.Loss;
import fathom.model.Model;
import fathom.model.Models;
import fathom.run.Spec;
import fathom.train.Schedule;
import fathom.train.Training;

/**
 * Report A: two blocks of convolution, batch norm, ReLU, max pooling and dropout 0.1; batch 256, Adam at 0.001, 30 epochs.
 * Where the report is silent we let the rate fall along a cosine, and move and turn the training digits a little: without
 * that the network knows its training digits by heart after ten epochs and stays near 99.2 %.
 */
final class MnistCnn {
    private MnistCnn() {}

    static Experiment experiment() {
        return new Experiment(
                "How far does a small convolutional network get on handwritten digits?",
                "99.39 %",
                new Spec(
                        "mnist-cnn",
                        Data.of("mnist").withAugmentation(new Augmentation.Shift(2), new Augmentation.Rotate(10)),
                        new Model.Classifier(Models.digitsCnn(), new Loss.NegativeLogLikelihood()),
                        Training.of(30, 256, Optimizer.adam(1e-3)).withSchedule(new Schedule.Cosine(0, 0)),
                        0,
                        Compute.auto()));
    }
}
