package fathom.inspect;

import fathom.config.Json;
import fathom.config.Node;
import fathom.config.Place;
import fathom.model.Layer;
import fathom.model.Model;
import fathom.run.Spec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;

/**
 * One place at which the specs of runs differ.
 *
 * @param path keys joined by dots: {@code training.epochs}
 * @param values what each run says there, in the order of the runs; empty text where it says nothing
 */
public record Difference(String path, List<String> values) {
    private static final String NETWORK = "model.classifier.network";
    private static final String ENCODER = "model.vae.encoder";
    private static final String DECODER = "model.vae.decoder";

    public Difference {
        values = List.copyOf(values);
    }

    /** Every place at which not all specs say the same. A network is one place, written as a line of JSON. */
    public static List<Difference> between(List<Spec> specs) {
        var said = specs.stream().map(Difference::said).toList();
        var paths = new LinkedHashSet<String>();
        said.forEach(one -> paths.addAll(one.keySet()));
        var differences = new ArrayList<Difference>();
        for (String path : paths) {
            var values = said.stream().map(one -> one.getOrDefault(path, "")).toList();
            if (values.stream().distinct().count() > 1) {
                differences.add(new Difference(path, values));
            }
        }
        return differences;
    }

    private static SequencedMap<String, String> said(Spec spec) {
        var said = new LinkedHashMap<String, String>();
        flatten("", Spec.binder().writeFully(spec, Spec.class, Place.DEFAULT), said);
        switch (spec.model()) {
            case Model.Classifier(Layer network, var _) -> {
                said.keySet().removeIf(path -> path.startsWith(NETWORK + "."));
                said.put(NETWORK, Json.of(Spec.binder().write(network, Layer.class)));
            }
            case Model.Vae(Layer encoder, Layer decoder, var _, var _) -> {
                said.keySet().removeIf(path -> path.startsWith(ENCODER + ".") || path.startsWith(DECODER + "."));
                said.put(ENCODER, Json.of(Spec.binder().write(encoder, Layer.class)));
                said.put(DECODER, Json.of(Spec.binder().write(decoder, Layer.class)));
            }
        }
        return said;
    }

    private static void flatten(String path, Node node, SequencedMap<String, String> said) {
        switch (node) {
            case Node.Scalar scalar -> said.put(path, scalar.text());
            case Node.Sequence(var _, var items) -> {
                for (int i = 0; i < items.size(); i++) {
                    flatten(path + "." + i, items.get(i), said);
                }
            }
            case Node.Mapping(var _, var entries) ->
                entries.forEach(
                        entry -> flatten(path.isEmpty() ? entry.key() : path + "." + entry.key(), entry.value(), said));
        }
    }
}
