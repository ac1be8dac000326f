package fathom.chart;

/** Something that can be drawn as SVG; the same values give the same text. */
public sealed interface Chart
        permits LineChart,
                ScatterChart,
                HeatMap,
                BarChart,
                ReliabilityDiagram,
                ImageGrid,
                ImageScatter,
                Sheet,
                NetworkDiagram {

    /** What stands above it; may be empty. */
    String title();

    /**
     * A whole SVG document in one line of elements, without an XML declaration, so that it can stand in a file of its own or
     * inside an HTML page.
     */
    String svg(Look look);
}
