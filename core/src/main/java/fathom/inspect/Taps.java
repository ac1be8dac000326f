package fathom.inspect;

import fathom.data.Batch;
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
     * layer. A network without pictures inside is looked at after each linear layer; an autoencoder where its last picture is
     * turned into numbers, at the code, and at what is drawn from it; one of sequences after each LSTM, after
     * the layer that joins the tokens if only one layer is behind it, and after the first linear layer if there are more.
     */
    public static List<String> of(Network network) {
        var leaves = network.leaves();
        if (network.isOfSequences()) {
            return ofSequences(leaves);
        }
        if (leaves.stream().anyMatch(Taps::isDraw)) {
            return ofAutoencoder(leaves);
        }
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

    private static List<String> ofAutoencoder(List<Place> leaves) {
        var taps = new LinkedHashSet<String>();
        for (int i = 0; i < leaves.size(); i++) {
            if (isDraw(leaves.get(i))) {
                leaves.subList(0, i).reversed().stream()
                        .filter(place -> place.out().rank() == 3)
                        .findFirst()
                        .ifPresent(place -> taps.add(place.path()));
                taps.add(leaves.get(i).path());
            }
        }
        taps.add(leaves.getLast().path());
        return List.copyOf(taps);
    }

    private static boolean isDraw(Place place) {
        return place.layer() instanceof Layer.Reparameterise;
    }

    private static List<String> ofSequences(List<Place> leaves) {
        var taps = new ArrayList<String>();
        var linear = new ArrayList<String>();
        for (Place place : leaves) {
            switch (place.layer()) {
                case Layer.Lstm _ -> taps.add(place.path());
                case Layer.Linear _ -> linear.add(place.path());
                case Layer.SequencePool _ -> taps.add(place.path());
                default -> {}
            }
        }
        if (!linear.isEmpty()) {
            taps.add(linear.getFirst());
        }
        return taps.isEmpty() ? List.of(leaves.getLast().path()) : List.copyOf(taps);
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
     * The shape of what passes at a tap; of a sequence, of what {@link #seen} keeps of it.
     *
     * @throws fathom.model.ModelException if there is no such tap; the message names those there are
     * @throws InspectException if it is the input of a network of sequences, which has a length of its own for each example
     */
    public static Shape shape(Network network, String tap) {
        boolean isInput = isInput(network, tap);
        if (network.isOfSequences() && (isInput || holdsWords(network.at(tap)))) {
            throw new InspectException(
                    "at \"%s\" pass numbers of words, which have no place on a map: look after the embedding"
                            .formatted(tap));
        }
        Shape shape = isInput ? network.input() : network.at(tap).out();
        return shape.rank() == 2 ? Shape.of(shape.size(1)) : shape;
    }

    private static boolean holdsWords(Place place) {
        return place.layer() instanceof Layer.WordDropout;
    }

    /**
     * What is kept of a batch at a tap: of a sequence the features of each example's last real token; behind an LSTM of both
     * directions, the half that walks back is taken at token 0, where it ends.
     *
     * @param values as {@link fathom.engine.Learner#predict} gives them
     * @return examples × numbers of {@link #shape}
     */
    static float[] seen(Network network, String tap, Batch batch, float[] values) {
        if (isInput(network, tap) || network.at(tap).out().rank() != 2) {
            return values;
        }
        int features = network.at(tap).out().size(1);
        int room = batch.shape().count();
        int forward = isOfBothDirections(network, tap) ? features / 2 : features;
        var last = new float[batch.size() * features];
        for (int i = 0; i < batch.size(); i++) {
            int first = i * room * features;
            int at = first + (batch.lengths()[i] - 1) * features;
            System.arraycopy(values, at, last, i * features, forward);
            System.arraycopy(values, first + forward, last, i * features + forward, features - forward);
        }
        return last;
    }

    /** Whether the last LSTM up to a tap is. */
    private static boolean isOfBothDirections(Network network, String tap) {
        boolean both = false;
        for (Place place : network.places()) {
            if (place.layer() instanceof Layer.Lstm(var _, boolean bidirectional)) {
                both = bidirectional;
            }
            if (place.path().equals(tap)) {
                break;
            }
        }
        return both;
    }

    /** A tap in a few words: {@code max pool 2×2}. */
    public static String title(Network network, String tap) {
        return isInput(network, tap) ? "the input" : network.at(tap).title();
    }
}
