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
import java.util.List;

final class ToyDigitsCnn {
    private ToyDigitsCnn() {}

    static Experiment experiment() {
        return new Experiment(
                "Does everything work here? A small CNN learns made-up digits that are drawn on the spot.",
                "",
                List.of(),
                new Spec(
                        "toy-digits",
                        Data.of("toy-digits"),
                        new Model.Classifier(PictureNetworks.lenet28(), new Loss.CrossEntropy(0)),
                        Training.of(8, 64, Optimizer.adam(2e-3)).withSchedule(new Schedule.Cosine(0, 0)),
                        0,
                        Compute.auto()));
    }
}
