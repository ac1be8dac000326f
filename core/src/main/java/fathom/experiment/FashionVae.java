package fathom.experiment;

import fathom.data.Data;
import fathom.engine.Compute;
import fathom.engine.Optimizer;
import fathom.model.Autoencoders;
import fathom.model.Model;
import fathom.run.Spec;
import fathom.train.Schedule;
import fathom.train.Training;
import java.util.List;

/**
 * Reports B and E: garments, drawn by an autoencoder. Layers and epochs of the dense one are the report's. The report's
 * constant rate of 0.001 and batch of 256 end at 241.8 nats even with a rate that falls along a cosine; three times the
 * rate on half the batch goes further in the same time.
 */
final class FashionVae {
    private FashionVae() {}

    static Experiment dense() {
        return new Experiment(
                "What do 20 numbers keep of a garment, and what do random ones draw?",
                "",
                List.of(),
                spec("fashion-vae-dense", Autoencoders.vaeDense(), 0));
    }

    /**
     * The report tells neither batch nor epochs nor rate: they are the dense one's. Averaged weights describe new pictures
     * better.
     */
    static Experiment convolutional() {
        return new Experiment(
                "How much better do convolutions describe garments by 20 numbers?",
                "",
                List.of(),
                spec("fashion-vae-conv", Autoencoders.vaeConv(), 0.998));
    }

    private static Spec spec(String name, Model model, double averaging) {
        return new Spec(
                name,
                Data.of("fashion-mnist").withValidation(0),
                model,
                Training.of(50, 128, Optimizer.adam(3e-3))
                        .withSchedule(new Schedule.Cosine(0, 0))
                        .withAveraging(averaging),
                0,
                Compute.auto());
    }
}
