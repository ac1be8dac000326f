package fathom.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How the binder treats a Java type. */
sealed interface Kind {
    Map<Type, Kind> KNOWN = new ConcurrentHashMap<>();

    record Text() implements Kind {}

    /** int or long. */
    record Whole(boolean isLong) implements Kind {}

    /** double. */
    record Real() implements Kind {}

    /** boolean. */
    record Flag() implements Kind {}

    /** An enum: its constants under the names that documents use. */
    record Choice(SequencedMap<String, Enum<?>> constants) implements Kind {}

    /** A list. */
    record Items(Type element) implements Kind {}

    /** A map from text. */
    record Table(Type value) implements Kind {}

    /** An Optional: absent is null in a document. */
    record Maybe(Type value) implements Kind {}

    /**
     * A record.
     *
     * @param needed names of the components without default
     */
    record Fields(Class<?> type, List<Field> all, List<String> names, List<String> needed, Constructor<?> constructor)
            implements Kind {

        /** The field that a bare value stands for: the only one without a default, or the only one at all. */
        Optional<Field> bare() {
            if (needed.size() == 1) {
                return all.stream()
                        .filter(field -> field.name().equals(needed.getFirst()))
                        .findFirst();
            }
            return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
        }

        /**
         * A record from its components, in order.
         *
         * @throws InvocationTargetException with what the record's own constructor threw
         */
        Object make(@Nullable Object[] values) throws InvocationTargetException {
            try {
                return constructor.newInstance(values);
            } catch (InstantiationException | IllegalAccessException e) {
                throw new IllegalStateException("cannot make a " + type.getName(), e);
            }
        }
    }

    /** A sealed interface of records: each under its simple name, decapitalised. */
    record Cases(Class<?> type, SequencedMap<String, Class<?>> records) implements Kind {
        /** The record of this name, which must be one of them. */
        Class<?> named(String name) {
            return Objects.requireNonNull(records.get(name), name);
        }
    }

    /** @throws IllegalArgumentException if no document can hold such a type */
    static Kind of(Type type) {
        Kind known = KNOWN.get(type);
        if (known == null) {
            known = find(type);
            KNOWN.put(type, known);
        }
        return known;
    }

    private static Kind find(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type raw = generic.getRawType();
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            if (raw == List.class) {
                return new Items(last);
            }
            if (raw == SequencedMap.class && generic.getActualTypeArguments()[0] == String.class) {
                return new Table(last);
            }
            if (raw == Optional.class) {
                return new Maybe(last);
            }
        }
        if (type instanceof Class<?> c) {
            if (c == String.class) {
                return new Text();
            }
            if (c == int.class || c == long.class || c == Integer.class || c == Long.class) {
                return new Whole(c == long.class || c == Long.class);
            }
            if (c == double.class || c == Double.class) {
                return new Real();
            }
            if (c == boolean.class || c == Boolean.class) {
                return new Flag();
            }
            return structure(c);
        }
        throw new IllegalArgumentException("a document cannot hold a " + type);
    }

    private static Kind structure(Class<?> type) {
        if (type.isEnum()) {
            var constants = new java.util.LinkedHashMap<String, Enum<?>>();
            for (Object constant : type.getEnumConstants()) {
                constants.put(camel(((Enum<?>) constant).name()), (Enum<?>) constant);
            }
            return new Choice(constants);
        }
        if (type.isRecord()) {
            return fields(type);
        }
        if (type.isSealed()) {
            var records = new java.util.LinkedHashMap<String, Class<?>>();
            for (Class<?> permitted : recordsOf(type)) {
                records.put(decapitalised(permitted.getSimpleName()), permitted);
            }
            return new Cases(type, records);
        }
        throw new IllegalArgumentException("a document cannot hold a " + type.getName());
    }

    private static Fields fields(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        List<Field> all = Arrays.stream(components).map(Field::of).toList();
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return new Fields(
                    type,
                    all,
                    all.stream().map(Field::name).toList(),
                    all.stream()
                            .filter(field -> !field.hasPreset())
                            .map(Field::name)
                            .toList(),
                    constructor);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("a record without its own constructor: " + type.getName(), e);
        }
    }

    private static List<Class<?>> recordsOf(Class<?> type) {
        var found = new ArrayList<Class<?>>();
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            if (permitted.isRecord()) {
                found.add(permitted);
            } else if (permitted.isSealed()) {
                found.addAll(recordsOf(permitted));
            } else {
                throw new IllegalArgumentException("a document cannot hold a " + permitted.getName());
            }
        }
        return found;
    }

    /** How documents spell a type: {@code maxPool}. */
    static String nameOf(Class<?> type) {
        return decapitalised(type.getSimpleName());
    }

    private static String decapitalised(String name) {
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    private static String camel(String constant) {
        var name = new StringBuilder();
        for (String word : constant.toLowerCase(Locale.ROOT).split("_", -1)) {
            name.append(
                    name.isEmpty() || word.isEmpty()
                            ? word
                            : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return name.toString();
    }
}
