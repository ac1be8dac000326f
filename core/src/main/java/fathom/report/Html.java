package fathom.report;

import java.util.List;
import java.util.stream.Collectors;

/** Pieces of HTML. Everything that is not written here goes through {@link #text}: names of classes and files are not trusted. */
final class Html {
    private Html() {}

    /** Text that stands for itself, in an element or in an attribute in double quotes. */
    static String text(String raw) {
        var out = new StringBuilder(raw.length() + 16);
        raw.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> {
                    if (isText(c)) {
                        out.appendCodePoint(c);
                    } else {
                        out.append('\ufffd');
                    }
                }
            }
        });
        return out.toString();
    }

    /** No control characters, no halves of pairs, nothing that turns the direction of what follows. */
    private static boolean isText(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c == '\n' || c == '\t';
            case Character.SURROGATE, Character.UNASSIGNED -> false;
            case Character.FORMAT -> c == 0x200d || c == 0xad;
            default -> true;
        };
    }

    /** One element around markup. */
    static String element(String name, String attributes, String inside) {
        return "<%s%s>%s</%s>".formatted(name, attributes.isEmpty() ? "" : " " + attributes, inside, name);
    }

    /** Text that keeps to one line. */
    static String still(String raw) {
        return element("span", "class=\"still\"", text(raw));
    }

    /** A class's name, shortened if it is long, with the whole to hover. */
    static String name(String raw) {
        String shown = Words.shortened(raw);
        return shown.equals(raw) ? text(raw) : element("span", "title=\"" + text(raw) + "\"", text(shown));
    }

    static String paragraph(String markup) {
        return "<p>" + markup + "</p>\n";
    }

    /** A remark in small print. */
    static String note(String markup) {
        return "<p class=\"note\">" + markup + "</p>\n";
    }

    /** A section with its heading and an anchor. */
    static String section(String id, String heading, String inside) {
        return "<section id=\"%s\">\n<h2>%s</h2>\n%s</section>\n".formatted(id, text(heading), inside);
    }

    /** Figures side by side where there is room. */
    static String row(List<String> figures) {
        return "<div class=\"row\">\n" + String.join("", figures) + "</div>\n";
    }

    /** A figure with what belongs beside it, where there is room. */
    static String beside(String figure, String rest) {
        return "<div class=\"beside\">\n" + figure + "<div>\n" + rest + "</div>\n</div>\n";
    }

    /**
     * A table.
     *
     * @param header raw texts; those that begin with # head columns of numbers, which lean right
     * @param rows markup, one cell a column
     */
    static String table(List<String> header, List<List<String>> rows) {
        var out = new StringBuilder("<div class=\"scroll\"><table>\n<thead><tr>");
        for (String title : header) {
            boolean isNumber = title.startsWith("#");
            out.append(element("th", isNumber ? "class=\"n\"" : "", text(isNumber ? title.substring(1) : title)));
        }
        out.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            out.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                out.append(element("td", header.get(i).startsWith("#") ? "class=\"n\"" : "", row.get(i)));
            }
            out.append("</tr>\n");
        }
        return out.append("</tbody>\n</table></div>\n").toString();
    }

    /** Pairs of a term and what it is. */
    static String terms(List<List<String>> pairs) {
        return pairs.stream()
                .map(pair -> "<dt>%s</dt><dd>%s</dd>\n".formatted(text(pair.get(0)), text(pair.get(1))))
                .collect(Collectors.joining("", "<dl>\n", "</dl>\n"));
    }

    /** Something to open. */
    static String details(String summary, String inside) {
        return details("", summary, inside);
    }

    /** Something to close. */
    static String openDetails(String summary, String inside) {
        return details(" open", summary, inside);
    }

    private static String details(String state, String summary, String inside) {
        return "<details" + state + "><summary>%s</summary>\n%s</details>\n".formatted(text(summary), inside);
    }

    /** Lines as they are, in type of one width. */
    static String code(String lines) {
        return "<pre><code>" + text(lines) + "</code></pre>\n";
    }
}
