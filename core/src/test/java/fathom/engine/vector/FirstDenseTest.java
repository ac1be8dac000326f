package fathom.engine.vector;

import static fathom.model.Layer.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fathom.data.Batch;
import fathom.engine.Assignment;
import fathom.engine.Compute;
import fathom.engine.Learners;
import fathom.engine.Optimizer;
import fathom.engine.RandomNetworks;
import fathom.engine.ReferenceNetwork;
import fathom.model.Layer;
import fathom.model.Loss;
import fathom.model.Network;
import fathom.model.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstDenseTest {
    private static final Shape PICTURE = Shape.of(1, 3, 3);
    private static final Shape VECTOR = Shape.of(9);

    @Test
    void itIsForALinearLayerThatAloneReadsTheBatch() {
        expect(linear(2), VECTOR, "");
        expect(chain(linear(2), relu()), VECTOR, "0");
        expect(chain(flatten(), linear(2)), PICTURE, "1");
        expect(chain(named("body", named("flat", flatten()), linear(2)), relu()), PICTURE, "body.1");
    }

    @Test
    void otherBeginningsAreLeftAlone() {
        expectNone(chain(), VECTOR);
        expectNone(chain(chain(), linear(2)), VECTOR);
        expectNone(flatten(), PICTURE);
        expectNone(chain(relu(), linear(2)), VECTOR);
        expectNone(chain(branches(linear(2), linear(3))), VECTOR);
        expectNone(residual(linear(9)), VECTOR);
        expectNone(chain(convSame(2, 3), flatten(), linear(2)), PICTURE);
    }

    /** Enough inputs for their halves to be summed apart, in numbers that are no multiples of anything. */
    @ParameterizedTest
    @CsvSource({"256, 10", "300, 10", "401, 70", "2900, 11"})
    void itsAnswersAndGradientsAgreeWithSumsIn64Bits(int inputs, int units) {
        Network network = Network.of(linear(units), Shape.of(inputs));
        Batch batch = Learners.noise(network.input(), 37, 5);
        for (Kernels kernels : List.of(new VectorKernels(), new PlainKernels())) {
            try (var learner = learner(network, kernels)) {
                var weights = RandomNetworks.doubles(learner.weights());
                double[][] scores =
                        ReferenceNetwork.run(network, weights, batch, true).result();
                float[] answers = learner.predict(batch, List.of("")).getLast();
                var gradients = new double[units * inputs];
                for (int example = 0; example < scores.length; example++) {
                    double[] logs = ReferenceNetwork.logSoftmax(scores[example]);
                    for (int unit = 0; unit < units; unit++) {
                        assertThat((double) answers[example * units + unit])
                                .isCloseTo(scores[example][unit], within(1e-5));
                        double slope = Math.exp(logs[unit]) - (batch.labels()[example] == unit ? 1 : 0);
                        for (int input = 0; input < inputs; input++) {
                            gradients[unit * inputs + input] +=
                                    slope / batch.size() * batch.inputs()[example * inputs + input];
                        }
                    }
                }
                float[] found = learner.gradients(batch, 0).getOrDefault("weight", new float[0]);
                for (int i = 0; i < gradients.length; i++) {
                    assertThat((double) found[i]).isCloseTo(gradients[i], within(1e-5));
                }
            }
        }
    }

    private static VectorLearner learner(Network network, Kernels kernels) {
        var assignment = new Assignment(network, new Loss.CrossEntropy(0), Optimizer.sgd(0.1), 0, 0, 3, Compute.auto());
        return new VectorLearner(assignment, kernels, 2);
    }

    private static void expect(Layer layer, Shape input, String path) {
        assertThat(FirstDense.path(Network.of(layer, input))).as("%s", layer).contains(path);
    }

    private static void expectNone(Layer layer, Shape input) {
        assertThat(FirstDense.path(Network.of(layer, input))).as("%s", layer).isEmpty();
    }
}
