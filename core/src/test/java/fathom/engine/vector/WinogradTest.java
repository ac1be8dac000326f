package fathom.engine.vector;

import static fathom.engine.vector.BothKernels.between;

import fathom.engine.Assignment;
import fathom.engine.Compute;
import fathom.engine.EngineChecks;
import fathom.engine.Learner;
import fathom.engine.Optimizer;
import fathom.engine.RandomNetworks;
import fathom.model.Layer;
import fathom.model.Shape;
import fathom.random.Draws;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Convolutions of so many channels that they are done by Winograd's sums, against the reference. */
class WinogradTest {
    private static final int ROUNDS = 12;

    /** Sides that fill tiles, that leave one, two or three pixels over, and that are smaller than a tile. */
    @ParameterizedTest
    @MethodSource("fathom.engine.vector.BothKernels#all")
    void convolutionsOfAnySizeAgreeWithTheReference(Kernels kernels) {
        for (int round = 0; round < ROUNDS; round++) {
            var draws = Draws.of(round, "winograd", 0);
            Layer layer = layer(draws, round % 3 == 2);
            var input = Shape.of(channels(draws), between(draws, 4, 10), between(draws, 4, 10));
            var it = RandomNetworks.around(Layer.chain(layer, Layer.tanh()), input, round)
                    .withExamples(between(draws, 2, 20), round);
            var assignment = new Assignment(it.network(), it.loss(), Optimizer.sgd(0.1), 0, 0, 1, Compute.auto());
            try (Learner learner = new VectorLearner(assignment, kernels, 1)) {
                EngineChecks.agreesWithTheReference(
                        learner,
                        it,
                        "%d examples of %s on %s".formatted(it.batch().size(), layer, input));
            }
        }
    }

    /** Enough for the weights' gradient, too, or only for the rest. */
    private static int channels(Draws draws) {
        return draws.nextInt(2) == 0 ? between(draws, 12, 20) : between(draws, 32, 35);
    }

    private static Layer layer(Draws draws, boolean isTransposed) {
        int channels = channels(draws);
        int padding = draws.nextInt(3);
        boolean hasBias = draws.nextInt(2) == 0;
        return isTransposed
                ? new Layer.TransposedConv(channels, 3, 1, padding, 0, hasBias)
                : new Layer.Conv(channels, 3, 1, padding, hasBias);
    }
}
