package fathom.model;

/** A network that cannot be: the message names the layer by its path, what it needs, what it got and what to do. */
public final class ModelException extends RuntimeException {
    public ModelException(String message) {
        super(message);
    }
}
