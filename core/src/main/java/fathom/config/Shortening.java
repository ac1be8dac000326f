package fathom.config;

import java.lang.reflect.Type;
import java.util.List;

/** Leaves out of a full document what reading puts back. */
final class Shortening {
    private Shortening() {}

    static Node of(Node node, Type type) {
        return switch (Kind.of(type)) {
            case Kind.Text _, Kind.Whole _, Kind.Real _, Kind.Flag _, Kind.Choice _ -> node;
            case Kind.Items(Type element) ->
                new Node.Sequence(
                        node.place(),
                        ((Node.Sequence) node)
                                .items().stream().map(item -> of(item, element)).toList());
            case Kind.Table(Type value) ->
                new Node.Mapping(
                        node.place(),
                        ((Node.Mapping) node)
                                .entries().stream()
                                        .map(entry ->
                                                new Node.Entry(entry.key(), entry.place(), of(entry.value(), value)))
                                        .toList());
            case Kind.Maybe(Type value) ->
                node instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.NULL ? node : of(node, value);
            case Kind.Fields fields -> fields((Node.Mapping) node, fields);
            case Kind.Cases cases -> node instanceof Node.Mapping mapping ? oneCase(mapping, cases) : node;
        };
    }

    private static Node.Mapping fields(Node.Mapping mapping, Kind.Fields fields) {
        return new Node.Mapping(
                mapping.place(),
                fields.all().stream()
                        .filter(field -> !field.isPreset(value(mapping, field)))
                        .map(field ->
                                new Node.Entry(field.name(), mapping.place(), of(value(mapping, field), field.type())))
                        .toList());
    }

    private static Node oneCase(Node.Mapping mapping, Kind.Cases cases) {
        Node.Entry only = mapping.entries().getFirst();
        Kind.Fields type = (Kind.Fields) Kind.of(cases.named(only.key()));
        Node.Mapping fields = fields((Node.Mapping) only.value(), type);
        if (fields.entries().isEmpty()) {
            return new Node.Scalar(mapping.place(), Node.Kind.TEXT, only.key());
        }
        return new Node.Mapping(
                mapping.place(), List.of(new Node.Entry(only.key(), only.place(), bareIfAlone(fields, type))));
    }

    private static Node bareIfAlone(Node.Mapping fields, Kind.Fields type) {
        Node.Entry first = fields.entries().getFirst();
        boolean alone = fields.entries().size() == 1
                && type.bare().map(field -> field.name().equals(first.key())).orElse(false);
        boolean unmistakable = !(first.value() instanceof Node.Mapping)
                && !(first.value() instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.NULL);
        return alone && unmistakable ? first.value() : fields;
    }

    private static Node value(Node.Mapping mapping, Field field) {
        return mapping.get(field.name()).orElseThrow();
    }
}
