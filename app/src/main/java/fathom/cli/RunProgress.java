package fathom.cli;

import fathom.experiment.Standing;
import fathom.run.Summary;
import fathom.train.Event;
import fathom.train.Metrics;
import java.util.Locale;
import java.util.Optional;

/**
 * How far one run of an experiment is.
 *
 * @param isHere whether this process trains it
 * @param epochs planned; 0 if not known yet
 * @param done finished epochs, with the share of the one under way
 * @param secondsPerEpoch as measured: within the first epoch by its steps so far, then by the last epoch; 0 if not known yet
 * @param accuracy within the first epoch of the training so far, then of the validation examples after the last epoch
 */
record RunProgress(
        Standing standing,
        boolean isHere,
        boolean isGivenUp,
        int epochs,
        int stepsPerEpoch,
        double done,
        double secondsPerEpoch,
        double imagesPerSecond,
        Optional<Double> accuracy) {
    private static final int BAR = 16;

    static RunProgress of(Standing standing) {
        int planned = standing.cell().spec().training().epochs();
        int done = standing.epochs();
        double seconds = standing.summary().map(Summary::seconds).orElse(0.0);
        return new RunProgress(
                standing,
                false,
                false,
                planned,
                0,
                done,
                done == 0 ? 0 : seconds / done,
                standing.summary().map(Summary::imagesPerSecond).orElse(0.0),
                standing.summary().flatMap(Summary::validation).flatMap(Metrics::accuracy));
    }

    RunProgress begun() {
        return new RunProgress(
                standing, true, false, epochs, stepsPerEpoch, done, secondsPerEpoch, imagesPerSecond, accuracy);
    }

    RunProgress givenUp() {
        return new RunProgress(
                standing, false, true, epochs, stepsPerEpoch, done, secondsPerEpoch, imagesPerSecond, accuracy);
    }

    RunProgress after(Event event) {
        return switch (event) {
            case Event.Started started ->
                new RunProgress(
                        standing,
                        isHere,
                        isGivenUp,
                        started.epochs(),
                        started.stepsPerEpoch(),
                        (double) started.from().step() / started.stepsPerEpoch(),
                        secondsPerEpoch,
                        imagesPerSecond,
                        accuracy);
            case Event.StepDone step ->
                new RunProgress(
                        standing,
                        isHere,
                        isGivenUp,
                        epochs,
                        stepsPerEpoch,
                        (double) step.step() / stepsPerEpoch,
                        secondsPerEpoch > 0 && step.step() > stepsPerEpoch
                                ? secondsPerEpoch
                                : step.secondsPerStep() * stepsPerEpoch,
                        step.imagesPerSecond(),
                        step.epoch() == 0 ? step.soFar().accuracy() : accuracy);
            case Event.EpochDone epoch ->
                new RunProgress(
                        standing,
                        isHere,
                        isGivenUp,
                        epochs,
                        stepsPerEpoch,
                        epoch.epoch(),
                        epoch.seconds(),
                        epoch.imagesPerSecond(),
                        epoch.validation().or(() -> Optional.of(epoch.train())).flatMap(Metrics::accuracy));
            default -> this;
        };
    }

    /** Whether nothing more will be done about it. */
    boolean isOver() {
        return switch (standing.state()) {
            case FINISHED, DIVERGED -> true;
            case FAILED -> !isHere;
            case GIVEN_UP, MISSING, INTERRUPTED, RUNNING -> isGivenUp;
        };
    }

    String state() {
        if (isGivenUp) {
            return "given up";
        }
        return switch (standing.state()) {
            case FINISHED, DIVERGED, FAILED, GIVEN_UP, RUNNING ->
                isHere ? "running" : StudyText.words(standing.state());
            case MISSING, INTERRUPTED -> isHere ? "running" : "waiting";
        };
    }

    /** How it stands at the end, in words. */
    String end() {
        Optional<Double> test = standing.summary().flatMap(Summary::test).flatMap(Metrics::accuracy);
        return switch (standing.state()) {
            case FINISHED ->
                test.map(share -> String.format(Locale.ROOT, "test accuracy %.2f %%", 100 * share))
                                .orElse("finished")
                        + standing.summary()
                                .map(summary -> String.format(Locale.ROOT, ", %.1f s", summary.seconds()))
                                .orElse("");
            case DIVERGED, FAILED -> StudyText.words(standing.state()) + ": " + standing.message();
            case GIVEN_UP, MISSING, INTERRUPTED, RUNNING -> "stands at epoch " + standing.epochs();
        };
    }

    /** Progress and figures, for a table. */
    String line() {
        if (!isHere) {
            return isOver() && !isGivenUp ? end() : state() + (done > 0 ? " at epoch " + standing.epochs() : "");
        }
        int full = epochs == 0 ? 0 : (int) Math.round(BAR * Math.min(1, done / epochs));
        return String.format(
                Locale.ROOT,
                "%s%s  epoch %d/%d%s  %,.0f examples/s%s",
                "█".repeat(full),
                "░".repeat(BAR - full),
                Math.min(epochs, (int) done + 1),
                epochs,
                accuracy.map(share -> String.format(Locale.ROOT, "  acc %.2f %%", 100 * share))
                        .orElse(""),
                imagesPerSecond,
                secondsPerEpoch > 0 ? "  " + Pace.clock(secondsLeft(secondsPerEpoch)) + " left" : "");
    }

    double secondsLeft(double perEpoch) {
        return Math.max(0, epochs - done) * perEpoch;
    }
}
