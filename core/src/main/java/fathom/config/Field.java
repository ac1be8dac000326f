package fathom.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One component of a record. */
final class Field {
    private final String name;
    private final Type type;
    private final Method accessor;
    private final Optional<String> presetText;
    private volatile @Nullable Node presetInFull;

    private Field(String name, Type type, Method accessor, Optional<String> presetText) {
        this.name = name;
        this.type = type;
        this.accessor = accessor;
        this.presetText = presetText;
    }

    static Field of(RecordComponent component) {
        Default preset = component.getAnnotation(Default.class);
        Optional<String> text = Optional.ofNullable(preset).map(Default::value);
        boolean isOptional = component.getGenericType() instanceof ParameterizedType generic
                && generic.getRawType() == Optional.class;
        var accessor = component.getAccessor();
        accessor.setAccessible(true);
        return new Field(
                component.getName(),
                component.getGenericType(),
                accessor,
                isOptional ? text.or(() -> Optional.of("null")) : text);
    }

    String name() {
        return name;
    }

    Type type() {
        return type;
    }

    /** The default written out in full, if this component may be left out. */
    Optional<Node> preset() {
        if (presetText.isEmpty()) {
            return Optional.empty();
        }
        Node full = presetInFull;
        if (full == null) {
            Node text = Document.yaml("default of " + name, presetText.get());
            full = new Expansion(Map.of()).of(text.at(Place.DEFAULT), type, name);
            presetInFull = full;
        }
        return Optional.of(full);
    }

    boolean hasPreset() {
        return presetText.isPresent();
    }

    /** Whether {@code full}, written out in full, is what this component would be anyway. */
    boolean isPreset(Node full) {
        return preset().map(node -> node.saysSameAs(full)).orElse(false);
    }

    /** The value of this component. */
    Object in(Object owner) {
        try {
            return accessor.invoke(owner);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + accessor, e);
        }
    }
}
