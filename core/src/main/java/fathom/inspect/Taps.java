package fathom.inspect;

import fathom.model.Layer;
import fathom.model.Network;
import fathom.model.Network.Place;
import fathom.model.Shape;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Places at which one can look into a network: the paths of its layers, and the input. */
public final class Taps {
    /** The tap that stands for what goes into the network, unless a layer has this path. */
    public static final String INPUT = "input";

    private Taps() {}

    /**
     * Places that tell a network's story: after each pool, the last picture if no pool made it, the first and the last linear
     * layer. A network without pictures inside is looked at after each linear layer.
     */
    public static List<String> of(Network network) {
        var leaves = network.leaves();
        var pictures = new ArrayList<String>();
        Place lastPicture = null;
        for (Place place : leaves) {
            if (place.out().rank() == 3 && !(place.layer() instanceof Layer.Dropout)) {
                lastPicture = place;
                if (isPool(place)) {
                    pictures.add(place.path());
                }
            }
        }
        if (lastPicture != null) {
            pictures.add(lastPicture.path());
        }
        var linear = leaves.stream()
                .filter(place -> place.layer() instanceof Layer.Linear)
                .map(Place::path)
                .toList();
        var taps = new LinkedHashSet<String>(pictures);
        if (pictures.isEmpty() || linear.isEmpty()) {
            taps.addAll(linear);
        } else {
            taps.add(linear.getFirst());
            taps.add(linear.getLast());
        }
        if (taps.isEmpty()) {
            taps.add(leaves.getLast().path());
        }
        return List.copyOf(taps);
    }

    private static boolean isPool(Place place) {
        return place.layer() instanceof Layer.MaxPool || place.layer() instanceof Layer.AveragePool;
    }

    /**
     * The last tap but one, from which the output is a linear step away: where classes lie apart, but still as the network
     * sees them; the only one if there is one.
     */
    public static String features(List<String> taps) {
        return taps.get(Math.max(0, taps.size() - 2));
    }

    static boolean isInput(Network network, String tap) {
        return tap.equals(INPUT) && !network.byPath().containsKey(INPUT);
    }

    /**
     * The shape of what passes at a tap.
     *
     * @throws fathom.model.ModelException if there is no such tap; the message names those there are
     */
    public static Shape shape(Network network, String tap) {
        return isInput(network, tap) ? network.input() : network.at(tap).out();
    }

    /** A tap in a few words: {@code max pool 2×2}. */
    public static String title(Network network, String tap) {
        return isInput(network, tap) ? "the input" : network.at(tap).title();
    }
}
