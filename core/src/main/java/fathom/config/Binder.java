package fathom.config;

import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads records from documents and writes them back. Immutable.
 *
 * <p>A record is a mapping with one key a component. Components that the document leaves out take their {@link Default};
 * unknown keys are errors. A component may be text, int, long, double, boolean, an enum ({@code camelCase}), a list, a
 * {@code SequencedMap} from text, an {@code Optional} (null or absent), another record, or a sealed interface of records.
 *
 * <p>A case of a sealed interface is a mapping with one key, the record's decapitalised name: {@code conv: {channels: 32,
 * kernel: 3}}. If every component has a default the name alone will do: {@code relu}. A record whose only component
 * without default (or whose only component) gets a value that is no mapping takes it bare: {@code linear: 10}, {@code
 * chain: [relu]}.
 */
public final class Binder {
    private final Map<Type, Names> names;

    /** Values of a type that documents may name. */
    record Names(Function<String, Optional<Object>> byName, List<String> known) {}

    public Binder() {
        this(Map.of());
    }

    private Binder(Map<Type, Names> names) {
        this.names = Map.copyOf(names);
    }

    /**
     * A binder that also takes a name where a {@code type} is expected, as in {@code network: lenet}.
     *
     * @param known the names that messages suggest
     */
    public <T> Binder naming(Class<T> type, Function<String, Optional<T>> byName, List<String> known) {
        var more = new HashMap<>(names);
        more.put(type, new Names(name -> byName.apply(name).map(value -> value), List.copyOf(known)));
        return new Binder(more);
    }

    /**
     * The value that a document describes.
     *
     * @throws ConfigException naming the place, what was wrong and what is expected
     */
    public <T> T read(Node document, Class<T> type) {
        return type.cast(Construction.of(expand(document, type), type));
    }

    /**
     * The document written out in full: every default present, no bare values, no names. Parts of the document keep their
     * places, defaults have {@link Place#DEFAULT}.
     *
     * @throws ConfigException naming the place, what was wrong and what is expected
     */
    public <T> Node expand(Node document, Class<T> type) {
        return new Expansion(names).of(document, type, "the document");
    }

    /**
     * A value written out in full; what equals its default has {@link Place#DEFAULT}, everything else {@code place}.
     *
     * @throws IllegalArgumentException if the value holds a number that is infinite or not a number
     */
    public <T> Node writeFully(T value, Class<T> type, Place place) {
        return new Expansion(Map.of()).of(Writing.of(value, type, place), type, Kind.nameOf(type));
    }

    /**
     * The shortest document that reads back as this value.
     *
     * @throws IllegalArgumentException if the value holds a number that is infinite or not a number
     */
    public <T> Node write(T value, Class<T> type) {
        return shorten(Writing.of(value, type, Place.DEFAULT), type);
    }

    /** The shortest document that says the same as one written out in full. */
    public <T> Node shorten(Node full, Class<T> type) {
        return Shortening.of(full, type);
    }
}
