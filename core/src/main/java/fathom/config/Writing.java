package fathom.config;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes values as documents in full. */
final class Writing {
    private Writing() {}

    static Node of(Object value, Type type, Place place) {
        return switch (Kind.of(type)) {
            case Kind.Text _ -> new Node.Scalar(place, Node.Kind.TEXT, whole((String) value));
            case Kind.Whole _ -> new Node.Scalar(place, Node.Kind.NUMBER, String.valueOf(value));
            case Kind.Real _ -> new Node.Scalar(place, Node.Kind.NUMBER, Json.number((Double) value));
            case Kind.Flag _ -> new Node.Scalar(place, Node.Kind.BOOLEAN, String.valueOf(value));
            case Kind.Choice(var constants) -> new Node.Scalar(place, Node.Kind.TEXT, key(constants, value));
            case Kind.Items(Type element) ->
                new Node.Sequence(
                        place,
                        ((List<?>) value)
                                .stream().map(item -> of(item, element, place)).toList());
            case Kind.Table(Type element) ->
                new Node.Mapping(
                        place,
                        ((Map<?, ?>) value)
                                .entrySet().stream()
                                        .map(entry -> new Node.Entry(
                                                whole((String) entry.getKey()),
                                                place,
                                                of(entry.getValue(), element, place)))
                                        .toList());
            case Kind.Maybe(Type inner) -> {
                Optional<?> maybe = (Optional<?>) value;
                yield maybe.isPresent() ? of(maybe.get(), inner, place) : new Node.Scalar(place, Node.Kind.NULL, "");
            }
            case Kind.Fields fields -> record(value, fields, place);
            case Kind.Cases cases -> oneCase(value, cases, place);
        };
    }

    private static Node oneCase(Object value, Kind.Cases cases, Place place) {
        String name = key(cases.records(), value.getClass());
        return value.getClass().getRecordComponents().length == 0
                ? new Node.Scalar(place, Node.Kind.TEXT, name)
                : new Node.Mapping(place, List.of(new Node.Entry(name, place, of(value, value.getClass(), place))));
    }

    private static Node record(Object value, Kind.Fields fields, Place place) {
        return new Node.Mapping(
                place,
                fields.all().stream()
                        .map(field -> new Node.Entry(field.name(), place, component(value, field, place)))
                        .toList());
    }

    /** A component, from {@link Place#DEFAULT} if it is what it would be anyway. */
    private static Node component(Object owner, Field field, Place place) {
        Node node = of(field.in(owner), field.type(), place);
        return field.isPreset(node) ? node.at(Place.DEFAULT) : node;
    }

    private static String whole(String text) {
        boolean broken = text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        if (broken) {
            throw new IllegalArgumentException("a document cannot hold half a surrogate pair: " + Json.quoted(text));
        }
        return text;
    }

    private static <V> String key(Map<String, V> named, Object wanted) {
        return named.entrySet().stream()
                .filter(entry -> entry.getValue().equals(wanted))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }
}
