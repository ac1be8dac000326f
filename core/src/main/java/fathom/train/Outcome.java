package fathom.train;

import java.util.Optional;

/**
 * How a training ended.
 *
 * @param end why
 * @param epochs finished
 * @param steps done
 * @param bestEpoch the epoch whose weights were kept, from 1; 0 if there is none
 * @param train metrics of the last finished epoch, in training mode
 * @param validation of the kept weights
 * @param test of the kept weights
 * @param imagesPerSecond mean over the training steps of this process
 * @param seconds over all processes that worked on it
 */
public record Outcome(
        End end,
        int epochs,
        long steps,
        int bestEpoch,
        Optional<Metrics> train,
        Optional<Metrics> validation,
        Optional<Metrics> test,
        double imagesPerSecond,
        double seconds) {

    /** Why a training ended. */
    public enum End {
        /** All epochs done. */
        FINISHED,
        /** The validation loss had not fallen for as long as {@link Stop} allows. */
        STOPPED_EARLY,
        /** Asked to stop. */
        INTERRUPTED
    }
}
