package fathom.experiment;

import fathom.data.Data;
import fathom.data.Text;
import fathom.engine.Compute;
import fathom.engine.Optimizer;
import fathom.model.Layer;
import fathom.model.Loss;
import fathom.model.Model;
import fathom.model.TextNetworks;
import fathom.run.Spec;
import fathom.train.Schedule;
import fathom.train.Training;

/**
 * Report C: three LSTM of 512 units on 6,920 sentences, split into 0.8, 0.1 and 0.1; Adam, 0.0001, 105 epochs of batch 256.
 * The report pads every sentence to the longest of all ({@code --set padding=longest}); here a batch is padded to its own
 * longest, which changes no result but takes a fraction of the time. The weights of the highest validation accuracy are kept:
 * the validation loss is lowest after the fourth epoch, while accuracy goes on rising for a dozen more.
 */
final class Sst2Lstm {
    private static final Training TRAINING =
            Training.of(105, 256, Optimizer.adam(1e-4)).withKeep(Training.Keep.HIGHEST_ACCURACY);

    private Sst2Lstm() {}

    static Experiment stacked() {
        return experiment(
                "sst2-lstm",
                "How well do three stacked LSTM tell praise from blame?",
                TextNetworks.lstmStack(3, 512),
                TRAINING);
    }

    static Experiment bothDirections() {
        return experiment(
                "sst2-bilstm",
                "Does it help to read sentences from both ends? Three LSTM of 256 units in each direction.",
                TextNetworks.bilstmStack(3, 256),
                TRAINING);
    }

    static Experiment ofTwo() {
        return experiment("sst2-lstm-2", "Are two LSTM enough?", TextNetworks.lstmStack(2, 512), TRAINING);
    }

    static Experiment decaying() {
        return experiment(
                "sst2-lstm-decay",
                "Does it help to halve the learning rate every 10 epochs?",
                TextNetworks.lstmStack(3, 512),
                TRAINING.withSchedule(new Schedule.Step(10, 0.5)));
    }

    private static Experiment experiment(String name, String question, Layer network, Training training) {
        return new Experiment(
                question,
                name.equals("sst2-lstm") ? "68.64 %" : "",
                Published.ON_REVIEWS,
                spec(name, network, training));
    }

    /** A network on the report's data. */
    static Spec spec(String name, Layer network, Training training) {
        return new Spec(
                name,
                Data.of("sst2").withText(Text.usual().withSplit(Text.Division.TENTHS)),
                new Model.Classifier(network, new Loss.NegativeLogLikelihood()),
                training,
                0,
                Compute.auto());
    }
}
