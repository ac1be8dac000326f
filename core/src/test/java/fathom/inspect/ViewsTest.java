package fathom.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fathom.data.Batch;
import fathom.manifold.Matrix;
import fathom.model.Layer;
import fathom.model.Models;
import fathom.model.Network;
import fathom.model.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Taps, projections, filters and occlusion. */
class ViewsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "digits-cnn | block1.3 block2.3 3 5",
                "lenet | 2 5 7 11",
                "lenet-wide | block1.3 block2.3 block3.2 4 6",
                "deep-inception | block1.3 block2.1 block3.3 4 6",
                "mlp | 1 3 5"
            })
    void theUsualTapsTellTheStoryOfANetwork(String model, String taps) {
        var entry = Models.find(model).orElseThrow();
        var network = Network.of(entry.network().get(), entry.input());
        assertThat(Taps.of(network)).containsExactly(taps.split(" "));
    }

    @Test
    void aNetworkWithoutPoolsOrLinearLayersStillHasATap() {
        assertThat(Taps.of(Network.of(Layer.chain(Layer.relu()), Shape.of(4)))).containsExactly("0");
    }

    /** Against {@code PCA(2, svd_solver="full")} and {@code trustworthiness(…, n_neighbors=12)} of scikit-learn 1.2.1. */
    @Test
    void aMapByPrincipalComponentsIsRatedAsScikitLearnRatesIt() {
        var values = new float[60 * 9];
        for (int i = 0; i < 60; i++) {
            for (int j = 0; j < 9; j++) {
                double value = (i * 31 + j * 13 + i * i * j * 3) % 97 / 48.5 - 1 + (i % 4 == j % 4 ? 0.8 : 0);
                values[i * 9 + j] = (float) value;
            }
        }
        var map = Projection.principal(Matrix.of(60, 9, values), 1);
        // Components are exact up to sums in 32-bit floats; one neighbour that changes places moves trustworthiness by
        // 4e-4.
        assertThat(map.trustworthiness()).isCloseTo(0.8186077643908969, within(1e-3));
        var how = (Projection.How.Principal) map.how();
        assertThat(how.first()).isCloseTo(0.23408178094928406, within(1e-5));
        assertThat(how.second()).isCloseTo(0.18275234075576924, within(1e-5));
    }

    @Test
    void pointsOnALineHaveAMapToo() {
        var map = Projection.principal(Matrix.of(4, 1, new float[] {0, 1, 2, 3}), 1);
        assertThat(map.map().columns()).isEqualTo(2);
        assertThat(map.map().column(1)).containsOnly(0);
        assertThat(map.trustworthiness()).isEqualTo(1);
        assertThatThrownBy(() -> Projection.principal(Matrix.of(2, 1, new float[] {0, 1}), 1))
                .isInstanceOf(InspectException.class)
                .hasMessageContaining("at least 3 points, got 2");
    }

    @Test
    void filtersAreTheWeightsOfTheFirstConvolution() {
        var network = Network.of(Layer.chain(Layer.conv(2, 3), Layer.flatten(), Layer.linear(2)), Shape.of(1, 5, 5));
        var weights = new LinkedHashMap<String, float[]>();
        network.parameters()
                .forEach(p -> weights.put(p.name(), new float[p.shape().count()]));
        var first = new float[18];
        first[9 + 5] = 0.5f;
        weights.put("0.weight", first);
        Planes filters = Planes.filters(network, weights).orElseThrow();
        assertThat(filters.count()).isEqualTo(2);
        assertThat(filters.at(1, 1, 2)).isEqualTo(0.5f);
        assertThat(filters.at(0, 1, 2)).isZero();
    }

    @Test
    void unitsThatSeeTheWholePictureAreShownAsPictures() {
        var network = Network.of(Layer.chain(Layer.flatten(), Layer.linear(3)), Shape.of(1, 4, 5));
        var weights = new LinkedHashMap<>(network.initialWeights(1));
        Planes filters = Planes.filters(network, weights).orElseThrow();
        assertThat(filters.count()).isEqualTo(3);
        assertThat(filters.height()).isEqualTo(4);
        assertThat(filters.width()).isEqualTo(5);
    }

    /** A network that looks at one pixel only. */
    @Test
    void occlusionFindsThePixelThatMatters() {
        Shape shape = Shape.of(1, 12, 12);
        var picture = new float[144];
        picture[7 * 12 + 4] = 1;
        Predictor predictor = (batch, taps) -> onePixel(batch, 7 * 12 + 4);
        var occlusion = Occlusion.of(predictor, picture, shape, 0);
        assertThat(occlusion.target()).isEqualTo(1);
        assertThat(occlusion.probability()).isCloseTo(0.9, within(1e-6));
        assertThat(occlusion.drop(7, 4)).isCloseTo(0.8f, within(1e-5f)); // from 0.9 to 0.1, wherever the square lies
        assertThat(occlusion.drop(0, 11)).isZero();
        assertThat(occlusion.drop(7, 7)).isLessThan(occlusion.drop(7, 4));
    }

    private static List<float[]> onePixel(Batch batch, int pixel) {
        var answers = new float[batch.size() * 2];
        for (int i = 0; i < batch.size(); i++) {
            boolean isBright = batch.inputs()[i * 144 + pixel] > 0;
            answers[i * 2] = (float) Math.log(isBright ? 0.1 : 0.9);
            answers[i * 2 + 1] = (float) Math.log(isBright ? 0.9 : 0.1);
        }
        return new ArrayList<>(List.of(answers));
    }

    @Test
    void onlyPicturesCanBeCovered() {
        assertThatThrownBy(() -> Occlusion.of((batch, taps) -> List.of(), new float[3], Shape.of(3), 0))
                .hasMessage("only a picture can be covered in parts, got an example of shape 3");
    }
}
