package fathom.config;

import fathom.config.Binder.Names;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks a document against a type and writes it out in full. */
final class Expansion {
    private static final Pattern DIGITS = Pattern.compile("-?[0-9]+");
    private static final Pattern REAL = Pattern.compile("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?");
    private static final int LONGEST_WHOLE = 20;
    private static final int LONGEST_NUMBER = 100;

    private final Map<Type, Names> names;

    Expansion(Map<Type, Names> names) {
        this.names = names;
    }

    /** @param what how messages call the value */
    Node of(Node node, Type type, String what) {
        return switch (Kind.of(type)) {
            case Kind.Text _ -> text(node, what);
            case Kind.Whole(boolean isLong) -> whole(node, isLong, what);
            case Kind.Real _ -> real(node, what);
            case Kind.Flag _ -> flag(node, what);
            case Kind.Choice choice -> choice(node, choice, what);
            case Kind.Items(Type element) -> items(node, element, what);
            case Kind.Table(Type value) -> table(node, value, what);
            case Kind.Maybe(Type value) -> isNull(node) ? node : of(node, value, what);
            case Kind.Fields fields -> named(node, fields.type(), what).orElseGet(() -> fields(node, fields, what));
            case Kind.Cases cases -> cases(node, cases, what);
        };
    }

    private static Node text(Node node, String what) {
        if (node instanceof Node.Scalar scalar && scalar.kind() != Node.Kind.NULL) {
            return new Node.Scalar(node.place(), Node.Kind.TEXT, scalar.text());
        }
        throw wrong(node, what, "text");
    }

    private static Node whole(Node node, boolean isLong, String what) {
        if (!(node instanceof Node.Scalar(var place, Node.Kind kind, String text)) || kind != Node.Kind.NUMBER) {
            throw wrong(node, what, "a whole number");
        }
        if (!DIGITS.matcher(text).matches()) {
            throw wrong(node, what, "a whole number");
        }
        long least = isLong ? Long.MIN_VALUE : Integer.MIN_VALUE;
        long most = isLong ? Long.MAX_VALUE : Integer.MAX_VALUE;
        if (text.length() <= LONGEST_WHOLE) {
            var value = new BigInteger(text);
            if (value.bitLength() < Long.SIZE && value.longValue() >= least && value.longValue() <= most) {
                return new Node.Scalar(place, Node.Kind.NUMBER, value.toString());
            }
        }
        throw wrong(node, what, "a whole number in %d … %d".formatted(least, most));
    }

    private static Node real(Node node, String what) {
        if (node instanceof Node.Scalar(var place, Node.Kind kind, String text)
                && (kind == Node.Kind.NUMBER || kind == Node.Kind.TEXT)
                && text.length() <= LONGEST_NUMBER
                && REAL.matcher(text).matches()) {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return new Node.Scalar(place, Node.Kind.NUMBER, Json.number(value));
            }
        }
        throw wrong(node, what, "a finite number");
    }

    private static Node flag(Node node, String what) {
        if (node instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.BOOLEAN) {
            return node;
        }
        throw wrong(node, what, "true or false");
    }

    private static Node choice(Node node, Kind.Choice choice, String what) {
        List<String> known = List.copyOf(choice.constants().keySet());
        if (node instanceof Node.Scalar(var place, Node.Kind kind, String text) && kind != Node.Kind.NULL) {
            for (String name : known) {
                if (letters(name).equals(letters(text))) {
                    return new Node.Scalar(place, Node.Kind.TEXT, name);
                }
            }
            throw wrong(node, what, "one of " + String.join(", ", known), Spelling.hint(text, known));
        }
        throw wrong(node, what, "one of " + String.join(", ", known));
    }

    private static String letters(String name) {
        return name.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
    }

    private Node items(Node node, Type element, String what) {
        if (!(node instanceof Node.Sequence(var place, List<Node> items))) {
            throw wrong(node, what, "a list ([a, b], or lines that start with \"- \")");
        }
        var expanded = new ArrayList<Node>();
        for (Node item : items) {
            expanded.add(of(item, element, "item " + (expanded.size() + 1) + " of " + what));
        }
        return new Node.Sequence(place, expanded);
    }

    private Node table(Node node, Type value, String what) {
        if (!(node instanceof Node.Mapping(var place, List<Node.Entry> entries))) {
            throw wrong(node, what, "a mapping (key: value)");
        }
        return new Node.Mapping(
                place,
                entries.stream()
                        .map(entry -> new Node.Entry(
                                entry.key(), entry.place(), of(entry.value(), value, Said.shortened(entry.key(), 40))))
                        .toList());
    }

    private Optional<Node> named(Node node, Class<?> type, String what) {
        Names named = names.get(type);
        if (named == null || !(node instanceof Node.Scalar scalar) || scalar.kind() != Node.Kind.TEXT) {
            return Optional.empty();
        }
        return named.byName().apply(scalar.text()).map(value -> of(Writing.of(value, type, node.place()), type, what));
    }

    private Node fields(Node node, Kind.Fields fields, String what) {
        return switch (node) {
            case Node.Mapping mapping -> fields(mapping, fields, what);
            case Node.Scalar scalar
            when scalar.kind() == Node.Kind.NULL -> fields(new Node.Mapping(node.place(), List.of()), fields, what);
            default -> {
                Field bare = fields.bare().orElseThrow(() -> wrong(node, what, expected(fields)));
                yield fields(
                        new Node.Mapping(node.place(), List.of(new Node.Entry(bare.name(), node.place(), node))),
                        fields,
                        what);
            }
        };
    }

    private Node fields(Node.Mapping mapping, Kind.Fields fields, String what) {
        for (Node.Entry entry : mapping.entries()) {
            if (!fields.names().contains(entry.key())) {
                throw unknown(entry, what, fields.names());
            }
        }
        List<String> missing = fields.needed().stream()
                .filter(name -> mapping.get(name).isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            throw new ConfigException(mapping.place(), "%s needs %s".formatted(what, String.join(" and ", missing)));
        }
        var entries = new ArrayList<Node.Entry>();
        for (Field field : fields.all()) {
            Optional<Node> given = mapping.get(field.name());
            Node value = given.isPresent()
                    ? of(given.get(), field.type(), field.name())
                    : field.preset().orElseThrow();
            entries.add(new Node.Entry(field.name(), value.place(), value));
        }
        return new Node.Mapping(mapping.place(), entries);
    }

    private Node cases(Node node, Kind.Cases cases, String what) {
        return switch (node) {
            case Node.Scalar scalar
            when scalar.kind() == Node.Kind.TEXT -> {
                Class<?> type = cases.records().get(scalar.text());
                yield type == null
                        ? named(node, cases.type(), what)
                                .orElseThrow(() -> unknownCase(node, scalar.text(), cases, what))
                        : inCase(new Node.Entry(scalar.text(), node.place(), empty(node.place())), node.place(), type);
            }
            case Node.Mapping(var place, List<Node.Entry> entries)
            when !entries.isEmpty() -> {
                Node.Entry first = entries.getFirst();
                Class<?> type = cases.records().get(first.key());
                if (type == null) {
                    throw unknownCase(new Node.Mapping(first.place(), entries), first.key(), cases, what);
                }
                if (entries.size() > 1) {
                    Node.Entry second = entries.get(1);
                    throw new ConfigException(
                            second.place(),
                            "%s has %s beside %s: it takes one key; is %s meant to stand inside %s?"
                                    .formatted(
                                            what,
                                            Said.quoted(second.key()),
                                            first.key(),
                                            Said.quoted(second.key()),
                                            first.key()));
                }
                yield inCase(first, place, type);
            }
            default -> throw wrong(node, what, "one of " + String.join(", ", known(cases)));
        };
    }

    private Node inCase(Node.Entry entry, Place place, Class<?> type) {
        Kind.Fields fields = (Kind.Fields) Kind.of(type);
        Node value = fields(entry.value(), fields, entry.key());
        return fields.all().isEmpty()
                ? new Node.Scalar(place, Node.Kind.TEXT, entry.key())
                : new Node.Mapping(place, List.of(new Node.Entry(entry.key(), entry.place(), value)));
    }

    private static Node empty(Place place) {
        return new Node.Mapping(place, List.of());
    }

    private List<String> known(Kind.Cases cases) {
        var known = new ArrayList<>(cases.records().keySet());
        Names named = names.get(cases.type());
        if (named != null) {
            known.addAll(named.known());
        }
        return known;
    }

    private ConfigException unknownCase(Node node, String text, Kind.Cases cases, String what) {
        List<String> known = known(cases);
        return new ConfigException(
                node.place(),
                "%s cannot be %s%s It is one of %s"
                        .formatted(what, Said.quoted(text), Said.question(text, known), String.join(", ", known)));
    }

    private static ConfigException unknown(Node.Entry entry, String what, List<String> known) {
        String takes = known.isEmpty() ? "nothing" : String.join(", ", known);
        return new ConfigException(
                entry.place(),
                "%s has no %s%s It takes %s"
                        .formatted(what, Said.quoted(entry.key()), Said.question(entry.key(), known), takes));
    }

    private static String expected(Kind.Fields fields) {
        return fields.all().isEmpty() ? "without a value" : "a mapping with " + String.join(", ", fields.names());
    }

    private static ConfigException wrong(Node node, String what, String expected) {
        return wrong(node, what, expected, "");
    }

    private static ConfigException wrong(Node node, String what, String expected, String hint) {
        return new ConfigException(
                node.place(), "%s must be %s, got %s%s".formatted(what, expected, Said.got(node), hint));
    }

    private static boolean isNull(Node node) {
        return node instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.NULL;
    }
}
