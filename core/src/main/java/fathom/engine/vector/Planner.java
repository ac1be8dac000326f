package fathom.engine.vector;

import fathom.model.Layer;
import fathom.model.Loss;
import fathom.model.Network;
import fathom.model.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks through a network and makes operations of its layers. Products (linear, convolutions) are operations of their own;
 * what follows them is gathered into one {@link Finish} as long as it comes in the order batch norm, activation, pooling,
 * dropout. A place that someone wants to look at ends what is being gathered.
 */
final class Planner {
    private final Site site;
    private final Loss loss;
    private final Set<String> taps;
    private final Map<String, Network.Place> places;
    private final List<Operation> operations = new ArrayList<>();
    private final SequencedMap<String, Value> tapped = new LinkedHashMap<>();

    /** Convolutions by their result, as long as one layer alone reads it. */
    private final Map<Value, Convolution> convolutions = new HashMap<>();

    /** Values whose gradient may get a border, because a convolution made them, or a part of them. */
    private final Set<Value> convolved = new HashSet<>();

    private final Value batch;
    private final @Nullable Tokens tokens;

    /** Whether the first layer reads the batch as it comes. */
    private boolean readsRows;

    private Gathered gathered;

    private Planner(Site site, Network network, Loss loss, Set<String> taps) {
        this.site = site;
        this.loss = loss;
        this.taps = taps;
        places = network.byPath();
        batch = new Value("input", network.input(), site.lanes(), false);
        operations.add(new Input(site, batch));
        tokens = network.isOfSequences() ? new Tokens(site, network.input()) : null;
        if (tokens != null) {
            operations.add(tokens);
        }
        gathered = new Gathered(batch);
    }

    /**
     * What became of a network.
     *
     * @param input the batch
     * @param scores what the loss is taken of
     * @param output what the network gives out
     * @param tapped the values at the places that were asked for
     */
    record Result(
            List<Operation> operations, Value input, Value scores, Value output, SequencedMap<String, Value> tapped) {}

    static Result plan(Site site, Network network, Loss loss, Set<String> taps) {
        var planner = new Planner(site, network, loss, taps);
        planner.walk(network.root(), "", false);
        Value output = planner.finish();
        Value scores = planner.scores(network, output);
        planner.dropInput();
        return new Result(planner.operations, planner.batch, scores, output, planner.tapped);
    }

    /** Takes no examples into lanes if nobody reads them there. */
    private void dropInput() {
        boolean isSeen = tapped.values().stream().anyMatch(value -> value == batch || value.isWholeOf(batch));
        if (readsRows && !isSeen && !(loss instanceof Loss.Elbo)) {
            operations.removeFirst();
        }
    }

    /** What the loss is taken of; it does the last layer's work itself where that is better. */
    private Value scores(Network network, Value output) {
        Operation last = operations.getLast();
        boolean isSeen = tapped.containsValue(output);
        // The loss takes a log-softmax of its own, and twice is the same as once.
        if (loss instanceof Loss.OfClasses && last instanceof LogSoftmax logs) {
            if (isSeen) {
                return output;
            }
            operations.removeLast();
            return logs.input();
        }
        if (loss instanceof Loss.Elbo elbo && elbo.reconstruction() == Loss.Reconstruction.BCE) {
            if (!network.endsIn(Layer.Sigmoid.class) || !(last instanceof Pointwise sigmoid)) {
                throw new IllegalArgumentException("the loss bce needs a network that ends in sigmoid");
            }
            if (site.isTraining() && !isSeen) {
                operations.removeLast();
            }
            return sigmoid.input();
        }
        return output;
    }

    /** @param isShared whether someone else reads the value that is walked from, too */
    private void walk(Layer layer, String path, boolean isShared) {
        switch (layer) {
            case Layer.Named(var _, Layer inner) -> {
                walk(inner, path, isShared);
                return; // the same place
            }
            case Layer.Chain(List<Layer> layers) -> {
                for (int i = 0; i < layers.size(); i++) {
                    walk(layers.get(i), Network.childPath(path, layers.get(i), String.valueOf(i)), isShared && i == 0);
                }
            }
            case Layer.Branches(List<Layer> branches) -> branches(branches, path);
            case Layer.Residual(Layer body, Layer shortcut) -> residual(body, shortcut, path);
            default -> leaf(place(path), isShared);
        }
        if (taps.contains(path)) {
            tapped.put(path, finish());
        }
    }

    private Network.Place place(String path) {
        Network.Place place = places.get(path);
        if (place == null) {
            throw new IllegalArgumentException("no place " + path);
        }
        return place;
    }

    private void branches(List<Layer> branches, String path) {
        Value in = finish();
        convolutions.remove(in);
        var ends = new ArrayList<Value>();
        for (int i = 0; i < branches.size(); i++) {
            gathered = new Gathered(in);
            walk(branches.get(i), Network.childPath(path, branches.get(i), String.valueOf(i)), true);
            Value end = finish();
            ends.add(end.isPart() || end == in || tapped.containsValue(end) ? copy("copy", end, end.shape()) : end);
        }
        boolean needsGradient = ends.stream().anyMatch(end -> end.needsGradient);
        var joined = new Value("joined " + path, place(path).out(), site.lanes(), needsGradient);
        int channel = 0;
        for (Value end : ends) {
            end.liesIn(joined, channel);
            channel += end.channels;
            if (convolved.contains(end)) {
                convolved.add(joined);
            }
        }
        gathered = new Gathered(joined);
    }

    private void residual(Layer body, Layer shortcut, String path) {
        Value in = finish();
        convolutions.remove(in);
        walk(body, path.isEmpty() ? "body" : path + ".body", true);
        Value summed = finish();
        gathered = new Gathered(in);
        walk(shortcut, path.isEmpty() ? "shortcut" : path + ".shortcut", true);
        Value kept = finish();
        var sum = value(place(path), summed.needsGradient || kept.needsGradient);
        add(new Addition(site, title(place(path)), sum, summed, kept));
    }

    private void leaf(Network.Place place, boolean isShared) {
        switch (place.layer()) {
            case Layer.Linear l -> {
                Value in = finish();
                Value out = value(place, true);
                String weight = name(place, "weight");
                String bias = l.bias() ? name(place, "bias") : null;
                if (site.parameters().isTurned(weight)) {
                    readsRows = true;
                    add(new FirstDense(site, title(place), weight, bias, in.count(), out));
                } else {
                    add(new Dense(site, title(place), weight, bias, in, out));
                }
            }
            case Layer.Conv c -> convolution(place, c.kernel(), c.stride(), c.padding(), c.bias(), false);
            case Layer.TransposedConv c -> convolution(place, c.kernel(), c.stride(), c.padding(), c.bias(), true);
            case Layer.BatchNorm norm -> gather(Gathered.NORM, isShared).norm(place, norm);
            case Layer.Relu _ -> gather(Gathered.SLOPE, isShared).slope(place, 0);
            case Layer.LeakyRelu(double slope) ->
                gather(Gathered.SLOPE, isShared).slope(place, (float) slope);
            case Layer.MaxPool(int kernel, int stride) ->
                gather(Gathered.POOL, isShared).pool(place, kernel, stride);
            case Layer.Dropout(double rate) ->
                gather(Gathered.DROPOUT, isShared).dropout(place, rate);
            case Layer.AveragePool(int kernel, int stride) -> {
                Value in = finish();
                add(new AveragePooling(site, title(place), in, value(place, in.needsGradient), kernel, stride));
            }
            case Layer.Sigmoid _ -> pointwise(place, false);
            case Layer.Tanh _ -> pointwise(place, true);
            case Layer.LayerNorm(double epsilon)
            when place.in().rank() == 2 -> {
                Value in = finish();
                add(new TokenNormalization(site, title(place), prefix(place), in, value(place, true), mask(), epsilon));
            }
            case Layer.LayerNorm(double epsilon) -> {
                Value in = finish();
                add(new LayerNormalization(site, title(place), place.path(), in, value(place, true), epsilon));
            }
            case Layer.LogSoftmax _ -> {
                Value in = finish();
                add(new LogSoftmax(site, title(place), in, value(place, in.needsGradient)));
            }
            case Layer.Reparameterise _ -> {
                Value in = finish();
                add(new Draw(site, title(place), place.path(), in, value(place, in.needsGradient), loss));
            }
            case Layer.Flatten _ -> flatten(place, isShared);
            case Layer.Unflatten _ -> gathered = new Gathered(copy(title(place), finish(), place.out()));
            case Layer.Embedding(int words, var _, boolean frozen, var _) ->
                add(new Lookup(site, title(place), name(place, "weight"), words, finish(), value(place, !frozen)));
            case Layer.Lstm(var _, boolean bidirectional) -> {
                Value in = finish();
                add(new Lstm(site, title(place), prefix(place), in, value(place, true), mask(), bidirectional));
            }
            case Layer.LastToken(boolean bidirectional) ->
                end(place, bidirectional ? SequenceEnd.Way.LAST_OF_BOTH_DIRECTIONS : SequenceEnd.Way.LAST);
            case Layer.SequencePool(var kind) ->
                end(
                        place,
                        switch (kind) {
                            case MEAN -> SequenceEnd.Way.MEAN;
                            case MAX -> SequenceEnd.Way.MAX;
                        });
            case Layer.WordDropout(double rate) -> {
                Value in = finish();
                add(new WordDropping(site, title(place), place.path(), in, value(place, false), rate));
            }
            case Layer.Chain _, Layer.Named _, Layer.Branches _, Layer.Residual _ ->
                throw new IllegalArgumentException("not a leaf: " + place);
        }
    }

    private Value mask() {
        if (tokens == null) {
            throw new IllegalArgumentException("a sequence without an embedding before it");
        }
        return tokens.mask();
    }

    private void end(Network.Place place, SequenceEnd.Way way) {
        Value in = finish();
        add(new SequenceEnd(site, title(place), in, value(place, in.needsGradient), way));
    }

    private void convolution(
            Network.Place place, int kernel, int stride, int padding, boolean hasBias, boolean isTransposed) {
        Value in = finish();
        Value out = value(place, true);
        var geometry = new Convolution.Geometry(
                kernel,
                stride,
                padding,
                site.parameters().at(name(place, "weight")),
                hasBias ? site.parameters().at(name(place, "bias")) : Kernels.ZERO);
        var convolution = new Convolution(site, title(place), in, out, geometry, isTransposed);
        convolutions.put(out, convolution);
        convolved.add(out);
        add(convolution);
    }

    private void pointwise(Network.Place place, boolean isTanh) {
        Value in = finish();
        add(new Pointwise(site, title(place), in, value(place, in.needsGradient), isTanh));
    }

    /** The same numbers as a vector, without a copy where nobody may ask for a border around the picture. */
    private void flatten(Network.Place place, boolean isShared) {
        Value in = finish();
        if (isShared || in.isPart() || convolved.contains(in) || tapped.containsValue(in)) {
            gathered = new Gathered(copy(title(place), in, place.out()));
            return;
        }
        Value flat = value(place, in.needsGradient);
        flat.liesIn(in, 0);
        gathered = new Gathered(flat);
    }

    private Value copy(String title, Value in, Shape shape) {
        var out = new Value(title, shape, site.lanes(), in.needsGradient);
        operations.add(new Addition(site, title, out, in));
        return out;
    }

    private Value value(Network.Place place, boolean needsGradient) {
        return new Value(title(place), place.out(), site.lanes(), needsGradient);
    }

    private void add(Operation operation) {
        operations.add(operation);
        gathered = new Gathered(operation.result());
    }

    /** What is being gathered, if this part may still join it; else a new beginning. */
    private Gathered gather(int part, boolean isShared) {
        if (isShared || part <= gathered.last) {
            gathered = new Gathered(finish());
        }
        gathered.last = part;
        return gathered;
    }

    /** Ends what is being gathered and gives its result. */
    private Value finish() {
        if (gathered.last > 0) {
            add(gathered.operation());
        }
        return gathered.source;
    }

    private static String name(Network.Place place, String array) {
        return prefix(place) + array;
    }

    private static String prefix(Network.Place place) {
        return place.path().isEmpty() ? "" : place.path() + ".";
    }

    private static String title(Network.Place place) {
        return (place.path() + " " + place.title()).strip();
    }

    /** Parts of a {@link Finish} in the making. */
    private final class Gathered {
        static final int NORM = 1;
        static final int SLOPE = 2;
        static final int POOL = 3;
        static final int DROPOUT = 4;

        private final Value source;
        private final List<String> titles = new ArrayList<>();
        private final List<BatchNormalization> norms = new ArrayList<>();
        private Shape shape;
        private int last;
        private float slope = 1;
        private int kernel = 1;
        private int stride = 1;
        private double rate;
        private String path = "";

        Gathered(Value source) {
            this.source = source;
            shape = source.shape();
        }

        private void take(Network.Place place) {
            titles.add(title(place));
            shape = place.out();
        }

        void norm(Network.Place place, Layer.BatchNorm norm) {
            take(place);
            norms.add(new BatchNormalization(site, source, place.path(), norm.epsilon(), norm.momentum()));
            Convolution before = convolutions.get(source);
            if (before != null && !tapped.containsValue(source)) {
                before.isNormedNext();
            }
        }

        void slope(Network.Place place, float slope) {
            take(place);
            this.slope = slope;
        }

        void pool(Network.Place place, int kernel, int stride) {
            take(place);
            this.kernel = kernel;
            this.stride = stride;
        }

        void dropout(Network.Place place, double rate) {
            take(place);
            this.rate = rate;
            path = place.path();
        }

        Finish operation() {
            boolean isNormed = !norms.isEmpty();
            var out = new Value(String.join(" + ", titles), shape, site.lanes(), isNormed || source.needsGradient);
            var parts = new Finish.Parts(isNormed ? norms.getFirst() : null, slope, kernel, stride, rate, path);
            return new Finish(site, out.toString(), source, out, parts);
        }
    }
}
