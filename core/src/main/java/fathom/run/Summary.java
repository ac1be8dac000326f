package fathom.run;

import fathom.config.Default;
import fathom.train.Metrics;
import fathom.train.Progress;
import java.util.Optional;

/**
 * {@code summary.json}: where a run stands, small enough to list ten thousand of them. Replaced after every checkpoint.
 *
 * @param epochs finished
 * @param plannedEpochs of the spec
 * @param bestEpoch the epoch whose weights are kept, from 1; 0 if there is none
 * @param train of the last finished epoch; metrics with a loss that is no finite number are left out
 * @param validation of the last finished epoch, at the end of the kept weights
 * @param test likewise
 * @param seconds over all processes that worked on it
 * @param end how it ended; {@code open} while it has not
 * @param message why, if it did not end well
 * @param updated an instant in ISO 8601, UTC
 */
public record Summary(
        String id,
        String experiment,
        long seed,
        String created,
        String updated,
        @Default("open") End end,
        @Default("\"\"") String message,
        @Default("0") int epochs,
        int plannedEpochs,
        @Default("0") long steps,
        @Default("0") int bestEpoch,
        Optional<Metrics> train,
        Optional<Metrics> validation,
        Optional<Metrics> test,
        @Default("0") double imagesPerSecond,
        @Default("0") double seconds) {

    /** How a run ended. */
    public enum End {
        OPEN,
        FINISHED,
        STOPPED_EARLY,
        INTERRUPTED,
        DIVERGED
    }

    static Summary of(Manifest manifest) {
        return new Summary(
                manifest.id(),
                manifest.spec().experiment(),
                manifest.spec().seed(),
                manifest.created(),
                manifest.created(),
                End.OPEN,
                "",
                0,
                manifest.spec().training().epochs(),
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0);
    }

    /** Where the training stood at a checkpoint. */
    Summary at(Progress progress, String updated) {
        return new Summary(
                id,
                experiment,
                seed,
                created,
                updated,
                end,
                message,
                progress.epoch(),
                plannedEpochs,
                progress.step(),
                progress.bestEpoch() + 1,
                train,
                validation,
                test,
                imagesPerSecond,
                progress.seconds());
    }

    Summary with(
            Optional<Metrics> train, Optional<Metrics> validation, Optional<Metrics> test, double imagesPerSecond) {
        return new Summary(
                id,
                experiment,
                seed,
                created,
                updated,
                end,
                message,
                epochs,
                plannedEpochs,
                steps,
                bestEpoch,
                train,
                validation,
                test,
                Double.isFinite(imagesPerSecond) ? imagesPerSecond : 0,
                seconds);
    }

    Summary ended(End end, String message, String updated) {
        return new Summary(
                id,
                experiment,
                seed,
                created,
                updated,
                end,
                message,
                epochs,
                plannedEpochs,
                steps,
                bestEpoch,
                train,
                validation,
                test,
                imagesPerSecond,
                seconds);
    }
}
