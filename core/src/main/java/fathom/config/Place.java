package fathom.config;

/**
 * Where a value came from: a line and column of a document, or a source without lines such as a flag or a default.
 *
 * @param source name of the document, or what gave the value
 * @param line counted from 1; 0 if the source has no lines
 * @param column counted from 1; 0 if the source has no lines
 */
public record Place(String source, int line, int column) {
    /** A value that nobody gave. */
    public static final Place DEFAULT = named("default");

    /** A source without lines. */
    public static Place named(String source) {
        return new Place(source, 0, 0);
    }

    /** {@code my.yaml:3:14}, or just the source. */
    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line + ":" + column;
    }
}
