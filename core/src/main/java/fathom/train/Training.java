package fathom.train;

import fathom.config.Default;
import fathom.engine.Optimizer;

/**
 * How to train.
 *
 * @param batch examples a step; the last batch of an epoch holds what is left, and is dropped if that is a single example
 * @param gradientNorm gradients are scaled down to this norm; 0 leaves them
 * @param averaging how much of the weights' running average each step keeps, such as 0.999; the averages are then what is
 *     judged and kept (Polyak and Juditsky 1992); 0 for none
 * @param checkpointEvery steps between checkpoints within an epoch; 0 for none but those at each epoch's end
 * @param trackTest whether each epoch also reports the test split (which never decides anything)
 * @param keep which epoch's weights are kept
 */
public record Training(
        int epochs,
        @Default("256") int batch,
        Optimizer optimizer,
        @Default("constant") Schedule schedule,
        @Default("never") Stop stop,
        @Default("0") double gradientNorm,
        @Default("0") double averaging,
        @Default("0") int checkpointEvery,
        @Default("true") boolean trackTest,
        @Default("lowestLoss") Keep keep) {

    /** Which weights are kept, tested and used. */
    public enum Keep {
        /** Those of the epoch with the lowest validation loss. */
        LOWEST_LOSS,
        /** Those of the epoch with the highest validation accuracy; of an autoencoder, with the lowest loss. */
        HIGHEST_ACCURACY,
        /** Those of the last epoch: for schedules that end near zero. */
        LAST
    }

    public Training {
        requireBetween("epochs", epochs, 1, 1_000_000);
        requireBetween("batch", batch, 1, 1_000_000);
        requireBetween("checkpointEvery", checkpointEvery, 0, Integer.MAX_VALUE);
        if (!(averaging >= 0 && averaging < 1)) {
            throw new IllegalArgumentException("averaging must be at least 0 and below 1, got " + averaging);
        }
        if (keep == Keep.LAST && stop instanceof Stop.Patience) {
            throw new IllegalArgumentException("patience waits for a lower validation loss: it needs keep lowestLoss");
        }
        if (!(gradientNorm >= 0 && gradientNorm < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("gradientNorm must be at least 0, got " + gradientNorm);
        }
    }

    /** A constant rate, no early stop, no clipping. */
    public static Training of(int epochs, int batch, Optimizer optimizer) {
        return new Training(
                epochs, batch, optimizer, new Schedule.Constant(), new Stop.Never(), 0, 0, 0, true, Keep.LOWEST_LOSS);
    }

    public Training withEpochs(int epochs) {
        return new Training(
                epochs, batch, optimizer, schedule, stop, gradientNorm, averaging, checkpointEvery, trackTest, keep);
    }

    public Training withSchedule(Schedule schedule) {
        return new Training(
                epochs, batch, optimizer, schedule, stop, gradientNorm, averaging, checkpointEvery, trackTest, keep);
    }

    public Training withAveraging(double averaging) {
        return new Training(
                epochs, batch, optimizer, schedule, stop, gradientNorm, averaging, checkpointEvery, trackTest, keep);
    }

    public Training withKeep(Keep keep) {
        return new Training(
                epochs, batch, optimizer, schedule, stop, gradientNorm, averaging, checkpointEvery, trackTest, keep);
    }

    public Training withCheckpointEvery(int steps) {
        return new Training(epochs, batch, optimizer, schedule, stop, gradientNorm, averaging, steps, trackTest, keep);
    }

    /** How many steps an epoch of {@code examples} takes; 0 if there are none to train on. */
    public int stepsPerEpoch(int examples) {
        int left = examples % batch;
        return examples / batch + (left > 1 || (left == 1 && examples == 1) ? 1 : 0);
    }

    private static void requireBetween(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s must be in %d … %d, got %d".formatted(what, least, most, value));
        }
    }
}
