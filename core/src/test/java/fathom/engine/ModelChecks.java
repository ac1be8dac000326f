package fathom.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import fathom.data.Batch;
import fathom.model.Layer;
import fathom.model.Models;
import fathom.model.Network;
import fathom.model.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** What holds for each named network on every engine. */
public final class ModelChecks {
    private final Learners learners;

    private ModelChecks(Engine engine) {
        learners = new Learners(engine);
    }

    /** The checks of every named network, by name. */
    public static Stream<DynamicTest> of(Engine engine) {
        var checks = new ModelChecks(engine);
        return Models.all().stream()
                .map(Models.Entry::name)
                .flatMap(model -> Stream.of(
                        dynamicTest(model + " learns one batch by heart", () -> checks.learnsOneBatchByHeart(model)),
                        dynamicTest(
                                model + " gets the same bits of the same seed",
                                () -> checks.theSameSeedGivesTheSameBits(model)),
                        dynamicTest(
                                model + " can be tapped in every layer", () -> checks.everyLayerCanBeTapped(model))));
    }

    /**
     * The cheapest proof that network, loss, gradients and optimiser are wired: it can learn six examples by heart.
     * Dropout, which is there to hinder just that, is taken out.
     */
    private void learnsOneBatchByHeart(String name) {
        Network whole = Learners.network(name);
        Network network = Network.of(withoutDropout(whole.root()), whole.input());
        Batch batch = Learners.examples(network, 6);
        try (Learner learner = learners.open(network, Optimizer.adam(1e-3))) {
            var first = learner.step(batch, 0, 1e-3);
            var last = first;
            for (int step = 1; step < 100 && last.loss() > 0.1; step++) {
                last = learner.step(batch, step, 1e-3);
            }
            assertThat(first.loss())
                    .isGreaterThan(0.6 * Math.log(network.output().count()));
            assertThat(last.loss()).isLessThan(0.1);
            assertThat(last.correct()).contains(6);
        }
    }

    private static Layer withoutDropout(Layer layer) {
        return switch (layer) {
            case Layer.Dropout _, Layer.WordDropout _ -> Layer.dropout(0);
            case Layer.Named(String name, Layer inner) -> new Layer.Named(name, withoutDropout(inner));
            case Layer.Chain(List<Layer> layers) ->
                new Layer.Chain(layers.stream().map(ModelChecks::withoutDropout).toList());
            case Layer.Branches(List<Layer> branches) ->
                new Layer.Branches(
                        branches.stream().map(ModelChecks::withoutDropout).toList());
            case Layer.Residual(Layer body, Layer shortcut) ->
                new Layer.Residual(withoutDropout(body), withoutDropout(shortcut));
            default -> layer;
        };
    }

    private void theSameSeedGivesTheSameBits(String name) {
        Network network = Learners.network(name);
        assertThat(learners.weightsAfter(3, network, 7)).isEqualTo(learners.weightsAfter(3, network, 7));
        assertThat(learners.weightsAfter(0, network, 7)).isNotEqualTo(learners.weightsAfter(0, network, 8));
    }

    private void everyLayerCanBeTapped(String name) {
        Network network = Learners.network(name);
        Batch batch = Learners.examples(network, 3);
        var places = network.places();
        try (Learner learner = learners.open(network, Optimizer.adam(1e-3))) {
            List<float[]> answer = learner.predict(
                    batch, places.stream().map(Network.Place::path).toList());
            assertThat(answer).hasSize(places.size() + 1);
            assertThat(answer.getFirst()).hasSize(3 * network.output().count());
            for (int i = 0; i < places.size(); i++) {
                Shape shape = places.get(i).out();
                assertThat(answer.get(i + 1)).as(places.get(i).path()).hasSize(3 * shape.count());
            }
        }
    }
}
