package fathom.report;

import fathom.chart.Block;
import fathom.chart.NetworkDiagram;
import fathom.model.Layer;
import fathom.model.Network;
import fathom.model.Network.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A network as the blocks of a diagram. */
final class Diagram {
    private final Map<String, Place> places;

    private Diagram(Network network) {
        this.places = network.byPath();
    }

    static NetworkDiagram of(Network network) {
        return new NetworkDiagram("", network.input().toString(), new Diagram(network).block(network.root(), ""));
    }

    private Block block(Layer layer, String path) {
        return switch (layer) {
            case Layer.Chain(List<Layer> layers) -> new Block.Row("", parts(layers, path));
            case Layer.Named(String name, Layer.Chain(List<Layer> layers)) -> new Block.Row(name, parts(layers, path));
            case Layer.Named(var _, Layer inner) -> block(inner, path);
            case Layer.Branches(List<Layer> branches) ->
                new Block.Fork(path, parts(branches, path), Block.Join.CONCATENATE, shape(path));
            case Layer.Residual(Layer body, Layer shortcut) ->
                new Block.Fork(
                        path,
                        List.of(block(body, join(path, "body")), block(shortcut, join(path, "shortcut"))),
                        Block.Join.ADD,
                        shape(path));
            default -> box(layer, path);
        };
    }

    private List<Block> parts(List<Layer> layers, String path) {
        var parts = new ArrayList<Block>();
        for (int i = 0; i < layers.size(); i++) {
            parts.add(block(layers.get(i), Network.childPath(path, layers.get(i), String.valueOf(i))));
        }
        return parts;
    }

    private Block box(Layer layer, String path) {
        Place place = place(path);
        long parameters = place.parameterCount();
        String note = parameters == 0 ? "" : Words.count(parameters) + " parameters";
        return new Block.Box(path, place.title(), place.out().toString(), note, kind(layer));
    }

    private Place place(String path) {
        return Objects.requireNonNull(places.get(path));
    }

    private String shape(String path) {
        return place(path).out().toString();
    }

    private static String join(String path, String part) {
        return path.isEmpty() ? part : path + "." + part;
    }

    private static Block.Kind kind(Layer layer) {
        return switch (layer) {
            case Layer.Conv _, Layer.TransposedConv _ -> Block.Kind.CONVOLUTION;
            case Layer.Linear _, Layer.Embedding _ -> Block.Kind.DENSE;
            case Layer.Lstm _ -> Block.Kind.RECURRENT;
            case Layer.BatchNorm _, Layer.LayerNorm _ -> Block.Kind.NORM;
            case Layer.Relu _, Layer.LeakyRelu _, Layer.Sigmoid _, Layer.Tanh _, Layer.LogSoftmax _ ->
                Block.Kind.ACTIVATION;
            case Layer.MaxPool _, Layer.AveragePool _, Layer.SequencePool _ -> Block.Kind.POOL;
            case Layer.Dropout _, Layer.WordDropout _ -> Block.Kind.DROPOUT;
            case Layer.Flatten _, Layer.Unflatten _, Layer.LastToken _ -> Block.Kind.SHAPE;
            case Layer.Reparameterise _ -> Block.Kind.OTHER;
            case Layer.Chain _, Layer.Named _, Layer.Branches _, Layer.Residual _ -> Block.Kind.OTHER;
        };
    }
}
