package fathom.cli;

import fathom.config.Document;
import fathom.config.Node;
import fathom.config.Place;
import fathom.config.Yaml;
import fathom.experiment.Experiment;
import fathom.experiment.Variant;
import fathom.inspect.Difference;
import fathom.run.Spec;
import java.util.ArrayList;
import java.util.List;

/** An experiment as a file that {@code fathom train} reads. */
final class StudyYaml {
    private StudyYaml() {}

    static String of(Experiment experiment) {
        var entries = new ArrayList<Node.Entry>();
        if (!experiment.question().isEmpty()) {
            entries.add(entry("question", text(experiment.question())));
        }
        Node base = Spec.binder().write(experiment.spec(), Spec.class);
        entries.addAll(((Node.Mapping) base).entries());
        entries.add(entry(
                "variants",
                sequence(experiment.variants().stream()
                        .map(variant -> variant(experiment.spec(), variant))
                        .toList())));
        entries.add(entry(
                "seeds",
                sequence(experiment.seeds().stream()
                        .map(seed -> (Node) new Node.Scalar(Place.DEFAULT, Node.Kind.NUMBER, String.valueOf(seed)))
                        .toList())));
        return Yaml.of(mapping(entries));
    }

    private static Node variant(Spec base, Variant variant) {
        var set = new ArrayList<Node.Entry>();
        for (Difference difference : Difference.between(List.of(base, variant.spec()))) {
            set.add(entry(
                    difference.path(),
                    Document.parse("variant", difference.values().getLast())));
        }
        return mapping(List.of(entry("name", text(variant.name())), entry("set", mapping(set))));
    }

    private static Node.Entry entry(String key, Node value) {
        return new Node.Entry(key, Place.DEFAULT, value);
    }

    private static Node text(String text) {
        return new Node.Scalar(Place.DEFAULT, Node.Kind.TEXT, text);
    }

    private static Node mapping(List<Node.Entry> entries) {
        return new Node.Mapping(Place.DEFAULT, entries);
    }

    private static Node sequence(List<Node> items) {
        return new Node.Sequence(Place.DEFAULT, items);
    }
}
