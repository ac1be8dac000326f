package fathom.config;

/** A {@link Node} as JSON text, and what YAML shares with it: strings in quotes and numbers. */
public final class Json {
    private Json() {}

    /** JSON on one line. */
    public static String of(Node node) {
        var out = new StringBuilder();
        append(node, -1, out);
        return out.toString();
    }

    /** JSON with two spaces a level, for files that people read; ends with a line break. */
    public static String indented(Node node) {
        var out = new StringBuilder();
        append(node, 0, out);
        return out.append('\n').toString();
    }

    private static void append(Node node, int level, StringBuilder out) {
        int inner = level < 0 ? -1 : level + 1;
        switch (node) {
            case Node.Scalar scalar -> out.append(scalar(scalar));
            case Node.Sequence(var _, var items) -> {
                out.append('[');
                String between = "";
                for (Node item : items) {
                    out.append(between);
                    lineBreak(inner, out);
                    append(item, inner, out);
                    between = ",";
                }
                closeWith(']', items.isEmpty() ? -1 : level, out);
            }
            case Node.Mapping(var _, var entries) -> {
                out.append('{');
                String between = "";
                for (Node.Entry entry : entries) {
                    out.append(between);
                    lineBreak(inner, out);
                    out.append(quoted(entry.key())).append(level < 0 ? ":" : ": ");
                    append(entry.value(), inner, out);
                    between = ",";
                }
                closeWith('}', entries.isEmpty() ? -1 : level, out);
            }
        }
    }

    private static void closeWith(char bracket, int level, StringBuilder out) {
        lineBreak(level, out);
        out.append(bracket);
    }

    private static void lineBreak(int level, StringBuilder out) {
        if (level >= 0) {
            out.append('\n').repeat("  ", level);
        }
    }

    private static String scalar(Node.Scalar scalar) {
        return switch (scalar.kind()) {
            case TEXT -> quoted(scalar.text());
            case NUMBER, BOOLEAN -> scalar.text();
            case NULL -> "null";
        };
    }

    /** In double quotes, as JSON and YAML both read it. */
    public static String quoted(String text) {
        var out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                default -> {
                    if (isPlain(text, i)) {
                        out.append(c);
                    } else {
                        out.append("\\u%04x".formatted((int) c));
                    }
                }
            }
        }
        return out.append('"').toString();
    }

    /** Whether a character may stand for itself: no control or line separator, no half of a pair, no byte order mark. */
    private static boolean isPlain(String text, int i) {
        char c = text.charAt(i);
        if (Character.isSurrogate(c)) {
            return Character.isHighSurrogate(c)
                    ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                    : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
        }
        return (c >= ' ' && c < 0x7f) || (c >= 0xa0 && c < 0xfffe && c != 0x2028 && c != 0x2029 && c != 0xfeff);
    }

    /** The shortest decimal that reads back as the same number, in a form that JSON and every YAML reader takes. */
    public static String number(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a document cannot hold the number " + value);
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15 && (value != 0 || 1 / value > 0)) {
            return String.valueOf((long) value);
        }
        String text = String.valueOf(value);
        int exponent = text.indexOf('E');
        if (exponent < 0) {
            return text;
        }
        String sign = text.charAt(exponent + 1) == '-' ? "" : "+";
        return text.substring(0, exponent) + "e" + sign + text.substring(exponent + 1);
    }
}
