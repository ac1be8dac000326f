package fathom.inspect;

import fathom.data.Batch;
import fathom.engine.Assignment;
import fathom.engine.Engines;
import fathom.engine.Learner;
import fathom.model.Layer;
import fathom.model.Network;
import fathom.model.Network.Place;
import fathom.model.Shape;
import fathom.run.Spec;
import fathom.run.Trained;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The layers of a network of sequences behind the one that joins all tokens to one vector, applied to each token's own
 * state: which class each of them speaks for.
 *
 * @param tap the layer before the joining one
 */
record Head(Trained trained, String tap, Network layers, SequencedMap<String, float[]> weights) {

    /** Empty if the network does not join tokens, or is no plain chain of layers from there on. */
    static Optional<Head> of(Trained trained) {
        Network network = trained.network();
        List<Place> leaves = network.leaves();
        int joining = 0;
        while (joining < leaves.size() && !joins(leaves.get(joining))) {
            joining++;
        }
        if (joining == 0 || joining >= leaves.size() - 1 || !isChain(network.root())) {
            return Optional.empty();
        }
        List<Place> rest = leaves.subList(joining + 1, leaves.size());
        var layers = Network.of(
                new Layer.Chain(rest.stream().map(Place::layer).toList()),
                leaves.get(joining).out());
        var named = new LinkedHashMap<String, float[]>();
        var all = trained.weights();
        for (int i = 0; i < rest.size(); i++) {
            var theirs = rest.get(i).parameters();
            var ours = layers.leaves().get(i).parameters();
            for (int j = 0; j < theirs.size(); j++) {
                String name = theirs.get(j).name();
                named.put(ours.get(j).name(), Objects.requireNonNull(all.get(name), name));
            }
        }
        return Optional.of(new Head(trained, leaves.get(joining - 1).path(), layers, named));
    }

    private static boolean joins(Place place) {
        return place.in().rank() == 2 && place.out().rank() == 1;
    }

    private static boolean isChain(Layer layer) {
        return switch (layer) {
            case Layer.Chain(List<Layer> layers) -> layers.stream().allMatch(Head::isChain);
            case Layer.Named(var _, Layer inner) -> isChain(inner);
            case Layer.Branches _, Layer.Residual _ -> false;
            default -> true;
        };
    }

    /** The probability of a class at each token of one text. */
    double[] probabilities(Batch text, int target) {
        float[] states = trained.predict(text, List.of(tap)).get(1);
        int tokens = text.shape().count();
        Shape state = layers.input();
        Spec spec = trained.manifest().spec();
        var assignment = new Assignment(
                layers, spec.model().loss(), spec.training().optimizer(), 0, 0, spec.seed(), spec.compute());
        try (Learner learner = Engines.choose(spec.compute()).open(assignment)) {
            learner.restore(weights, new LinkedHashMap<>(), 0);
            float[] answers = learner.predict(new Batch(state, states, new int[tokens]), List.of())
                    .getFirst();
            int classes = answers.length / tokens;
            var probabilities = new double[tokens];
            for (int t = 0; t < tokens; t++) {
                probabilities[t] = Math.exp(answers[t * classes + target]);
            }
            return probabilities;
        }
    }
}
