package fathom.engine.vector;

/** Which channels and positions of a {@link Pattern} a call computes. */
record Part(int firstChannel, int channels, int firstPosition, int positions) {
    static Part all(Pattern pattern) {
        return new Part(0, pattern.channels, 0, pattern.from.length);
    }
}
