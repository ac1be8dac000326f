package fathom.report;

import static org.assertj.core.api.Assertions.assertThat;

import fathom.chart.Block;
import fathom.model.Layer;
import fathom.model.Network;
import fathom.model.Shape;
import org.junit.jupiter.api.Test;

class DiagramTest {
    @Test
    void anLstmIsNoLinearLayer() {
        var network = Network.of(
                Layer.chain(Layer.embedding(9, 3), Layer.lstm(4), Layer.lastToken(), Layer.linear(2)), Shape.of(5));
        var row = (Block.Row) Diagram.of(network).network();
        assertThat(row.parts())
                .extracting(block -> ((Block.Box) block).kind())
                .containsExactly(Block.Kind.DENSE, Block.Kind.RECURRENT, Block.Kind.SHAPE, Block.Kind.DENSE);
    }
}
