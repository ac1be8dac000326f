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
    private static final double RATE = 3e-3;

    private FashionVae() {}

    static Experiment dense() {
        return new Experiment(
                "What do 20 numbers keep of a garment, and what do random ones draw?",
                "",
                List.of(),
                spec("fashion-vae-dense", Autoencoders.vaeDense(), 50, Optimizer.adam(RATE), 0));
    }

    /**
     * The report tells neither channels, batch, epochs nor rate: batch and rate are the dense one's; weights that decay and
     * are averaged describe new pictures better.
     */
    static Experiment convolutional() {
        return new Experiment(
                "How much better do convolutions describe garments by 20 numbers?",
                "",
                List.of(),
                spec(
                        "fashion-vae-conv",
                        Autoencoders.vaeConv(),
                        30,
                        Optimizer.adamW(RATE).withWeightDecay(0.05),
                        0.998));
    }

    private static Spec spec(String name, Model model, int epochs, Optimizer optimizer, double averaging) {
        return new Spec(
                name,
                Data.of("fashion-mnist").withValidation(0),
                model,
                Training.of(epochs, 128, optimizer)
                        .withSchedule(new Schedule.Cosine(0, 0))
                        .withAveraging(averaging),
                0,
                Compute.auto());
    }
}
