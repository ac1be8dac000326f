package fathom.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/** One chart of each kind, small and the same on every machine. */
final class Samples {
    static final List<String> GARMENTS = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");
    static final int POINTS = 60;

    private Samples() {}

    /** By name. */
    static SequencedMap<String, Chart> all() {
        var charts = new LinkedHashMap<String, Chart>();
        charts.put("lines", lines("Loss", GARMENTS.subList(0, 3)));
        charts.put("lines-log", logarithmic());
        charts.put("scatter", scatter("Points", GARMENTS));
        charts.put("scatter-labelled", scatter("Points", GARMENTS).withLabels(numbered(POINTS, "point ")));
        charts.put("confusion", confusion("Confusion", GARMENTS));
        charts.put("table", table("Probes", List.of("block1", "block2")));
        charts.put("bars", bars("Recall", GARMENTS));
        charts.put("reliability", reliability("How sure and how right"));
        charts.put("grid", grid("Mistakes", numbered(6, "Coat → Shirt\n99.")));
        charts.put("images", images("Pictures", GARMENTS, ImageScatter.Placing.OVERLAPPING));
        charts.put(
                "images-grid",
                images("Pictures", GARMENTS, ImageScatter.Placing.GRID).withInk(ImageScatter.Ink.PLAIN));
        charts.put("network", network("A network", "block"));
        charts.put("sheet", sheet("Between two pictures", "the way", List.of("0.00", "0.50", "1.00"), true));
        charts.put("sheet-below", sheet("Pictures and their neighbours", "two and two", List.of(), false));
        return charts;
    }

    static LineChart lines(String title, List<String> names) {
        var lines = new ArrayList<Line>();
        for (int i = 0; i < names.size(); i++) {
            int own = i;
            double[] loss = IntStream.range(0, 20)
                    .mapToDouble(epoch -> (1 + 0.1 * own) / (1 + 0.4 * epoch) + 0.02 * own * epoch / 20)
                    .toArray();
            lines.add(Line.of(names.get(i), Numbers.upTo(20), Numbers.of(loss), i));
        }
        lines.set(0, lines.get(0).withMark(12));
        lines.set(1, lines.get(1).withStroke(Line.Stroke.DASHED));
        lines.set(
                2,
                lines.get(2)
                        .withBand(Numbers.of(
                                IntStream.range(0, 20).mapToDouble(i -> 0.05).toArray())));
        return new LineChart(title, Axis.whole("epoch"), Axis.of("cross-entropy"), lines);
    }

    private static LineChart logarithmic() {
        double[] values = {3, 0.2, Double.NaN, 0.04, -1, 0.008, Double.POSITIVE_INFINITY};
        return new LineChart(
                "Powers",
                Axis.of("seconds"),
                Axis.log("loss"),
                List.of(Line.of("one", Numbers.upTo(7), Numbers.of(values), 4)));
    }

    static ScatterChart scatter(String title, List<String> names) {
        return ScatterChart.of(title, xs(), ys(), classes(), names);
    }

    /** A spiral of points, ten classes in turn. */
    static Numbers xs() {
        return Numbers.of(IntStream.range(0, POINTS)
                .mapToDouble(i -> i * StrictMath.cos(i))
                .toArray());
    }

    static Numbers ys() {
        return Numbers.of(IntStream.range(0, POINTS)
                .mapToDouble(i -> 0.7 * i * StrictMath.sin(i))
                .toArray());
    }

    static Numbers classes() {
        return Numbers.of(IntStream.range(0, POINTS).map(i -> i % 10).toArray());
    }

    static HeatMap confusion(String title, List<String> names) {
        double[] counts = new double[100];
        for (int i = 0; i < 100; i++) {
            counts[i] = i % 11 == 0 ? 900 + i : i % 7 * (i % 3);
        }
        return HeatMap.confusion(title, names, Numbers.of(counts));
    }

    static HeatMap table(String title, List<String> rows) {
        return new HeatMap(
                title,
                "tap",
                "",
                rows,
                List.of("a", "b", "c"),
                Numbers.of(0.1, 0.25, Double.NaN, 0.5, 0.75, 1),
                Numbers.of(0.1, 0.25, 0, 0.5, 0.75, 1),
                HeatMap.Kind.PLAIN);
    }

    static BarChart bars(String title, List<String> names) {
        double[] first = IntStream.range(0, 10).mapToDouble(i -> 0.7 + 0.03 * i).toArray();
        double[] second =
                IntStream.range(0, 10).mapToDouble(i -> 0.95 - 0.02 * i).toArray();
        double[] whiskers =
                IntStream.range(0, 10).mapToDouble(i -> 0.01 * (i % 3)).toArray();
        return new BarChart(
                title,
                Axis.percent("share"),
                names,
                List.of(
                        BarChart.Series.of("one", Numbers.of(first)),
                        new BarChart.Series("two", Numbers.of(second), Numbers.of(whiskers))));
    }

    static ReliabilityDiagram reliability(String title) {
        return new ReliabilityDiagram(
                title,
                Numbers.of(0.1, 0.3, 0.5, 0.7, 0.95),
                Numbers.of(Double.NaN, 0.35, 0.4, 0.72, 0.9),
                Numbers.of(0, 20, 100, 300, 2000),
                0.0456);
    }

    static ImageGrid grid(String title, List<String> captions) {
        return new ImageGrid(title, pictures(6), captions, 4);
    }

    static ImageScatter images(String title, List<String> names, ImageScatter.Placing placing) {
        return ImageScatter.of(title, xs(), ys(), classes(), names, pictures(POINTS), placing);
    }

    /** Grey 8×8 pictures of a bright box, each a little different. */
    static Images pictures(int count) {
        byte[] bytes = new byte[count * 64];
        for (int i = 0; i < bytes.length; i++) {
            int x = i % 8;
            int y = i / 8 % 8;
            boolean inside = x > 0 && x < 7 && y > 1 && y < 7;
            bytes[i] = inside ? (byte) (80 + (i / 64 * 5 + x * 10) % 170) : 0;
        }
        return Images.of(bytes, 1, 8, 8);
    }

    /** One picture and a grid of five, whose last row is not full; in groups of two if there are no heads. */
    static Sheet sheet(String title, String caption, List<String> heads, boolean beside) {
        return new Sheet(
                title,
                List.of(
                        new Sheet.Panel("one", List.of(), pictures(1), 1, 0),
                        new Sheet.Panel(caption, heads, pictures(5), 3, heads.isEmpty() ? 2 : 0)),
                beside,
                4);
    }

    static NetworkDiagram network(String title, String block) {
        var convolution =
                new Block.Box(block + ".0", "conv 3×3, 8", "8×28×28", "80 parameters", Block.Kind.CONVOLUTION);
        var relu = new Block.Box(block + ".1", "relu", "8×28×28", "", Block.Kind.ACTIVATION);
        var pool = new Block.Box("pool", "maxPool 2×2", "16×14×14", "", Block.Kind.POOL);
        var body = new Block.Row("", List.of(convolution, relu));
        var joined = new Block.Fork("", List.of(body, relu, body), Block.Join.CONCATENATE, "24×28×28");
        var residual = new Block.Fork("", List.of(body, new Block.Row("", List.of())), Block.Join.ADD, "8×28×28");
        var framed = new Block.Row(block, List.of(convolution, residual));
        var dense = new Block.Box("last", "linear 10", "10", "", Block.Kind.DENSE);
        return new NetworkDiagram(title, "1×28×28", new Block.Row("", List.of(framed, joined, pool, dense)));
    }

    static List<String> numbered(int count, String text) {
        return IntStream.range(0, count).mapToObj(i -> text + i).toList();
    }
}
