package fathom.run;

/** A run that another process (or this one) is writing; the message names its pid and host. */
public final class RunLockedException extends RuntimeException {
    public RunLockedException(String message) {
        super(message);
    }
}
