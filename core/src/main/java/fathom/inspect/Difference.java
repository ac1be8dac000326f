package fathom.inspect;

import fathom.config.Json;
import fathom.config.Node;
import fathom.config.Place;
import fathom.model.Layer;
import fathom.run.Spec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One place at which the specs of runs differ.
 *
 * @param path keys joined by dots, as {@code --set} takes them: {@code training.epochs}
 * @param values what each run says there, in the order of the runs; a part of several values is a line of JSON
 */
public record Difference(String path, List<String> values) {
    private static final Set<String> NETWORKS =
            Set.of("model.classifier.network", "model.vae.encoder", "model.vae.decoder");

    private static final Place GIVEN = Place.named("spec");

    public Difference {
        values = List.copyOf(values);
    }

    /**
     * Every place at which not all specs say the same. A network is one place; so is what is of different kinds, such as two
     * optimisers, and a list that is not everywhere of one length.
     */
    public static List<Difference> between(List<Spec> specs) {
        var written = specs.stream()
                .map(spec -> Spec.binder().writeFully(spec, Spec.class, GIVEN))
                .toList();
        var differences = new ArrayList<Difference>();
        compare("", written, differences);
        differences.sort(Comparator.comparing(each -> NETWORKS.contains(each.path()))); // long ones last
        return List.copyOf(differences);
    }

    private static void compare(String path, List<Node> nodes, List<Difference> found) {
        List<String> keys = keys(nodes.getFirst());
        boolean isOneKind = nodes.stream().allMatch(node -> keys(node).equals(keys));
        if (isOneKind && !keys.isEmpty() && !NETWORKS.contains(path)) {
            for (String key : keys) {
                String longer = path.isEmpty() ? key : path + "." + key;
                compare(longer, nodes.stream().map(node -> part(node, key)).toList(), found);
            }
            return;
        }
        var values = nodes.stream().map(node -> said(path, node)).toList();
        if (values.stream().distinct().count() > 1) {
            found.add(new Difference(path, values));
        }
    }

    /** Keys of a mapping, places of a list; none of a single value. */
    private static List<String> keys(Node node) {
        return switch (node) {
            case Node.Scalar _ -> List.of();
            case Node.Sequence(var _, var items) ->
                IntStream.range(0, items.size()).mapToObj(String::valueOf).toList();
            case Node.Mapping mapping -> mapping.keys();
        };
    }

    private static Node part(Node node, String key) {
        return switch (node) {
            case Node.Mapping mapping -> mapping.get(key).orElseThrow();
            case Node.Sequence(var _, var items) -> items.get(Integer.parseInt(key));
            case Node.Scalar _ -> throw new IllegalStateException("nothing lies below a single value: " + key);
        };
    }

    private static String said(String path, Node node) {
        if (NETWORKS.contains(path)) {
            return Json.of(Spec.binder().shorten(node, Layer.class));
        }
        return node instanceof Node.Scalar scalar ? scalar.text() : Json.of(brief(node));
    }

    /** Without what stands there by default, unless all of it does. */
    private static Node brief(Node node) {
        return switch (node) {
            case Node.Scalar _ -> node;
            case Node.Sequence(Place place, var items) ->
                new Node.Sequence(place, items.stream().map(Difference::brief).toList());
            case Node.Mapping(Place place, var entries) ->
                new Node.Mapping(
                        place,
                        entries.stream()
                                .filter(entry -> place.equals(Place.DEFAULT)
                                        || !entry.value().place().equals(Place.DEFAULT))
                                .map(entry -> new Node.Entry(entry.key(), place, brief(entry.value())))
                                .toList());
        };
    }
}
