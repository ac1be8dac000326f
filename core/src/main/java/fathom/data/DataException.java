package fathom.data;

/** A data set that is missing, damaged or not what it should be: the message names the file, the reason and what to do. */
public final class DataException extends RuntimeException {
    public DataException(String message) {
        super(message);
    }

    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
