package fathom.inspect;

import fathom.data.Batch;
import fathom.model.Layer;
import fathom.model.Network;
import fathom.model.Network.Place;
import fathom.model.Shape;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Grey pictures of numbers, all of one size: filters, or the channels of one example at a tap. */
public final class Planes {
    private final String tap;
    private final int height;
    private final int width;
    private final float[] values;

    /** @param values plane by plane, row by row */
    Planes(String tap, int height, int width, float[] values) {
        this.tap = tap;
        this.height = height;
        this.width = width;
        this.values = values;
    }

    /** Where they are from. */
    public String tap() {
        return tap;
    }

    public int count() {
        return values.length / (height * width);
    }

    public int height() {
        return height;
    }

    public int width() {
        return width;
    }

    public float at(int plane, int row, int column) {
        return values[(plane * height + row) * width + column];
    }

    /**
     * What the first layer with weights looks for: the filters of a convolution, one plane a filter and input channel; or the
     * weights of each unit of a linear layer, laid out as the picture that was flattened before it. Empty if there is neither.
     *
     * @param weights of the network, by parameter name
     */
    public static Optional<Planes> filters(Network network, SequencedMap<String, float[]> weights) {
        for (Place place : network.leaves()) {
            switch (place.layer()) {
                case Layer.Conv conv -> {
                    return weight(place, weights).map(w -> new Planes(place.path(), conv.kernel(), conv.kernel(), w));
                }
                case Layer.Linear _ -> {
                    Shape input = network.input();
                    boolean isPicture = input.rank() == 3 && place.in().count() == input.count();
                    return isPicture
                            ? weight(place, weights).map(w -> new Planes(place.path(), input.size(1), input.size(2), w))
                            : Optional.empty();
                }
                default -> {}
            }
        }
        return Optional.empty();
    }

    private static Optional<float[]> weight(Place place, SequencedMap<String, float[]> weights) {
        return Optional.ofNullable(weights.get(place.parameters().getFirst().name()));
    }

    /**
     * What one example becomes at a tap, one plane a channel; a vector is one row.
     *
     * @param example a batch of one
     * @throws fathom.model.ModelException if there is no such tap
     */
    public static Planes of(Predictor predictor, Network network, Batch example, String tap) {
        Shape shape = Taps.shape(network, tap);
        float[] values = Taps.isInput(network, tap)
                ? example.inputs()
                : predictor.predict(example, List.of(tap)).get(1);
        return shape.rank() == 3
                ? new Planes(tap, shape.size(1), shape.size(2), values)
                : new Planes(tap, 1, shape.count(), values);
    }
}
