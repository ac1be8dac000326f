package fathom.engine.vector;

import static fathom.model.Layer.*;
import static org.assertj.core.api.Assertions.assertThat;

import fathom.model.Layer;
import fathom.model.Network;
import fathom.model.Shape;
import org.junit.jupiter.api.Test;

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

    private static void expect(Layer layer, Shape input, String path) {
        assertThat(FirstDense.path(Network.of(layer, input))).as("%s", layer).contains(path);
    }

    private static void expectNone(Layer layer, Shape input) {
        assertThat(FirstDense.path(Network.of(layer, input))).as("%s", layer).isEmpty();
    }
}
