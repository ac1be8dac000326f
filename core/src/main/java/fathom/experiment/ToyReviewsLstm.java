package fathom.experiment;

import fathom.data.Data;
import fathom.engine.Compute;
import fathom.engine.Optimizer;
import fathom.model.Loss;
import fathom.model.Model;
import fathom.model.TextNetworks;
import fathom.run.Spec;
import fathom.train.Schedule;
import fathom.train.Training;
import java.util.List;

final class ToyReviewsLstm {
    private ToyReviewsLstm() {}

    static Experiment experiment() {
        return new Experiment(
                "Does an LSTM learn what the order of words means? Made-up reviews, where counting words does not help.",
                "",
                List.of(),
                new Spec(
                        "toy-reviews",
                        Data.of("toy-reviews"),
                        new Model.Classifier(TextNetworks.lstmReviews(), new Loss.CrossEntropy(0)),
                        Training.of(5, 32, Optimizer.adam(5e-3)).withSchedule(new Schedule.Cosine(0, 0)),
                        0,
                        Compute.auto()));
    }
}
