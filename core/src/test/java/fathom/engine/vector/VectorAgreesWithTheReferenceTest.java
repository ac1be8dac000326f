package fathom.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;

import fathom.engine.EngineChecks;
import fathom.engine.RandomNetworks;
import fathom.model.Layer;
import fathom.model.Shape;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Loss, gradients, outputs and running averages against a plain forward pass in 64 bits. */
class VectorAgreesWithTheReferenceTest {
    private static final Shape PICTURE = Shape.of(3, 7, 5);
    private static final Shape VECTOR = Shape.of(6);
    private static final int ROUNDS = 5;

    static Stream<Arguments> everyLayer() {
        return Stream.of(
                Arguments.of(Layer.linear(5), VECTOR),
                Arguments.of(new Layer.Linear(5, false), VECTOR),
                Arguments.of(Layer.conv(4, 3), PICTURE),
                Arguments.of(new Layer.Conv(4, 3, 2, 2, false), PICTURE),
                Arguments.of(Layer.transposedConv(2, 3, 2, 1, 1), PICTURE),
                Arguments.of(new Layer.TransposedConv(2, 2, 3, 0, 2, false), PICTURE),
                Arguments.of(Layer.batchNorm(), PICTURE),
                Arguments.of(Layer.batchNorm(), VECTOR),
                Arguments.of(Layer.layerNorm(), PICTURE),
                Arguments.of(Layer.layerNorm(), VECTOR),
                Arguments.of(Layer.relu(), PICTURE),
                Arguments.of(Layer.leakyRelu(), VECTOR),
                Arguments.of(Layer.sigmoid(), PICTURE),
                Arguments.of(Layer.tanh(), VECTOR),
                Arguments.of(Layer.logSoftmax(), VECTOR),
                Arguments.of(Layer.maxPool(2), PICTURE),
                Arguments.of(Layer.maxPool(3, 1), PICTURE),
                Arguments.of(Layer.averagePool(2, 1), PICTURE),
                Arguments.of(Layer.averagePool(3, 2), PICTURE),
                Arguments.of(Layer.dropout(0), PICTURE),
                Arguments.of(Layer.chain(Layer.flatten(), Layer.unflatten(5, 3, 7)), PICTURE),
                Arguments.of(Layer.branches(Layer.relu(), Layer.convSame(2, 3)), PICTURE),
                Arguments.of(Layer.branches(Layer.linear(2), Layer.tanh()), VECTOR),
                Arguments.of(Layer.residual(Layer.chain(Layer.relu(), Layer.convSame(3, 3))), PICTURE),
                Arguments.of(Layer.residual(Layer.linear(4), Layer.linear(4)), VECTOR));
    }

    @ParameterizedTest
    @MethodSource("everyLayer")
    void everyLayerDoes(Layer layer, Shape input) {
        LongStream.iterate(0, seed -> seed + 1)
                .mapToObj(seed -> RandomNetworks.around(layer, input, seed))
                .filter(EngineChecks::isSmooth)
                .limit(ROUNDS)
                .forEach(it -> EngineChecks.agreesWithTheReference(new VectorEngine(), it, layer + " on " + input));
    }

    @Test
    void randomNetworksDo() {
        long[] seeds = LongStream.range(0, 300)
                .filter(seed -> EngineChecks.isSmooth(RandomNetworks.draw(seed)))
                .limit(120)
                .toArray();
        assertThat(seeds).hasSize(120);
        for (long seed : seeds) {
            EngineChecks.agreesWithTheReference(
                    new VectorEngine(), RandomNetworks.draw(seed), "random network of seed " + seed);
        }
    }
}
