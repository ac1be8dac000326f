package fathom.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import fathom.model.Layer;
import fathom.model.Shape;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Loss, gradients, outputs and running averages of any engine against a plain forward pass in 64 bits. */
public final class ReferenceChecks {
    private static final Shape PICTURE = Shape.of(3, 7, 5);
    private static final Shape VECTOR = Shape.of(6);
    private static final int ROUNDS = 5;
    private static final int BEGINNINGS = 20;
    private static final int RANDOM_NETWORKS = 120;

    private ReferenceChecks() {}

    private static Stream<Around> everyLayer() {
        return Stream.of(
                new Around(Layer.linear(5), VECTOR),
                new Around(new Layer.Linear(5, false), VECTOR),
                new Around(Layer.conv(4, 3), PICTURE),
                new Around(new Layer.Conv(4, 3, 2, 2, false), PICTURE),
                new Around(Layer.transposedConv(2, 3, 2, 1, 1), PICTURE),
                new Around(new Layer.TransposedConv(2, 2, 3, 0, 2, false), PICTURE),
                new Around(Layer.batchNorm(), PICTURE),
                new Around(Layer.batchNorm(), VECTOR),
                new Around(Layer.layerNorm(), PICTURE),
                new Around(Layer.layerNorm(), VECTOR),
                new Around(Layer.relu(), PICTURE),
                new Around(Layer.leakyRelu(), VECTOR),
                new Around(Layer.sigmoid(), PICTURE),
                new Around(Layer.tanh(), VECTOR),
                new Around(Layer.logSoftmax(), VECTOR),
                new Around(Layer.maxPool(2), PICTURE),
                new Around(Layer.maxPool(3, 1), PICTURE),
                new Around(Layer.averagePool(2, 1), PICTURE),
                new Around(Layer.averagePool(3, 2), PICTURE),
                new Around(Layer.dropout(0), PICTURE),
                new Around(Layer.chain(Layer.flatten(), Layer.unflatten(5, 3, 7)), PICTURE),
                new Around(Layer.branches(Layer.relu(), Layer.convSame(2, 3)), PICTURE),
                new Around(Layer.branches(Layer.linear(2), Layer.tanh()), VECTOR),
                new Around(Layer.residual(Layer.chain(Layer.relu(), Layer.convSame(3, 3))), PICTURE),
                new Around(Layer.residual(Layer.linear(4), Layer.linear(4)), VECTOR),
                new Around(Layer.branches(Layer.batchNorm(), Layer.sigmoid()), PICTURE),
                new Around(Layer.residual(Layer.batchNorm()), PICTURE));
    }

    /** A layer, and the shape of what it takes. */
    private record Around(Layer layer, Shape input) {
        @Override
        public String toString() {
            return layer + " on " + input;
        }
    }

    /** The checks, by name: every kind of layer, and networks of several. */
    public static Stream<DynamicTest> of(Engine engine) {
        return Stream.concat(
                ofLayers(engine),
                Stream.of(
                        dynamicTest("networks that begin with a linear layer", () -> checkLinearBeginnings(engine)),
                        dynamicTest("random networks", () -> checkRandomNetworks(engine, RANDOM_NETWORKS)),
                        dynamicTest(
                                "random networks of sequences", () -> checkRandomSequences(engine, RANDOM_NETWORKS))));
    }

    /** A check for every kind of layer. */
    public static Stream<DynamicTest> ofLayers(Engine engine) {
        return everyLayer().map(it -> dynamicTest(it.toString(), () -> checkLayer(engine, it)));
    }

    private static void checkLayer(Engine engine, Around it) {
        LongStream.iterate(0, seed -> seed + 1)
                .mapToObj(seed -> RandomNetworks.around(it.layer(), it.input(), seed))
                .filter(EngineChecks::isSmooth)
                .limit(ROUNDS)
                .forEach(around -> EngineChecks.agreesWithTheReference(engine, around, it.toString()));
    }

    private static void checkLinearBeginnings(Engine engine) {
        for (long seed = 0; seed < BEGINNINGS; seed++) {
            var it = RandomNetworks.beginningWithLinear(seed);
            String name = it.batch().size() + " examples through "
                    + it.network().root() + " on " + it.network().input();
            EngineChecks.agreesWithTheReference(engine, it, name);
        }
    }

    /** As {@link #checkRandomNetworks}, of sequences; every other batch is large enough for several groups. */
    public static void checkRandomSequences(Engine engine, int count) {
        var cases = LongStream.range(0, 3L * count)
                .mapToObj(seed -> seed % 2 == 0
                        ? RandomNetworks.drawSequences(seed)
                        : RandomNetworks.drawSequences(seed).withExamples((int) (2 + seed % 40), seed))
                .filter(EngineChecks::isSmooth)
                .limit(count)
                .toList();
        assertThat(cases).hasSize(count);
        for (RandomNetworks.Case it : cases) {
            EngineChecks.agreesWithTheReference(
                    engine,
                    it,
                    "%d texts through %s"
                            .formatted(it.batch().size(), it.network().root()));
        }
    }

    /** The first so many smooth ones among the random networks. */
    public static void checkRandomNetworks(Engine engine, int count) {
        long[] seeds = LongStream.range(0, 3L * count)
                .filter(seed -> EngineChecks.isSmooth(RandomNetworks.draw(seed)))
                .limit(count)
                .toArray();
        assertThat(seeds).hasSize(count);
        for (long seed : seeds) {
            EngineChecks.agreesWithTheReference(engine, RandomNetworks.draw(seed), "random network of seed " + seed);
        }
    }
}
