package fathom.train;

import fathom.engine.Learner.Score;
import java.util.Optional;

/**
 * Where a training stands. Together with the learner's arrays and the best weights this is all that a resume needs: every
 * random number is named by seed and step.
 *
 * @param step steps done over the whole training
 * @param epoch the epoch that is under way or comes next, from 0
 * @param stepInEpoch steps done in it
 * @param tally of the examples seen in it
 * @param bestLoss lowest validation loss so far (or minus the highest accuracy, if weights are kept by that), infinite if
 *     there is none
 * @param bestEpoch the epoch that reached it, from 0; −1 if there is none
 * @param seconds spent so far
 * @param lastTrain metrics of the last finished epoch; empty before the first
 */
public record Progress(
        long step,
        int epoch,
        int stepInEpoch,
        Tally tally,
        double bestLoss,
        int bestEpoch,
        double seconds,
        Optional<Metrics> lastTrain) {

    /** Before the first step. */
    public static Progress start() {
        return new Progress(0, 0, 0, Tally.NOTHING, Double.POSITIVE_INFINITY, -1, 0, Optional.empty());
    }

    Progress afterStep(Score score, int examples, double time) {
        return new Progress(
                step + 1,
                epoch,
                stepInEpoch + 1,
                tally.plus(score, examples),
                bestLoss,
                bestEpoch,
                seconds + time,
                lastTrain);
    }

    Progress afterEpoch(double loss, boolean best, double time) {
        return new Progress(
                step,
                epoch + 1,
                0,
                Tally.NOTHING,
                best ? loss : bestLoss,
                best ? epoch : bestEpoch,
                seconds + time,
                Optional.of(train()));
    }

    Metrics train() {
        return tally.metrics();
    }
}
