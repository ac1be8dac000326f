package fathom.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;

import fathom.engine.Assignment;
import fathom.engine.Compute;
import fathom.engine.EngineChecks;
import fathom.engine.Learner;
import fathom.engine.Optimizer;
import fathom.engine.RandomNetworks;
import fathom.model.Layer;
import fathom.model.Network;
import fathom.model.Shape;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches that fill no vectors, several, and in between, against the reference. */
class BatchSizesTest {
    private static final int NETWORKS = 8;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 16, 17, 33, 40})
    void aBatchOfAnySizeAgreesWithTheReference(int examples) {
        var cases = LongStream.range(1000, 1200)
                .mapToObj(RandomNetworks::draw)
                .filter(it -> examples > 1 || !isNormed(it.network()))
                .map(it -> it.withExamples(examples, 1))
                .filter(EngineChecks::isSmooth)
                .limit(NETWORKS)
                .toList();
        assertThat(cases).hasSize(NETWORKS);
        cases.forEach(it -> EngineChecks.agreesWithTheReference(
                new VectorEngine(), it, "%d examples of a random network".formatted(examples)));
    }

    static Stream<Layer> layers() {
        return Stream.of(
                Layer.chain(Layer.convSame(4, 3), Layer.batchNorm(), Layer.relu(), Layer.maxPool(2)),
                Layer.chain(new Layer.Conv(3, 3, 2, 2, false), Layer.relu(), Layer.maxPool(2, 1)),
                Layer.chain(Layer.transposedConv(2, 3, 2, 1, 1), Layer.tanh(), Layer.averagePool(3, 2)),
                Layer.residual(Layer.chain(Layer.convSame(3, 3), Layer.batchNorm()), Layer.convSame(3, 1)),
                Layer.branches(Layer.conv(2, 2), Layer.chain(Layer.maxPool(3, 1), new Layer.Conv(2, 2, 1, 1, true))));
    }

    /** Odd sides leave pooling windows that do not tile the picture; even ones do not. */
    static Stream<Arguments> settings() {
        return layers().flatMap(layer -> Stream.of(Shape.of(3, 7, 5), Shape.of(3, 8, 6))
                .flatMap(shape -> BothKernels.all().map(kernels -> Arguments.of(layer, shape, kernels))));
    }

    /** Steps, evaluations and looks at every layer on the same memory: what a larger batch left must not be seen. */
    @ParameterizedTest
    @MethodSource("settings")
    void theBatchMayChangeItsSizeFromStepToStep(Layer layer, Shape shape, Kernels kernels) {
        var first = RandomNetworks.around(layer, shape, 4);
        var assignment = new Assignment(first.network(), first.loss(), Optimizer.sgd(0.1), 0, 0, 1, Compute.auto());
        try (Learner learner = new VectorLearner(assignment, kernels, 1)) {
            IntStream.of(20, 5, 2, 17, 40, 16, 3)
                    .mapToObj(examples -> smooth(first, examples))
                    .forEach(it -> EngineChecks.agreesWithTheReference(
                            learner,
                            it,
                            "%d examples of %s".formatted(it.batch().size(), layer)));
        }
    }

    private static RandomNetworks.Case smooth(RandomNetworks.Case it, int examples) {
        return LongStream.range(0, 500)
                .mapToObj(seed -> it.withExamples(examples, seed))
                .filter(EngineChecks::isSmooth)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isNormed(Network network) {
        return network.leaves().stream().anyMatch(place -> place.layer() instanceof Layer.BatchNorm);
    }
}
