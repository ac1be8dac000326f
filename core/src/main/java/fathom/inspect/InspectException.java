package fathom.inspect;

/** Something that cannot be looked at as asked; the message says what to ask instead. */
public final class InspectException extends RuntimeException {
    public InspectException(String message) {
        super(message);
    }
}
