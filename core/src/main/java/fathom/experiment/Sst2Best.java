package fathom.experiment;

import fathom.data.Data;
import fathom.data.Text;
import fathom.engine.Compute;
import fathom.engine.Optimizer;
import fathom.model.Loss;
import fathom.model.Model;
import fathom.model.TextNetworks;
import fathom.run.Spec;
import fathom.train.Schedule;
import fathom.train.Training;

/**
 * Ours: one LSTM of both directions under max pooling, from scratch, on every labelled phrase of the training trees. The last
 * weights are kept: the validation loss is lowest after the first epoch, but only because the network is less sure then.
 */
final class Sst2Best {
    private Sst2Best() {}

    static Experiment experiment() {
        return new Experiment(
                "How far does a network get from scratch, without vectors learnt elsewhere?",
                "",
                Published.ON_REVIEWS,
                new Spec(
                        "sst2-best",
                        Data.of("sst2").withText(Text.usual().withPhrases(true)),
                        new Model.Classifier(TextNetworks.bilstmMax(), new Loss.CrossEntropy(0)),
                        Training.of(2, 64, new Optimizer.AdamW(1e-3, 0.9, 0.999, 1e-8, 0))
                                .withSchedule(new Schedule.Cosine(0.1, 0))
                                .withAveraging(0.998)
                                .withKeep(Training.Keep.LAST),
                        0,
                        Compute.auto()));
    }
}
