package fathom.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes values of documents that are written out in full. */
final class Construction {
    private Construction() {}

    /** @throws ConfigException with the place of a record whose constructor refuses its values */
    static Object of(Node node, Type type) {
        return switch (Kind.of(type)) {
            case Kind.Text _ -> scalar(node);
            case Kind.Whole(boolean isLong) -> {
                if (isLong) {
                    yield Long.valueOf(scalar(node));
                }
                yield Integer.valueOf(scalar(node));
            }
            case Kind.Real _ -> Double.valueOf(scalar(node));
            case Kind.Flag _ -> Boolean.valueOf(scalar(node));
            case Kind.Choice(var constants) -> Objects.requireNonNull(constants.get(scalar(node)));
            case Kind.Items(Type element) ->
                ((Node.Sequence) node)
                        .items().stream().map(item -> of(item, element)).toList();
            case Kind.Table(Type value) -> {
                var map = new LinkedHashMap<String, Object>();
                ((Node.Mapping) node).entries().forEach(entry -> map.put(entry.key(), of(entry.value(), value)));
                yield Collections.unmodifiableSequencedMap(map);
            }
            case Kind.Maybe(Type value) ->
                node instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.NULL
                        ? Optional.empty()
                        : Optional.of(of(node, value));
            case Kind.Fields fields -> record((Node.Mapping) node, fields);
            case Kind.Cases cases -> oneCase(node, cases);
        };
    }

    private static Object oneCase(Node node, Kind.Cases cases) {
        return switch (node) {
            case Node.Mapping mapping -> {
                Node.Entry only = mapping.entries().getFirst();
                yield of(only.value(), cases.named(only.key()));
            }
            default -> of(new Node.Mapping(node.place(), List.of()), cases.named(scalar(node)));
        };
    }

    private static String scalar(Node node) {
        return ((Node.Scalar) node).text();
    }

    private static Object record(Node.Mapping mapping, Kind.Fields fields) {
        List<Field> all = fields.all();
        var values = new @Nullable Object[all.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    of(mapping.get(all.get(i).name()).orElseThrow(), all.get(i).type());
        }
        try {
            return fields.make(values);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            if (cause instanceof Error error) {
                throw error;
            }
            String reason = cause == null ? "refused" : String.valueOf(cause.getMessage());
            throw new ConfigException(blamed(mapping, reason), Kind.nameOf(fields.type()) + ": " + reason, e);
        }
    }

    /** The place of the component that a message begins with, or of the whole record. */
    private static Place blamed(Node.Mapping mapping, String reason) {
        return mapping.entries().stream()
                .filter(entry -> reason.startsWith(entry.key() + " "))
                .map(entry -> entry.value().place())
                .filter(place -> !place.equals(Place.DEFAULT))
                .findFirst()
                .orElse(mapping.place());
    }
}
