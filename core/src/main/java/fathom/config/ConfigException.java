package fathom.config;

/** A document that cannot be read as what it should be: {@code file:line:column: what was wrong and what is expected}. */
public final class ConfigException extends RuntimeException {
    private final transient Place place;

    public ConfigException(Place place, String message) {
        super(place + ": " + message);
        this.place = place;
    }

    public ConfigException(Place place, String message, Throwable cause) {
        super(place + ": " + message, cause);
        this.place = place;
    }

    /** Where it went wrong. */
    public Place place() {
        return place;
    }
}
