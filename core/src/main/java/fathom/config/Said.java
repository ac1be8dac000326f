package fathom.config;

import java.util.List;

/** How messages quote what was written, and what may have been meant. */
final class Said {
    private static final int LONGEST = 40;

    private Said() {}

    static String quoted(String text) {
        return Json.quoted(shortened(text, LONGEST));
    }

    static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }

    /** The node in a few words, as a message says what it got. */
    static String got(Node node) {
        return switch (node) {
            case Node.Mapping(var _, var entries) -> entries.isEmpty() ? "an empty mapping" : "a mapping";
            case Node.Sequence _ -> "a list";
            case Node.Scalar(var _, Node.Kind kind, String text) ->
                switch (kind) {
                    case NULL -> "nothing";
                    case TEXT -> quoted(text);
                    case NUMBER, BOOLEAN -> shortened(text, LONGEST);
                };
        };
    }

    /** The end of a sentence: {@code : did you mean "x"?} or a full stop. */
    static String question(String said, List<String> known) {
        String hint = Spelling.hint(said, known);
        return hint.isEmpty() ? "." : hint;
    }
}
