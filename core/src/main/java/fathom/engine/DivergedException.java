package fathom.engine;

/** Training that left the numbers: the loss of a step, or an array after it, is infinite or not a number. */
public final class DivergedException extends RuntimeException {
    private final long step;
    private final String reason;

    /** @param step the step at which it showed, counted from 0 */
    public DivergedException(long step, String message) {
        super(message);
        this.step = step;
        this.reason = message;
    }

    public long step() {
        return step;
    }

    /** The message. */
    public String reason() {
        return reason;
    }
}
