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

/** Report D: LeNet beside a wider network with batch norm, on garments brought to 32×32. */
final class FashionLenet {
    static final Model PLAIN = new Model.Classifier(PictureNetworks.lenet(), new Loss.CrossEntropy(0));
    static final Model WIDE = new Model.Classifier(PictureNetworks.lenetWide(), new Loss.CrossEntropy(0));

    private FashionLenet() {}

    static Experiment plain() {
        return new Experiment(
                "What does LeNet of 1998 reach on garments?",
                "79 %",
                Published.ON_GARMENTS,
                spec("fashion-lenet", PLAIN, 20));
    }

    static Experiment wide() {
        return new Experiment(
                "How much do wider 3×3 convolutions with batch norm add to LeNet on garments?",
                "84 %",
                Published.ON_GARMENTS,
                spec("fashion-lenet-wide", WIDE, 12));
    }

    static Spec spec(String name, Model model, int epochs) {
        return new Spec(
                name,
                Data.of("fashion-mnist").withSize(32),
                model,
                Training.of(epochs, 64, Optimizer.adam(1e-3)).withSchedule(new Schedule.Cosine(0, 0)),
                0,
                Compute.auto());
    }
}
