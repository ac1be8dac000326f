package fathom.train;

import java.util.Optional;

/**
 * Where a training stands. Together with the learner's arrays and the best weights this is all that a resume needs: every
 * random number is named by seed and step.
 *
 * @param step steps done over the whole training
 * @param epoch the epoch that is under way or comes next, from 0
 * @param stepInEpoch steps done in it
 * @param lossSum sum of the losses of the examples seen in it
 * @param correct hits among them
 * @param seen how many
 * @param bestLoss lowest validation loss so far, infinite if there is none
 * @param bestEpoch the epoch that reached it, from 0; −1 if there is none
 * @param seconds spent so far
 * @param trainLoss mean over the last finished epoch; 0 before the first
 * @param trainAccuracy likewise
 */
public record Progress(
        long step,
        int epoch,
        int stepInEpoch,
        double lossSum,
        long correct,
        long seen,
        double bestLoss,
        int bestEpoch,
        double seconds,
        double trainLoss,
        double trainAccuracy) {

    /** Before the first step. */
    public static Progress start() {
        return new Progress(0, 0, 0, 0, 0, 0, Double.POSITIVE_INFINITY, -1, 0, 0, 0);
    }

    Progress afterStep(double loss, int correctNow, int examples, double time) {
        return new Progress(
                step + 1,
                epoch,
                stepInEpoch + 1,
                lossSum + loss * examples,
                correct + correctNow,
                seen + examples,
                bestLoss,
                bestEpoch,
                seconds + time,
                trainLoss,
                trainAccuracy);
    }

    Progress afterEpoch(double loss, boolean best, double time) {
        var train = train();
        return new Progress(
                step,
                epoch + 1,
                0,
                0,
                0,
                0,
                best ? loss : bestLoss,
                best ? epoch : bestEpoch,
                seconds + time,
                train.loss(),
                train.accuracy());
    }

    Metrics train() {
        return new Metrics(lossSum / seen, (double) correct / seen);
    }

    Optional<Metrics> lastTrain() {
        return epoch == 0 ? Optional.empty() : Optional.of(new Metrics(trainLoss, trainAccuracy));
    }
}
