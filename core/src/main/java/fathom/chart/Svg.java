package fathom.chart;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Writes an SVG document, element by element. Places and sizes are in pixels, rounded to hundredths. */
final class Svg {
    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** Where text stands beside its place. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    private Svg() {}

    /** An empty document of this size with its ground. */
    static Svg begin(Look look, String name, double width, double height) {
        var svg = new Svg();
        svg.out
                .append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"")
                .append(number(width))
                .append("\" height=\"")
                .append(number(height))
                .append("\" viewBox=\"0 0 ")
                .append(number(width))
                .append(' ')
                .append(number(height))
                .append("\" role=\"img\" class=\"fathom ")
                .append(Ground.className(look.theme()))
                .append("\">");
        svg.open.push("svg");
        if (!name.isBlank()) {
            svg.title(name);
        }
        svg.out.append("<style>").append(Ground.css(look.theme())).append("</style>\n");
        svg.rect("ground", 0, 0, width, height).end();
        return svg;
    }

    /** The document; every element must have been ended. */
    String text() {
        end();
        if (!open.isEmpty()) {
            throw new IllegalStateException("not ended: " + open);
        }
        return out.append('\n').toString();
    }

    /** Opens an element; give its attributes next, then what is in it, then {@link #end}. */
    Svg element(String name, String classes) {
        closeTag();
        out.append('<').append(name);
        open.push(name);
        pending = true;
        return classes.isEmpty() ? this : attribute("class", classes);
    }

    private boolean pending;

    private void closeTag() {
        if (pending) {
            out.append('>');
            pending = false;
        }
    }

    Svg attribute(String name, String value) {
        out.append(' ').append(name).append("=\"").append(escaped(value)).append('"');
        return this;
    }

    Svg attribute(String name, double value) {
        return attribute(name, number(value));
    }

    /** What a reader sees when hovering over the element just opened. */
    Svg title(String text) {
        closeTag();
        out.append("<title>").append(escaped(text)).append("</title>");
        return this;
    }

    Svg end() {
        String name = open.pop();
        if (pending) {
            out.append("/>");
            pending = false;
        } else {
            out.append("</").append(name).append('>');
        }
        out.append(name.equals("g") || name.equals("path") || name.equals("text") || name.equals("image") ? "\n" : "");
        return this;
    }

    Svg group(String classes) {
        return element("g", classes);
    }

    Svg rect(String classes, double x, double y, double width, double height) {
        return element("rect", classes)
                .attribute("x", x)
                .attribute("y", y)
                .attribute("width", width)
                .attribute("height", height);
    }

    Svg circle(String classes, double x, double y, double radius) {
        return element("circle", classes).attribute("cx", x).attribute("cy", y).attribute("r", radius);
    }

    Svg path(String classes, CharSequence data) {
        return element("path", classes).attribute("d", data.toString());
    }

    void line(String classes, double x1, double y1, double x2, double y2) {
        path(classes, "M" + number(x1) + " " + number(y1) + "L" + number(x2) + " " + number(y2))
                .end();
    }

    /** One line of text on the base line {@code y}. */
    void words(String classes, double x, double y, Anchor anchor, String text) {
        words(classes, x, y, anchor, text, text);
    }

    /** Text that may have been shortened, with the full one to hover. */
    void words(String classes, double x, double y, Anchor anchor, String text, String full) {
        element("text", classes).attribute("x", x).attribute("y", y);
        anchored(anchor).content(text, full).end();
    }

    /** Text turned by {@code degrees} clockwise about its place. */
    void turned(String classes, double x, double y, double degrees, Anchor anchor, String text, String full) {
        element("text", classes)
                .attribute("transform", "translate(%s %s) rotate(%s)".formatted(number(x), number(y), number(degrees)));
        anchored(anchor).content(text, full).end();
    }

    private Svg anchored(Anchor anchor) {
        return anchor == Anchor.START ? this : attribute("text-anchor", anchor == Anchor.MIDDLE ? "middle" : "end");
    }

    /** The text of the element just opened, which may have been shortened, with the full one to hover. */
    Svg content(String text, String full) {
        closeTag();
        if (!full.equals(text)) {
            title(full);
        }
        out.append(escaped(text));
        return this;
    }

    /** A part of the drawing outside of which nothing is seen. Places in it count from the whole drawing's corner. */
    Svg window(double x, double y, double width, double height) {
        return element("svg", "")
                .attribute("x", x)
                .attribute("y", y)
                .attribute("width", width)
                .attribute("height", height)
                .attribute("viewBox", number(x) + " " + number(y) + " " + number(width) + " " + number(height));
    }

    /** Text as XML holds it; characters that XML forbids become U+FFFD. */
    static String escaped(String text) {
        var safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                default -> safe.appendCodePoint(isXml(c) ? c : 0xFFFD);
            }
        });
        return safe.toString();
    }

    private static boolean isXml(int c) {
        return c == '\t'
                || c == '\n'
                || (c >= 0x20 && c < 0x7F)
                || (c > 0x9F && c < 0xD800)
                || (c > 0xDFFF && c < 0xFFFE)
                || c > 0xFFFF;
    }

    /** At most two decimals, without trailing zeros. */
    static String number(double value) {
        long hundredths = Math.round(value * 100);
        if (hundredths % 100 == 0) {
            return Long.toString(hundredths / 100);
        }
        String text = String.format(
                Locale.ROOT,
                "%s%d.%02d",
                hundredths < 0 ? "-" : "",
                Math.abs(hundredths) / 100,
                Math.abs(hundredths) % 100);
        return text.endsWith("0") ? text.substring(0, text.length() - 1) : text;
    }
}
