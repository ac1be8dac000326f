package fathom.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A {@link Node} as YAML text: two spaces a level, short list items on one line. Reads back as the same node. */
public final class Yaml {
    private static final int WIDTH = 100;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9_./-]*( [A-Za-z0-9_./][A-Za-z0-9_./-]*)*");
    private static final Set<String> WORDS = Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    private final StringBuilder out = new StringBuilder();
    private final boolean origins;

    private Yaml(boolean origins) {
        this.origins = origins;
    }

    /** The node as YAML; ends with a line break. */
    public static String of(Node node) {
        return new Yaml(false).document(node);
    }

    /** The node as YAML, with a comment on each line that says where it came from, unless it is a default. */
    public static String withOrigins(Node node) {
        return new Yaml(true).document(node);
    }

    private String document(Node node) {
        if (isBlock(node)) {
            block(node, 0);
        } else {
            line(flow(node), node);
        }
        return out.toString();
    }

    private static boolean isBlock(Node node) {
        return switch (node) {
            case Node.Mapping(var _, var entries) -> !entries.isEmpty();
            case Node.Sequence(var _, var items) -> !items.isEmpty();
            case Node.Scalar _ -> false;
        };
    }

    private void block(Node node, int level) {
        switch (node) {
            case Node.Mapping(var _, List<Node.Entry> entries) ->
                entries.forEach(entry -> {
                    indent(level);
                    entry(entry, level);
                });
            case Node.Sequence(var _, List<Node> items) ->
                items.forEach(item -> {
                    indent(level);
                    item(item, level);
                });
            case Node.Scalar _ -> throw new IllegalArgumentException("a scalar has no lines of its own: " + node);
        }
    }

    private void entry(Node.Entry entry, int level) {
        out.append(string(entry.key())).append(':');
        if (isBlock(entry.value())) {
            out.append('\n');
            block(entry.value(), level + 1);
        } else {
            out.append(' ');
            line(flow(entry.value()), entry.value());
        }
    }

    /** One item of a list; the first line of a block stands behind its dash. */
    private void item(Node item, int level) {
        String flow = flow(item);
        out.append("- ");
        if (flow.length() + 2 * level <= WIDTH || !isBlock(item)) {
            boolean oneKey =
                    item instanceof Node.Mapping mapping && mapping.entries().size() == 1;
            line(oneKey ? flow.substring(1, flow.length() - 1) : flow, item);
            return;
        }
        switch (item) {
            case Node.Mapping(var _, List<Node.Entry> entries) -> {
                entry(entries.getFirst(), level + 1);
                entries.subList(1, entries.size()).forEach(entry -> {
                    indent(level + 1);
                    entry(entry, level + 1);
                });
            }
            case Node.Sequence(var _, List<Node> items) -> {
                item(items.getFirst(), level + 1);
                items.subList(1, items.size()).forEach(inner -> {
                    indent(level + 1);
                    item(inner, level + 1);
                });
            }
            case Node.Scalar _ -> throw new IllegalArgumentException("a scalar has no lines of its own: " + item);
        }
    }

    private void indent(int level) {
        out.repeat("  ", level);
    }

    private void line(String text, Node node) {
        out.append(text);
        if (origins) {
            Set<String> sources = new LinkedHashSet<>();
            collect(node, sources);
            if (!sources.isEmpty()) {
                out.append("  # ").append(comment(String.join(", ", sources)));
            }
        }
        out.append('\n');
    }

    private static void collect(Node node, Set<String> sources) {
        switch (node) {
            case Node.Scalar scalar -> collect(scalar.place(), sources);
            case Node.Sequence(Place place, var items) -> {
                if (items.isEmpty()) {
                    collect(place, sources);
                }
                items.forEach(item -> collect(item, sources));
            }
            case Node.Mapping(Place place, var entries) -> {
                if (entries.isEmpty()) {
                    collect(place, sources);
                }
                entries.forEach(entry -> collect(entry.value(), sources));
            }
        }
    }

    private static void collect(Place place, Set<String> sources) {
        if (!place.equals(Place.DEFAULT)) {
            sources.add(place.line() == 0 ? place.source() : place.source() + ":" + place.line());
        }
    }

    private static String comment(String text) {
        return text.chars()
                .map(c -> c < ' ' || c == 0x7f ? ' ' : c)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static String flow(Node node) {
        return switch (node) {
            case Node.Scalar(var _, Node.Kind kind, String text) ->
                switch (kind) {
                    case TEXT -> string(text);
                    case NUMBER, BOOLEAN -> text;
                    case NULL -> "null";
                };
            case Node.Sequence(var _, var items) ->
                items.stream().map(Yaml::flow).collect(Collectors.joining(", ", "[", "]"));
            case Node.Mapping(var _, var entries) ->
                entries.stream()
                        .map(entry -> string(entry.key()) + ": " + flow(entry.value()))
                        .collect(Collectors.joining(", ", "{", "}"));
        };
    }

    /** Text without quotes where every YAML reader takes it for text. */
    private static String string(String text) {
        boolean plain =
                text.length() <= 200 && PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT));
        return plain ? text : Json.quoted(text);
    }
}
