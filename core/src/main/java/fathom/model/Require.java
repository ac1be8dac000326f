package fathom.model;

import java.util.regex.Pattern;

/** What layers demand of their own numbers, said in one way. */
final class Require {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,39}");

    private Require() {}

    static void positive(String what, int value) {
        atLeast(what, value, 1);
    }

    static void atLeast(String what, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException("%s must be at least %d, got %d".formatted(what, least, value));
        }
    }

    static void between(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s must be in %d … %d, got %d".formatted(what, least, most, value));
        }
    }

    static void window(int kernel, int stride) {
        positive("kernel", kernel);
        positive("stride", stride);
    }

    static void fraction(String what, double value) {
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException("%s must be above 0 and at most 1, got %s".formatted(what, value));
        }
    }

    static void name(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a name starts with a letter, then letters, digits, _ or -, 40 at most; got \"%s\""
                            .formatted(name));
        }
    }
}
