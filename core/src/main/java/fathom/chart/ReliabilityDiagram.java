package fathom.chart;

import java.util.List;

/**
 * How often a network is right, by how sure it was (Guo et al. 2017, fig. 1): bars that end on the diagonal mean that it knows
 * what it knows. Below, how many examples are in each bin.
 *
 * @param confidence the mean confidence of each bin, 0 … 1; bins have equal widths from 0 to 1
 * @param accuracy the share of right ones in each bin, NaN where a bin is empty
 * @param counts how many examples are in each bin
 * @param error the expected calibration error, 0 … 1
 */
public record ReliabilityDiagram(String title, Numbers confidence, Numbers accuracy, Numbers counts, double error)
        implements Chart {
    private static final double LARGEST = 420;
    private static final double COUNTS = 70;
    private static final Axis ACROSS = Axis.percent("confidence").between(0, 1);
    private static final Axis UP = Axis.percent("accuracy").between(0, 1);

    private static final Legend LEGEND = new Legend(List.of(
            new Legend.Key("share that is right", 0, 0, Legend.Sample.BLOCK),
            new Legend.Key("gap to the mean confidence", 1, 3, Legend.Sample.BLOCK),
            new Legend.Key("how many", 2, 6, Legend.Sample.BLOCK)));

    public ReliabilityDiagram {
        if (accuracy.size() != counts.size() || confidence.size() != counts.size()) {
            throw new IllegalArgumentException("there are %d bins with counts, %d with accuracy, %d with confidence"
                    .formatted(counts.size(), accuracy.size(), confidence.size()));
        }
    }

    @Override
    public String svg(Look look) {
        Ticks up = Ticks.of(UP, 0, 1, 5, false);
        double left = Plane.roomLeft(UP, up);
        double side = Math.min(LARGEST, look.width() - left - 24);
        double top = Heading.height(title) + LEGEND.heightOfRows(side + left) + 8;
        double width = Math.min(look.width(), left + side + 24);
        double below = top + side + 14;
        var svg = Svg.begin(look, title, width, below + COUNTS + Plane.roomBelow(ACROSS));
        Heading.draw(svg, title, width);
        var plane = new Plane(
                Axis.percent("").between(0, 1), UP, new Ticks(0, 1, List.of(), List.of()), up, left, top, side, side);
        LEGEND.drawRows(svg, Heading.MARGIN, Heading.height(title), side + left);
        plane.drawAxes(svg);
        double most = counts.finite().max().orElse(0);
        Axis many = Axis.whole("").between(0, Math.max(1, most));
        var histogram = new Plane(
                ACROSS,
                many,
                Ticks.of(ACROSS, 0, 1, 5, false),
                Ticks.of(many, 0, 1, 2, false),
                left,
                below,
                side,
                COUNTS);
        histogram.drawAxes(svg);
        for (int i = 0; i < counts.size(); i++) {
            drawBin(svg, plane, histogram, i);
        }
        svg.line("whisker dashed", left, top + side, left + side, top);
        String text = Double.isFinite(error)
                ? "calibration error " + Digits.text(Axis.Unit.PERCENT, error)
                : "no numbers to show";
        svg.words("halo", left + 10, top + 18, Svg.Anchor.START, text);
        return svg.text();
    }

    private void drawBin(Svg svg, Plane plane, Plane histogram, int i) {
        double from = plane.x((double) i / counts.size()) + 1;
        double wide = plane.width() / counts.size() - 2;
        double count = counts.get(i);
        double right = accuracy.get(i);
        double sure = confidence.get(i);
        svg.group("bin").attribute("data-index", i);
        if (Double.isFinite(right)) {
            svg.title("%s of %s are right, at a mean confidence of %s"
                    .formatted(
                            Digits.text(Axis.Unit.PERCENT, right),
                            Digits.count(count),
                            Digits.text(Axis.Unit.PERCENT, sure)));
            double y = plane.y(Math.clamp(right, 0, 1));
            double bottom = plane.top() + plane.height();
            svg.rect("fill k0", from, y, wide, bottom - y)
                    .attribute("fill-opacity", 0.85)
                    .end();
            if (Double.isFinite(sure)) {
                double expected = plane.y(Math.clamp(sure, 0, 1));
                svg.rect("fill k3", from, Math.min(y, expected), wide, Math.abs(y - expected))
                        .attribute("fill-opacity", 0.55)
                        .end();
            }
        }
        if (Double.isFinite(count) && count > 0) {
            double y = histogram.y(count);
            svg.rect("fill k6", from, y, wide, histogram.top() + histogram.height() - y)
                    .end();
        }
        svg.end();
    }
}
