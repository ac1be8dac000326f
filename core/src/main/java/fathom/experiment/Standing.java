package fathom.experiment;

import fathom.run.Run;
import fathom.run.Summary;
import java.util.Optional;

/**
 * Where one run of an experiment stands.
 *
 * @param message why it did not end well; else empty
 * @param run empty if none has been begun
 * @param summary of the run
 * @param twins how many more runs there are of the same spec; they count nowhere
 */
public record Standing(
        Cell cell, State state, String message, Optional<Run> run, Optional<Summary> summary, int twins) {

    /** From what counts least to what counts most, if there are several runs of one cell. */
    public enum State {
        MISSING,
        /** It could not be begun, or broke off; it is tried again by the next {@code fathom train}. */
        FAILED,
        /** Left at an early epoch because its variant was among the worse ones. */
        GIVEN_UP,
        /** Can be continued. */
        INTERRUPTED,
        RUNNING,
        /** The loss left the numbers; it would do so again. */
        DIVERGED,
        /** To the last epoch, or to where its own spec stops early. */
        FINISHED
    }

    static Standing missing(Cell cell) {
        return new Standing(cell, State.MISSING, "", Optional.empty(), Optional.empty(), 0);
    }

    /** Whether more training would change nothing. */
    public boolean isSettled() {
        return state == State.FINISHED || state == State.DIVERGED;
    }

    /** Finished epochs. */
    public int epochs() {
        return summary.map(Summary::epochs).orElse(0);
    }

    boolean isBetterThan(Standing other) {
        int order = state.compareTo(other.state);
        return order > 0 || (order == 0 && epochs() > other.epochs());
    }

    Standing withTwins(int twins) {
        return new Standing(cell, state, message, run, summary, twins);
    }

    Standing with(Ledger.Note note) {
        var why = switch (note.reason()) {
            case FAILED -> State.FAILED;
            case GIVEN_UP -> State.GIVEN_UP;
        };
        return new Standing(cell, why, note.message(), run, summary, twins);
    }
}
