package fathom.run;

/** A run that cannot be found, read or written; the message names the file or run, the reason and what to do. */
public final class StoreException extends RuntimeException {
    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
