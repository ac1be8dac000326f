package fathom.engine;

/** Training that left the numbers: a loss is no number or beyond all sense (from 1e30 on), or the norm of
 * the gradients is not finite. */
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
