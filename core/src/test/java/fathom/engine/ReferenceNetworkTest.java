package fathom.engine;

import static fathom.model.Layer.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fathom.model.Layer;
import fathom.model.Loss;
import fathom.model.Network;
import fathom.model.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The oracle itself, on numbers that can be followed by hand. */
class ReferenceNetworkTest {
    @Test
    void aConvolutionSlidesItsFilterWithoutTurningIt() {
        double[][] y = run(
                new Layer.Conv(1, 2, 1, 0, true),
                Shape.of(1, 2, 3),
                Map.of("weight", new double[] {1, 10, 100, 1000}, "bias", new double[] {0.5}),
                1,
                2,
                3,
                4,
                5,
                6);
        assertThat(y[0]).containsExactly(5421.5, 6532.5);
    }

    @Test
    void aTransposedConvolutionSpreadsEachPixel() {
        double[][] y = run(
                transposedConv(1, 2, 2, 0, 0),
                Shape.of(1, 1, 2),
                Map.of("weight", new double[] {1, 2, 3, 4}, "bias", new double[] {0}),
                1,
                10);
        assertThat(y[0]).containsExactly(1, 2, 10, 20, 3, 4, 30, 40);
    }

    @Test
    void layerNormGivesMeanZeroAndVarianceOne() {
        double[][] y = run(
                new Layer.LayerNorm(1e-12),
                Shape.of(2),
                Map.of("weight", new double[] {1, 1}, "bias", new double[] {0, 0}),
                3,
                7);
        assertThat(y[0][0]).isCloseTo(-1, within(1e-9));
        assertThat(y[0][1]).isCloseTo(1, within(1e-9));
    }

    @Test
    void batchNormKeepsAnUnbiasedRunningVariance() {
        var network = Network.of(batchNorm(), Shape.of(1));
        var weights = Map.of(
                "weight", new double[] {1},
                "bias", new double[] {0},
                "running_mean", new double[] {0},
                "running_var", new double[] {1});
        var pass = ReferenceNetwork.run(network, weights, new double[][] {{1}, {3}}, true);
        assertThat(pass.averages().get("running_mean")).containsExactly(0.2); // 0.1 · 2
        assertThat(pass.averages().get("running_var"))
                .containsExactly(new double[] {1.1}, within(1e-12)); // 0.9 · 1 + 0.1 · 2
    }

    @Test
    void aMaxPoolTellsHowNearTheRunnerUpIs() {
        var network = Network.of(maxPool(2), Shape.of(1, 2, 2));
        var pass = ReferenceNetwork.run(network, Map.of(), new double[][] {{1, 4, 3.5, 2}}, true);
        assertThat(pass.result()[0]).containsExactly(4);
        assertThat(pass.margin()).isEqualTo(0.5);
    }

    @Test
    void labelSmoothingSpreadsPartOfTheTarget() {
        double[][] evenly = {{0, 0, 0, 0}};
        var loss = new Loss.CrossEntropy(0.1);
        assertThat(ReferenceNetwork.loss(loss, evenly, new int[] {2}, true)).isCloseTo(Math.log(4), within(1e-12));
        double[][] certain = {{0, 0, 100, 0}};
        assertThat(ReferenceNetwork.loss(loss, certain, new int[] {2}, true)).isCloseTo(7.5, within(1e-9));
        assertThat(ReferenceNetwork.loss(loss, certain, new int[] {2}, false)).isCloseTo(0, within(1e-9));
    }

    private static double[][] run(Layer layer, Shape in, Map<String, double[]> weights, double... x) {
        return ReferenceNetwork.run(Network.of(layer, in), weights, new double[][] {x}, true)
                .result();
    }
}
