package fathom.config;

import java.util.List;
import java.util.Optional;

/** A document as a tree, each part with the place it came from. */
public sealed interface Node {
    Place place();

    /** Keys with values, in the order of the document; no key comes twice. */
    record Mapping(Place place, List<Entry> entries) implements Node {
        public Mapping {
            entries = List.copyOf(entries);
        }

        /** The value under {@code key}. */
        public Optional<Node> get(String key) {
            for (Entry entry : entries) {
                if (entry.key().equals(key)) {
                    return Optional.of(entry.value());
                }
            }
            return Optional.empty();
        }

        public List<String> keys() {
            return entries.stream().map(Entry::key).toList();
        }
    }

    /** One key of a mapping with its own place. */
    record Entry(String key, Place place, Node value) {}

    /** A list. */
    record Sequence(Place place, List<Node> items) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /**
     * A single value.
     *
     * @param text as the document spells it, without quotes
     */
    record Scalar(Place place, Kind kind, String text) implements Node {}

    /** What a scalar is by its spelling alone. */
    enum Kind {
        TEXT,
        NUMBER,
        BOOLEAN,
        NULL
    }

    /** The same tree, every part of it from {@code place}. */
    default Node at(Place place) {
        return switch (this) {
            case Scalar(var _, Kind kind, String text) -> new Scalar(place, kind, text);
            case Sequence(var _, List<Node> items) ->
                new Sequence(place, items.stream().map(item -> item.at(place)).toList());
            case Mapping(var _, List<Entry> entries) ->
                new Mapping(
                        place,
                        entries.stream()
                                .map(entry -> new Entry(
                                        entry.key(), place, entry.value().at(place)))
                                .toList());
        };
    }

    /** Whether both say the same, wherever they came from. */
    default boolean saysSameAs(Node other) {
        return at(Place.DEFAULT).equals(other.at(Place.DEFAULT));
    }
}
