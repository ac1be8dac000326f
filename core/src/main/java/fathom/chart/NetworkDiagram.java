package fathom.chart;

/**
 * A network from top to bottom with the shape after each layer; branches stand side by side. A long network goes on in
 * further columns.
 *
 * @param input the shape of what enters
 */
public record NetworkDiagram(String title, String input, Block network) implements Chart {

    @Override
    public String svg(Look look) {
        return Columns.of(this, look).svg(look);
    }
}
