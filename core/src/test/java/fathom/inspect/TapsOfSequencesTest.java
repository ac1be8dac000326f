package fathom.inspect;

import static fathom.model.Layer.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fathom.data.Batch;
import fathom.model.Layer;
import fathom.model.Network;
import fathom.model.Shape;
import fathom.model.TextNetworks;
import org.junit.jupiter.api.Test;

class TapsOfSequencesTest {
    @Test
    void theReportsFourPlacesAreLookedAt() {
        assertThat(Taps.of(Network.of(TextNetworks.lstmStack(3, 512), Shape.of(9))))
                .containsExactly("lstm1.0", "lstm2.0", "lstm3.0", "linear1");
        assertThat(Taps.of(Network.of(TextNetworks.bilstmMax(), Shape.of(9)))).containsExactly("lstm", "2", "linear");
    }

    @Test
    void aSequenceIsSeenAtItsLastRealToken() {
        var network = Network.of(chain(embedding(5, 2), lstm(2), lastToken(), linear(2)), Shape.of(3));
        var batch = new Batch(Shape.of(3), new float[] {1, 2, 0, 1, 2, 3}, new int[2], new int[] {2, 3});
        float[] states = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        assertThat(Taps.shape(network, "1")).isEqualTo(Shape.of(2));
        assertThat(Taps.seen(network, "1", batch, states)).containsExactly(3, 4, 11, 12);
        assertThat(Taps.seen(network, "3", batch, new float[] {7, 8, 9, 0})).containsExactly(7, 8, 9, 0);
    }

    @Test
    void theWayBackEndsAtTheFirstToken() {
        var network = Network.of(chain(embedding(5, 2), bidirectionalLstm(1), joined()), Shape.of(3));
        var batch = new Batch(Shape.of(3), new float[] {1, 2, 0, 1, 2, 3}, new int[2], new int[] {2, 3});
        float[] states = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        assertThat(Taps.seen(network, "1", batch, states)).containsExactly(3, 2, 11, 8);
        assertThat(Taps.seen(network, "0", batch, states)).containsExactly(3, 4, 11, 12);
    }

    private static Layer joined() {
        return chain(sequencePool(SequencePool.Kind.MEAN), linear(2));
    }

    @Test
    void numbersOfWordsHaveNoPlaceOnAMap() {
        var network = Network.of(chain(wordDropout(0.1), embedding(5, 2), lastToken(), linear(2)), Shape.of(3));
        assertThatThrownBy(() -> Taps.shape(network, "input")).isInstanceOf(InspectException.class);
        assertThatThrownBy(() -> Taps.shape(network, "0")).hasMessageContaining("look after the embedding");
    }
}
