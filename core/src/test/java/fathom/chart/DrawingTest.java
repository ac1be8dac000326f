package fathom.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

class DrawingTest {
    private static final String HOSTILE = "</text></svg><script>alert('1')</script>&amp;\"]]>\u0000\u0007\uD800";

    static Stream<String> names() {
        return Stream.of(HOSTILE, "Größenänderung ß 日本語 😀", "long ".repeat(60), "W".repeat(300), "", " ");
    }

    @ParameterizedTest
    @MethodSource("names")
    void anyNameDoesNoHarm(String name) {
        List<String> all = Collections.nCopies(10, name);
        for (Chart chart : charts(name, all)) {
            for (int width : new int[] {240, 480, 900}) {
                var document = Xml.parse(chart.svg(new Look(Theme.AUTO, width)));
                assertThat(Xml.elements(document, "script")).isEmpty();
                Xml.elements(document, "text").forEach(text -> assertInside(text, document.getDocumentElement()));
            }
        }
    }

    private static List<Chart> charts(String name, List<String> all) {
        return List.of(
                Samples.lines(name, all.subList(0, 3)),
                Samples.scatter(name, all).withLabels(Collections.nCopies(Samples.POINTS, name)),
                Samples.confusion(name, all),
                Samples.table(name, all.subList(0, 2)),
                Samples.bars(name, all),
                Samples.reliability(name),
                Samples.grid(name, all.subList(0, 6)),
                Samples.images(name, all, ImageScatter.Placing.GRID),
                Samples.network(name, name),
                Samples.sheet(name, name, all.subList(0, 3), true),
                Samples.sheet(name, name, List.of(), false));
    }

    /** By the estimated widths; that those hold for real fonts was seen in a browser. */
    private static void assertInside(Element text, Element root) {
        if (text.hasAttribute("transform")) {
            return;
        }
        String classes = text.getAttribute("class");
        double size = classes.contains("title") ? 15 : classes.contains("small") ? 11 : 12;
        double width = Words.width(
                Xml.written(text),
                text.hasAttribute("font-size") ? Double.parseDouble(text.getAttribute("font-size")) : size);
        double x = Double.parseDouble(text.getAttribute("x"));
        double left = switch (text.getAttribute("text-anchor")) {
            case "middle" -> x - width / 2;
            case "end" -> x - width;
            default -> x;
        };
        assertThat(left).as(Xml.written(text)).isGreaterThan(-4);
        assertThat(left + width).as(Xml.written(text)).isLessThan(Double.parseDouble(root.getAttribute("width")) + 4);
    }

    @Test
    void whatIsShortenedCanBeReadInFull() {
        String name = "W".repeat(300);
        var document = Xml.parse(Samples.lines(name, List.of("a", "b", "c")).svg(Look.of(Theme.LIGHT)));
        Element title = Xml.ofClass(document, "title").getFirst();
        assertThat(Xml.written(title)).endsWith("…").hasSizeLessThan(60);
        assertThat(title.getFirstChild().getTextContent()).isEqualTo(name);
    }

    @Test
    void forbiddenCharactersAreReplaced() {
        assertThat(Svg.escaped("a\u0000<b> \uD800 & \"😀\"")).isEqualTo("a\uFFFD&lt;b&gt; \uFFFD &amp; &quot;😀&quot;");
    }

    @Test
    void numbersThatAreNoneLeaveNoTraceInPlaces() {
        double nan = Double.NaN;
        double[] odd = {nan, Double.POSITIVE_INFINITY, 1, Double.NEGATIVE_INFINITY, 1e308, -1e308};
        Numbers values = Numbers.of(odd);
        Numbers zeros = Numbers.of(new double[6]);
        List<String> names = List.of("a");
        Images pictures = Samples.pictures(6);
        var charts = Stream.of(
                new LineChart(
                        "",
                        Axis.of(""),
                        Axis.of(""),
                        List.of(Line.of("", Numbers.upTo(6), values, 0)
                                .withBand(values)
                                .withMark(2))),
                new LineChart("", Axis.of(""), Axis.log(""), List.of(Line.of("", values, values, 0))),
                ScatterChart.of("", values, values, zeros, names),
                ScatterChart.of("", Numbers.of(nan, nan, nan, nan, nan, nan), values, zeros, names),
                new BarChart(
                        "", Axis.of(""), Samples.numbered(6, "b"), List.of(new BarChart.Series("s", values, values))),
                new ReliabilityDiagram("", values, values, values, nan),
                new HeatMap("", "", "", List.of("r"), Samples.numbered(6, "c"), values, values, HeatMap.Kind.PLAIN),
                ImageScatter.of("", values, values, zeros, names, pictures, ImageScatter.Placing.GRID),
                ImageScatter.of("", zeros, zeros, zeros, names, pictures, ImageScatter.Placing.GRID));
        charts.forEach(chart -> assertPlacesAreNumbers(chart.svg(Look.of(Theme.AUTO))));
    }

    @Test
    void aBarBecomesADotWhereTheAxisLeavesOutZero() {
        var values = List.of(new BarChart.Series("s", Numbers.of(0.7, 0.8), Numbers.of(0.01, 0.02)));
        var whole = new BarChart("", Axis.percent("share").between(0, 1), List.of("a", "b"), values);
        var cut = new BarChart("", Axis.percent("share").between(0.6, 0.9), List.of("a", "b"), values);
        assertThat(whole.svg(Look.of(Theme.AUTO)))
                .contains("<rect class=\"fill")
                .doesNotContain("<circle");
        assertThat(cut.svg(Look.of(Theme.AUTO)))
                .contains("<circle class=\"fill")
                .doesNotContain("<rect class=\"fill");
    }

    @Test
    void emptyChartsAreDrawn() {
        Numbers none = Numbers.none();
        var charts = Stream.of(
                new LineChart("", Axis.of(""), Axis.log(""), List.of()),
                ScatterChart.of("", none, none, none, List.of()),
                new BarChart("", Axis.of(""), List.of(), List.of()),
                new ReliabilityDiagram("", none, none, none, Double.NaN),
                HeatMap.confusion("", List.of(), none),
                new ImageGrid("", Images.of(new byte[0], 1, 8, 8), List.of(), 3),
                ImageScatter.of(
                        "", none, none, none, List.of(), Images.of(new byte[0], 3, 8, 8), ImageScatter.Placing.GRID),
                new NetworkDiagram("", "", new Block.Row("", List.of())));
        charts.forEach(chart -> assertPlacesAreNumbers(chart.svg(new Look(Theme.LIGHT, 240))));
    }

    private static void assertPlacesAreNumbers(String svg) {
        for (Element element : Xml.elements(Xml.parse(svg), "*")) {
            for (String name : List.of("x", "y", "cx", "cy", "r", "width", "height", "d", "transform", "viewBox")) {
                assertThat(element.getAttribute(name)).doesNotContain("NaN", "Infinity", "∞", "9223372036854775807");
            }
            for (String size : List.of("width", "height", "r")) {
                assertThat(element.getAttribute(size))
                        .as("%s of %s", size, element.getTagName())
                        .doesNotStartWith("-");
            }
        }
    }

    @Test
    void onePointIsInTheMiddle() {
        var chart = ScatterChart.of("", Numbers.of(7), Numbers.of(-3), Numbers.of(0.0), List.of("a"))
                .withLabels(List.of("it"));
        var document = Xml.parse(chart.svg(new Look(Theme.LIGHT, 400)));
        Element point = Xml.elements(document, "circle").stream()
                .filter(circle -> circle.hasAttribute("data-index"))
                .findFirst()
                .orElseThrow();
        assertThat(Double.parseDouble(point.getAttribute("cx"))).isEqualTo(200);
    }

    /** The promise to scripts: classes as {@code c3}, indices as {@code data-index}. */
    @Test
    void whatBelongsToAClassCanBeToggled() {
        var scatter = Xml.parse(Samples.scatter("", Samples.GARMENTS)
                .withLabels(Samples.numbered(Samples.POINTS, ""))
                .svg(Look.of(Theme.LIGHT)));
        assertThat(Xml.ofClass(scatter, "c3")).hasSize(6).allMatch(point -> point.hasAttribute("data-index"));
        var images = Xml.parse(
                Samples.images("", Samples.GARMENTS, ImageScatter.Placing.GRID).svg(Look.of(Theme.LIGHT)));
        assertThat(Xml.ofClass(images, "c3")).extracting(Element::getTagName).contains("image", "rect");
    }

    @Test
    void tenThousandPointsAreASmallFile() {
        var random = new Random(1);
        Numbers xs = Numbers.of(random.doubles(10_000).toArray());
        Numbers ys = Numbers.of(random.doubles(10_000).toArray());
        Numbers classes = Numbers.of(IntStream.range(0, 10_000).map(i -> i % 10).toArray());
        String svg = ScatterChart.of("", xs, ys, classes, Samples.GARMENTS).svg(Look.of(Theme.LIGHT));
        assertThat(svg).hasSizeLessThan(160_000);
        assertThat(svg.split("h0", -1)).hasSize(10_001);
    }

    @Test
    void anExtremeOfALongCurveIsKept() {
        double[] flat = new double[100_000];
        flat[50_000] = 5;
        var chart = new LineChart(
                "", Axis.of(""), Axis.of(""), List.of(Line.of("a", Numbers.upTo(100_000), Numbers.of(flat), 0)));
        String svg = chart.svg(Look.of(Theme.LIGHT));
        assertThat(svg).hasSizeLessThan(60_000);
        Element curve = Xml.ofClass(Xml.parse(svg), "c0").getFirst();
        double top = Stream.of(curve.getAttribute("d").split("[ML]", -1))
                .filter(place -> !place.isEmpty())
                .mapToDouble(place -> Double.parseDouble(place.split(" ", 2)[1]))
                .min()
                .orElseThrow();
        double bottom = Double.parseDouble(curve.getAttribute("d").split("[ML ]", 4)[2]);
        assertThat(bottom - top).isGreaterThan(300);
    }

    @Test
    void onlyOneThemeIsFollowedByTheReadersWish() {
        Chart chart = Samples.reliability("");
        assertThat(chart.svg(Look.of(Theme.AUTO))).contains("prefers-color-scheme:dark");
        assertThat(chart.svg(Look.of(Theme.LIGHT)))
                .doesNotContain("prefers-color-scheme")
                .contains("#ffffff");
        assertThat(chart.svg(Look.of(Theme.DARK)))
                .doesNotContain("prefers-color-scheme")
                .contains("#16181d");
    }

    @Test
    void noRequestLeavesADrawing() {
        Samples.all()
                .values()
                .forEach(chart -> assertThat(chart.svg(Look.of(Theme.AUTO)).replace("http://www.w3.org/2000/svg", ""))
                        .doesNotContain("http", "url(", "@import", "<use"));
    }

    @Test
    void whatDoesNotFitTogetherIsRefused() {
        assertThatThrownBy(() -> Line.of("a", Numbers.of(1.0), Numbers.none(), 0))
                .hasMessage("the line \"a\" has 1 x and 0 y: give one x for each y");
        assertThatThrownBy(() -> ScatterChart.of("", Numbers.of(1.0), Numbers.of(1.0), Numbers.of(2.0), List.of("a")))
                .hasMessage("point 0 has the class 2.0, but there are 1 names");
        assertThatThrownBy(() -> HeatMap.confusion("", List.of("a", "b"), Numbers.of(1, 2, 3)))
                .hasMessageContaining("2 rows and 2 columns make 4 cells, but there are 3 numbers");
        assertThatThrownBy(() -> Images.of(new byte[100], 1, 8, 8))
                .hasMessage("100 numbers are not a whole number of pictures of 64");
        assertThatThrownBy(() -> new Sheet("", List.of(), true, 17))
                .hasMessage("pictures are enlarged 1 to 16 times, got 17");
        assertThatThrownBy(() -> new Sheet.Panel("", List.of(), Samples.pictures(1), 0, 0))
                .hasMessage("a panel has at least one column and groups of some, got 0 and 0");
        var large = new Sheet.Panel("", List.of(), Images.of(new byte[1_000_000], 1, 1000, 1000), 1, 0);
        assertThatThrownBy(() -> new Sheet("", List.of(large), true, 11))
                .hasMessage("a sheet of 121 million pixels is too large: ask for fewer pictures");
        assertThatThrownBy(() -> new Look(Theme.AUTO, 10)).hasMessage("a chart is 240 to 4000 pixels wide, got 10");
    }
}
