package fathom.model;

import fathom.random.Draws;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A layer met by its input: every place in it with path, shapes, parameters and work.
 *
 * @param root the whole network
 * @param input the shape of one example
 * @param places every layer in the order the data walks, composites after their parts; the last is the root
 */
public record Network(Layer root, Shape input, List<Place> places) {

    /**
     * One layer where it stands.
     *
     * @param path how it is found: positions and names joined by dots, empty for the root
     * @param parameters its own arrays; a composite has none (its parts have)
     * @param multiplyAdds multiplications that are followed by an addition, for one example; other work counts 0
     */
    public record Place(String path, Layer layer, Shape in, Shape out, List<Parameter> parameters, long multiplyAdds) {

        /** How many numbers of this layer the optimiser moves. */
        public long parameterCount() {
            return parameters.stream()
                    .filter(Parameter::trained)
                    .mapToLong(parameter -> parameter.shape().count())
                    .sum();
        }

        /** The layer in a few words: {@code conv 3×3, 32}. */
        public String title() {
            return Shapes.title(layer);
        }
    }

    public Network {
        places = List.copyOf(places);
    }

    /** @throws ModelException if the layers do not fit each other or the input */
    public static Network of(Layer root, Shape input) {
        var places = new ArrayList<Place>();
        walk(root, "", input, places);
        requireWords(root, "", true);
        return new Network(root, input, places);
    }

    /**
     * The same network met by sequences of another length. Its arrays are the same ones.
     *
     * @throws IllegalArgumentException if {@code input} is neither the network's own nor a sequence of 1 … T tokens, where
     *     T is the length of the network's own input, or if the network is not one of sequences
     */
    public Network on(Shape input) {
        if (input.equals(this.input)) {
            return this;
        }
        boolean isShorter = isOfSequences() && input.rank() == 1 && input.count() <= this.input.count();
        if (!isShorter) {
            throw new IllegalArgumentException("this network takes examples of %sshape %s, got %s"
                    .formatted(isOfSequences() ? "at most " : "", this.input, input));
        }
        Network met = of(root, input);
        if (!met.parameters().equals(parameters())) {
            throw new IllegalArgumentException(
                    "this network's arrays depend on the length of its input, so it takes examples of shape %s only, got %s"
                            .formatted(this.input, input));
        }
        return met;
    }

    /** Whether its input is a sequence of tokens, whose length may differ from batch to batch. */
    public boolean isOfSequences() {
        return places.stream().anyMatch(place -> place.layer() instanceof Layer.Embedding);
    }

    public Shape output() {
        return places.getLast().out();
    }

    /** All arrays in the order of {@link #places}. */
    public List<Parameter> parameters() {
        return places.stream().flatMap(place -> place.parameters().stream()).toList();
    }

    /** How many numbers the optimiser moves. */
    public long parameterCount() {
        return places.stream().mapToLong(Place::parameterCount).sum();
    }

    public long multiplyAdds() {
        return places.stream().mapToLong(Place::multiplyAdds).sum();
    }

    /** The layers that do something: without the composites that only join others. */
    public List<Place> leaves() {
        return places.stream().filter(place -> !isComposite(place.layer())).toList();
    }

    /** @throws ModelException if there is no such place; the message names those that are near */
    public Place at(String path) {
        return places.stream()
                .filter(place -> place.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new ModelException("no layer at \"%s\": choose one of %s"
                        .formatted(
                                path,
                                String.join(
                                        ", ", leaves().stream().map(Place::path).toList()))));
    }

    /** Initial weights by PyTorch's default rules; each array has a random stream of its own, named after it. */
    public SequencedMap<String, float[]> initialWeights(long seed) {
        var weights = new LinkedHashMap<String, float[]>();
        for (Parameter parameter : parameters()) {
            var values = new float[parameter.shape().count()];
            switch (parameter.start()) {
                case Parameter.Start.Constant(double value) -> java.util.Arrays.fill(values, (float) value);
                case Parameter.Start.Uniform(double bound) -> {
                    var draws = Draws.of(seed, "weights/" + parameter.name(), 0);
                    for (int i = 0; i < values.length; i++) {
                        values[i] = (float) draws.nextDouble(-bound, bound);
                    }
                }
                case Parameter.Start.Normal(double deviation, int zeros) -> {
                    var draws = Draws.of(seed, "weights/" + parameter.name(), 0);
                    for (int i = zeros; i < values.length; i++) {
                        values[i] = (float) (deviation * draws.nextGaussian());
                    }
                }
            }
            weights.put(parameter.name(), values);
        }
        return weights;
    }

    /** Whether the last thing that happens to the output is a layer of that kind, in no sum and beside no other. */
    public boolean endsIn(Class<? extends Layer> kind) {
        return endsIn(kind, root);
    }

    private static boolean endsIn(Class<? extends Layer> kind, Layer layer) {
        return switch (layer) {
            case Layer.Named(var _, Layer inner) -> endsIn(kind, inner);
            case Layer.Chain(List<Layer> layers) -> !layers.isEmpty() && endsIn(kind, layers.getLast());
            default -> kind.isInstance(layer);
        };
    }

    private static boolean isComposite(Layer layer) {
        return switch (layer) {
            case Layer.Chain _, Layer.Named _, Layer.Branches _, Layer.Residual _ -> true;
            default -> false;
        };
    }

    private static Shape walk(Layer layer, String path, Shape in, List<Place> places) {
        Shape out = switch (layer) {
            case Layer.Chain(List<Layer> layers) -> {
                requireDistinctNames(path, layers);
                Shape shape = in;
                for (int i = 0; i < layers.size(); i++) {
                    shape = walk(layers.get(i), childPath(path, layers.get(i), String.valueOf(i)), shape, places);
                }
                yield shape;
            }
            case Layer.Named(var _, Layer inner) -> walk(inner, path, in, places);
            case Layer.Branches(List<Layer> branches) -> {
                requireDistinctNames(path, branches);
                var shapes = new ArrayList<Shape>();
                for (int i = 0; i < branches.size(); i++) {
                    shapes.add(walk(branches.get(i), childPath(path, branches.get(i), String.valueOf(i)), in, places));
                }
                yield Shapes.joined(path, shapes);
            }
            case Layer.Residual(Layer body, Layer shortcut) -> {
                Shape summed = walk(body, join(path, "body"), in, places);
                Shape kept = walk(shortcut, join(path, "shortcut"), in, places);
                yield Shapes.summed(path, summed, kept);
            }
            default -> Shapes.after(layer, path, in);
        };
        if (!(layer instanceof Layer.Named)) { // a named layer is its inner layer, at the same path
            places.add(new Place(
                    path, layer, in, out, Shapes.parameters(layer, path, in), Shapes.multiplyAdds(layer, in, out)));
        }
        return out;
    }

    /**
     * Checks that layers which look words up get the batch's own word numbers, not what another layer made of them.
     *
     * @param areWords whether the layer reads them
     * @return whether what it gives out are still words
     */
    private static boolean requireWords(Layer layer, String path, boolean areWords) {
        return switch (layer) {
            case Layer.Named(var _, Layer inner) -> requireWords(inner, path, areWords);
            case Layer.Chain(List<Layer> layers) -> {
                boolean stillWords = areWords;
                for (int i = 0; i < layers.size(); i++) {
                    Layer part = layers.get(i);
                    stillWords = requireWords(part, childPath(path, part, String.valueOf(i)), stillWords);
                }
                yield stillWords;
            }
            case Layer.Branches(List<Layer> branches) -> {
                for (int i = 0; i < branches.size(); i++) {
                    Layer branch = branches.get(i);
                    requireWords(branch, childPath(path, branch, String.valueOf(i)), areWords);
                }
                yield false;
            }
            case Layer.Residual(Layer body, Layer shortcut) -> {
                requireWords(body, join(path, "body"), areWords);
                requireWords(shortcut, join(path, "shortcut"), areWords);
                yield false;
            }
            case Layer.Embedding _ -> {
                Shapes.requireWords(layer, path, areWords);
                yield false;
            }
            case Layer.WordDropout _ -> {
                Shapes.requireWords(layer, path, areWords);
                yield true;
            }
            default -> false;
        };
    }

    /** The path of a part: its name where it has one, else its position. */
    public static String childPath(String parent, Layer child, String position) {
        return join(parent, child instanceof Layer.Named(String name, var _) ? name : position);
    }

    private static String join(String parent, String child) {
        return parent.isEmpty() ? child : parent + "." + child;
    }

    private static void requireDistinctNames(String path, List<Layer> layers) {
        var names = new HashSet<String>();
        for (Layer layer : layers) {
            if (layer instanceof Layer.Named(String name, var _) && !names.add(name)) {
                throw new ModelException("%s holds two layers named \"%s\": give each a name of its own"
                        .formatted(Shapes.at(path), name));
            }
        }
    }

    /** Places by path. */
    public Map<String, Place> byPath() {
        var map = new LinkedHashMap<String, Place>();
        places.forEach(place -> map.put(place.path(), place));
        return map;
    }
}
