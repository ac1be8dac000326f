package fathom.chart;

/** The rectangle between two axes: turns numbers into places and draws the axes. */
final class Plane {
    private static final double SIZE = 11;

    private final Axis x;
    private final Axis y;
    private final Ticks across;
    private final Ticks up;
    private final double left;
    private final double top;
    private final double width;
    private final double height;

    Plane(Axis x, Axis y, Ticks across, Ticks up, double left, double top, double width, double height) {
        this.x = x;
        this.y = y;
        this.across = across;
        this.up = up;
        this.left = left;
        this.top = top;
        this.width = width;
        this.height = height;
    }

    /** What the labels of the upward axis and its title need to the left. */
    static double roomLeft(Axis y, Ticks up) {
        double widest = up.labels().stream()
                .mapToDouble(label -> Words.width(label, SIZE))
                .max()
                .orElse(0);
        return Heading.MARGIN + widest + 8 + (y.title().isBlank() ? 0 : 20);
    }

    /** What the labels of the axis across and its title need below. */
    static double roomBelow(Axis x) {
        return x.title().isBlank() ? 30 : 50;
    }

    double left() {
        return left;
    }

    double top() {
        return top;
    }

    double width() {
        return width;
    }

    double height() {
        return height;
    }

    /** The place of a number across; NaN if it has none. */
    double x(double value) {
        return left + width * share(x, across, value);
    }

    /** The place of a number upward; NaN if it has none. */
    double y(double value) {
        return top + height * (1 - share(y, up, value));
    }

    private static double share(Axis axis, Ticks ticks, double value) {
        if (!Double.isFinite(value)) {
            return Double.NaN;
        }
        if (axis.scale() == Axis.Scale.LOG) {
            return value <= 0
                    ? Double.NaN
                    : StrictMath.log(value / ticks.from()) / StrictMath.log(ticks.to() / ticks.from());
        }
        return (value - ticks.from()) / (ticks.to() - ticks.from());
    }

    void drawAxes(Svg svg) {
        double bottom = top + height;
        svg.group("axes");
        for (int i = 0; i < up.values().size(); i++) {
            double place = y(up.values().get(i));
            svg.line("grid", left, place, left + width, place);
            svg.words(
                    "small dim",
                    left - 7,
                    place + 4,
                    Svg.Anchor.END,
                    up.labels().get(i));
        }
        for (int i = 0; i < across.values().size(); i++) {
            double place = x(across.values().get(i));
            svg.line("edge", place, bottom, place, bottom + 5);
            svg.words(
                    "small dim",
                    place,
                    bottom + 18,
                    Svg.Anchor.MIDDLE,
                    across.labels().get(i));
        }
        svg.line("edge", left, bottom, left + width, bottom);
        drawTitles(svg, bottom);
        svg.end();
    }

    private void drawTitles(Svg svg, double bottom) {
        if (!x.title().isBlank()) {
            svg.words(
                    "",
                    left + width / 2,
                    bottom + 38,
                    Svg.Anchor.MIDDLE,
                    Words.shortened(x.title(), 12, width),
                    x.title());
        }
        if (!y.title().isBlank()) {
            svg.turned(
                    "",
                    Heading.MARGIN + 10,
                    top + height / 2,
                    -90,
                    Svg.Anchor.MIDDLE,
                    Words.shortened(y.title(), 12, height),
                    y.title());
        }
    }

    /** In the middle: why nothing is to be seen. */
    void drawEmpty(Svg svg) {
        svg.words("dim", left + width / 2, top + height / 2, Svg.Anchor.MIDDLE, "no numbers to show");
    }
}
