package fathom.engine;

/** An engine that is not there or cannot do what is asked; the message says what to do. */
public final class EngineException extends RuntimeException {
    public EngineException(String message) {
        super(message);
    }

    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
