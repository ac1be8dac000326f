package fathom.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Changes single values of a document by a path, as {@code --set path=value} does.
 *
 * <p>A path is some of the keys on the way to a value, joined by dots; it may leave keys out as long as only one place
 * fits: {@code epochs} finds {@code training.epochs}, {@code optimizer.weightDecay} finds {@code
 * training.optimizer.adam.weightDecay}. Items of lists are numbered from 0. A place given in full wins over all others, and
 * a place outside lists over those inside.
 */
public final class Overrides {
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final int MOST_LISTED = 6;

    private Overrides() {}

    /**
     * The document, written out in full, with one value replaced; its place is then {@code --set path=value}.
     *
     * @param assignment {@code path=value}, the value in YAML
     * @throws ConfigException if no place fits, several do, or the value does not belong there
     */
    public static <T> Node apply(Binder binder, Class<T> type, Node document, String assignment) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            throw new ConfigException(Place.named("--set " + Said.shortened(assignment, 60)), "write path=value");
        }
        return apply(binder, type, document, assignment.substring(0, equals), assignment.substring(equals + 1));
    }

    /**
     * The document, written out in full, with one value replaced; its place is then {@code --set path=value}.
     *
     * @throws ConfigException if no place fits, several do, or the value does not belong there
     */
    public static <T> Node apply(Binder binder, Class<T> type, Node document, String path, String value) {
        Place place = Place.named("--set " + Said.shortened(path + "=" + value, 60));
        return apply(
                binder,
                type,
                document,
                path,
                place,
                Document.yaml(place.source(), value).at(place));
    }

    /**
     * The document, written out in full, with one value replaced by another node.
     *
     * @param place where the path stands, for messages
     * @throws ConfigException if no place fits, several do, or the value does not belong there
     */
    public static <T> Node apply(Binder binder, Class<T> type, Node document, String path, Place place, Node value) {
        Node full = binder.expand(document, type);
        List<String> wanted = List.of(path.strip().split("\\.", -1));
        List<String> target = find(places(full), wanted, place);
        return binder.expand(replaced(full, target, value), type);
    }

    private static List<String> find(List<List<String>> places, List<String> wanted, Place place) {
        if (places.contains(wanted)) {
            return wanted;
        }
        List<List<String>> fitting =
                places.stream().filter(candidate -> fits(candidate, wanted)).toList();
        List<List<String>> outside =
                fitting.stream().filter(candidate -> !isInList(candidate)).toList();
        List<List<String>> best = outside.isEmpty() ? fitting : outside;
        if (best.size() == 1) {
            return best.getFirst();
        }
        throw best.isEmpty() ? unknown(places, wanted, place) : ambiguous(best, wanted, place);
    }

    /** Whether {@code wanted} is what is left of {@code candidate} when some keys but not the last are taken out. */
    private static boolean fits(List<String> candidate, List<String> wanted) {
        if (!candidate.getLast().equals(wanted.getLast())) {
            return false;
        }
        int next = 0;
        for (String key : candidate) {
            if (next < wanted.size() && key.equals(wanted.get(next))) {
                next++;
            }
        }
        return next == wanted.size();
    }

    private static boolean isInList(List<String> path) {
        return path.stream().anyMatch(key -> NUMBER.matcher(key).matches());
    }

    private static List<List<String>> places(Node node) {
        var found = new ArrayList<List<String>>();
        collect(node, List.of(), found);
        return found;
    }

    private static void collect(Node node, List<String> path, List<List<String>> found) {
        if (!path.isEmpty()) {
            found.add(path);
        }
        switch (node) {
            case Node.Scalar _ -> {}
            case Node.Sequence(var _, var items) -> {
                for (int i = 0; i < items.size(); i++) {
                    collect(items.get(i), joined(path, String.valueOf(i)), found);
                }
            }
            case Node.Mapping(var _, var entries) ->
                entries.forEach(entry -> collect(entry.value(), joined(path, entry.key()), found));
        }
    }

    private static List<String> joined(List<String> path, String key) {
        var longer = new ArrayList<>(path);
        longer.add(key);
        return List.copyOf(longer);
    }

    private static Node replaced(Node node, List<String> path, Node replacement) {
        if (path.isEmpty()) {
            return replacement;
        }
        String key = path.getFirst();
        List<String> rest = path.subList(1, path.size());
        return switch (node) {
            case Node.Mapping(Place place, var entries) ->
                new Node.Mapping(
                        place,
                        entries.stream()
                                .map(entry -> entry.key().equals(key)
                                        ? new Node.Entry(key, entry.place(), replaced(entry.value(), rest, replacement))
                                        : entry)
                                .toList());
            case Node.Sequence(Place place, var items) -> {
                var changed = new ArrayList<>(items);
                int index = Integer.parseInt(key);
                changed.set(index, replaced(items.get(index), rest, replacement));
                yield new Node.Sequence(place, changed);
            }
            case Node.Scalar _ -> throw new IllegalStateException("nothing lies below a scalar: " + path);
        };
    }

    private static ConfigException unknown(List<List<String>> places, List<String> wanted, Place place) {
        Set<String> known = new LinkedHashSet<>();
        for (List<String> candidate : places) {
            known.add(candidate.getLast());
        }
        String missing =
                wanted.stream().filter(key -> !known.contains(key)).findFirst().orElse("");
        if (missing.isEmpty() && !wanted.contains("")) {
            return new ConfigException(
                    place, "no place is called %s in this order".formatted(Said.quoted(String.join(".", wanted))));
        }
        return new ConfigException(
                place, "there is no %s%s".formatted(Said.quoted(missing), Spelling.hint(missing, List.copyOf(known))));
    }

    private static ConfigException ambiguous(List<List<String>> fitting, List<String> wanted, Place place) {
        String listed = fitting.stream()
                .limit(MOST_LISTED)
                .map(candidate -> String.join(".", candidate))
                .collect(Collectors.joining(", "));
        return new ConfigException(
                place,
                "%s could be %s%s: write more of the path"
                        .formatted(
                                Said.quoted(String.join(".", wanted)),
                                listed,
                                fitting.size() > MOST_LISTED
                                        ? " or %d more".formatted(fitting.size() - MOST_LISTED)
                                        : ""));
    }
}
