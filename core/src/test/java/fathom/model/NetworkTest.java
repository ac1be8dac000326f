package fathom.model;

import static fathom.model.Layer.*;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkTest {
    private static final Shape DIGIT = Shape.of(1, 28, 28);
    private static final Shape PADDED = Shape.of(1, 32, 32);

    @Test
    void theFirstNetworkHasTheParametersOfTheReport() {
        assertThat(Network.of(PictureNetworks.mlp(), DIGIT).parameterCount()).isEqualTo(55_050);
    }

    @Test
    void leNetHasTheParametersOfThePaperOnEitherSize() {
        assertThat(Network.of(PictureNetworks.lenet28(), DIGIT).parameterCount())
                .isEqualTo(61_706);
        assertThat(Network.of(PictureNetworks.lenet(), PADDED).parameterCount()).isEqualTo(61_706);
    }

    @Test
    void theSmallLeNetFlattensTo400() {
        var net = Network.of(PictureNetworks.lenetSmall(), DIGIT);
        assertThat(net.at("9").out()).isEqualTo(Shape.of(400));
    }

    @Test
    void theDeepNetworkIsTheReportsOne() {
        var net = Network.of(PictureNetworks.deepInception(), PADDED);
        assertThat(count(net, Layer.Conv.class)).isEqualTo(9);
        assertThat(count(net, Layer.BatchNorm.class)).isEqualTo(9);
        assertThat(count(net, Layer.MaxPool.class)).isEqualTo(3);
        assertThat(count(net, Layer.Dropout.class)).isEqualTo(3);
        assertThat(count(net, Layer.Linear.class)).isEqualTo(2);
        assertThat(count(net, Layer.LeakyRelu.class) + count(net, Layer.Relu.class))
                .isEqualTo(7);
        assertThat(net.at("block1").out()).isEqualTo(Shape.of(64, 16, 16));
        assertThat(net.at("block2.0").out()).isEqualTo(Shape.of(256, 16, 16));
        assertThat(net.at("block3").out()).isEqualTo(Shape.of(512, 4, 4));
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyNamedNetworkEndsInItsClassesOnItsOwnInput(Models.Entry entry) {
        var net = Network.of(entry.network().get(), entry.input());
        assertThat(net.output()).isEqualTo(Shape.of(net.isOfSequences() ? 2 : 10));
        assertThat(net.multiplyAdds()).isGreaterThan(net.parameterCount() / 2);
    }

    static Stream<Models.Entry> models() {
        return Models.all().stream();
    }

    @Test
    void multiplyAddsAreCountedByHand() {
        var net = Network.of(chain(conv(6, 5, 1, 2), maxPool(2), flatten(), linear(10)), DIGIT);
        assertThat(net.multiplyAdds()).isEqualTo(6 * 28 * 28 * 25 + 6 * 14 * 14 * 10);
        assertThat(Network.of(transposedConv(3, 4, 2, 1, 0), Shape.of(8, 5, 5)).multiplyAdds())
                .isEqualTo(8 * 5 * 5 * 3 * 16);
    }

    @Test
    void pathsAreNamesAndPositions() {
        var net = Network.of(
                chain(
                        named("body", residual(chain(convSame(1, 3), relu()))),
                        flatten(),
                        branches(linear(2), linear(3))),
                DIGIT);
        assertThat(net.places().stream().map(Network.Place::path))
                .containsExactly(
                        "body.body.0", "body.body.1", "body.body", "body.shortcut", "body", "1", "2.0", "2.1", "2", "");
        assertThat(net.output()).isEqualTo(Shape.of(5));
        assertThat(net.parameters().getFirst().name()).isEqualTo("body.body.0.weight");
    }

    @Test
    void aTransposedConvolutionUndoesTheShapeOfAConvolution() {
        var net = Network.of(chain(conv(8, 4, 2, 1), transposedConv(1, 4, 2, 1, 0)), DIGIT);
        assertThat(net.at("0").out()).isEqualTo(Shape.of(8, 14, 14));
        assertThat(net.output()).isEqualTo(DIGIT);
    }

    @Test
    void aMissingFlattenIsExplained() {
        assertThatThrownBy(() -> Network.of(chain(conv(6, 5), linear(10)), DIGIT))
                .isInstanceOf(ModelException.class)
                .hasMessage("layer 1 (linear) needs a flat vector, got 6×24×24: put flatten before it");
    }

    @Test
    void aConvolutionAfterFlattenIsExplained() {
        assertThatThrownBy(() -> Network.of(chain(flatten(), named("late", conv(6, 5))), DIGIT))
                .hasMessage("layer late (conv) needs a picture (channels × height × width), got 784: "
                        + "put unflatten before it, or move it before flatten");
    }

    @Test
    void aWindowLargerThanItsPictureIsExplained() {
        assertThatThrownBy(() -> Network.of(chain(maxPool(2), maxPool(20)), DIGIT))
                .hasMessageStartingWith("layer 1 (maxPool) has a 20×20 window, larger than its (padded) input 1×14×14");
    }

    @Test
    void branchesThatDoNotFitAreExplained() {
        assertThatThrownBy(() -> Network.of(named("b", branches(conv(2, 3), conv(2, 5))), DIGIT))
                .hasMessageContaining("branches can be joined on channels only")
                .hasMessageContaining("2×26×26")
                .hasMessageContaining("2×24×24");
    }

    @Test
    void aResidualSumOfUnequalShapesIsExplained() {
        assertThatThrownBy(() -> Network.of(residual(conv(2, 3)), DIGIT))
                .hasMessageContaining("body gives 2×26×26 and the shortcut 1×28×28");
    }

    @Test
    void absurdSizesAreRefusedBeforeAnyArrayIsMade() {
        assertThatThrownBy(() -> Network.of(chain(flatten(), linear(2_000_000_000)), DIGIT))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("2^31");
        assertThatThrownBy(() -> Network.of(transposedConv(8, 40_000, 40_000, 0, 0), DIGIT))
                .isInstanceOf(ModelException.class);
        assertThatThrownBy(() -> Network.of(conv(1_000_000, 28), Shape.of(64, 28, 28)))
                .isInstanceOf(ModelException.class);
    }

    @Test
    void twoLayersOfOneNameAreRefused() {
        assertThatThrownBy(() -> Network.of(chain(named("a", relu()), named("a", relu())), DIGIT))
                .hasMessage("the network holds two layers named \"a\": give each a name of its own");
    }

    @Test
    void aClassifierMustEndInItsClasses() {
        var model = new Model.Classifier(chain(flatten(), linear(9)), new Loss.CrossEntropy(0));
        assertThatThrownBy(() -> model.on(DIGIT, 10))
                .hasMessage("the network ends in 9, but the data has 10 classes: end it in linear 10 (after flatten)");
    }

    @Test
    void negativeLogLikelihoodNeedsLogSoftmax() {
        var model = new Model.Classifier(PictureNetworks.mlp(), new Loss.NegativeLogLikelihood());
        assertThatThrownBy(() -> model.on(DIGIT, 10)).hasMessageContaining("ends in logSoftmax");
        assertThat(new Model.Classifier(PictureNetworks.digitsCnn(), new Loss.NegativeLogLikelihood())
                        .on(DIGIT, 10)
                        .parameterCount())
                .isPositive();
    }

    @Test
    void aLogSoftmaxOfAShortcutIsNotTheEnd() {
        var sum = chain(flatten(), residual(linear(10), chain(linear(10), logSoftmax())));
        assertThat(Network.of(sum, DIGIT).endsIn(LogSoftmax.class)).isFalse();
        assertThatThrownBy(() -> new Model.Classifier(sum, new Loss.NegativeLogLikelihood()).on(DIGIT, 10))
                .hasMessageContaining("ends in logSoftmax");
    }

    @Test
    void weightsFollowPyTorchsBoundsAndTheSeed() {
        var net = Network.of(PictureNetworks.lenet28(), DIGIT);
        var weights = net.initialWeights(6);
        assertThat(weights.keySet())
                .containsExactlyElementsOf(
                        net.parameters().stream().map(Parameter::name).toList());
        double bound = 1 / Math.sqrt(6 * 25);
        float[] second = requireNonNull(weights.get("3.weight"));
        assertThat(second).hasSize(16 * 6 * 25);
        double largest = 0;
        double squares = 0;
        for (float w : second) {
            largest = Math.max(largest, Math.abs(w));
            squares += w * w;
        }
        assertThat(largest).isBetween(0.99 * bound, bound + 1e-7);
        assertThat(Math.sqrt(squares / second.length))
                .isBetween(0.97 * bound / Math.sqrt(3), 1.03 * bound / Math.sqrt(3));
        assertThat(net.initialWeights(6).get("3.weight")).isEqualTo(second);
        assertThat(net.initialWeights(7).get("3.weight")).isNotEqualTo(second);
    }

    @Test
    void batchNormBeginsAsTheIdentity() {
        var weights = Network.of(batchNorm(), Shape.of(3, 2, 2)).initialWeights(1);
        assertThat(weights.get("weight")).containsOnly(1);
        assertThat(weights.get("bias")).containsOnly(0);
        assertThat(weights.get("running_mean")).containsOnly(0);
        assertThat(weights.get("running_var")).containsOnly(1);
        assertThat(Network.of(batchNorm(), Shape.of(3, 2, 2)).parameterCount()).isEqualTo(6);
    }

    @Test
    void anUnknownPlaceNamesThoseThatExist() {
        assertThatThrownBy(() -> Network.of(chain(flatten(), linear(10)), DIGIT).at("7"))
                .hasMessage("no layer at \"7\": choose one of 0, 1");
    }

    private static long count(Network net, Class<? extends Layer> kind) {
        return net.leaves().stream()
                .filter(place -> kind.isInstance(place.layer()))
                .count();
    }

    @Test
    void wordsAreLookedUpBeforeAnythingElseIsDoneToThem() {
        var droppedNumbers = chain(dropout(0.5), embedding(50, 8), lstm(4), lastToken(), linear(2));
        assertThatThrownBy(() -> Network.of(droppedNumbers, Shape.of(6)))
                .isInstanceOf(ModelException.class)
                .hasMessage(
                        "layer 1 (embedding) needs word numbers as the batch holds them: only wordDropout may stand before it");
        var behindNumbers = chain(linear(6), wordDropout(0.1), embedding(50, 8), lastToken(), linear(2));
        assertThatThrownBy(() -> Network.of(behindNumbers, Shape.of(6))).hasMessageContaining("layer 1 (wordDropout)");
        var twice = chain(wordDropout(0.1), residual(embedding(50, 8), embedding(50, 8)), lastToken(), linear(2));
        assertThat(Network.of(twice, Shape.of(6)).isOfSequences()).isTrue();
    }
}
