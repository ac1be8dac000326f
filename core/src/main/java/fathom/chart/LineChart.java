package fathom.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Curves over a common axis, with bands where deviations are known and a ring at marked points.
 *
 * <p>Numbers that are not finite interrupt a curve. The curve at index 3 of {@code lines} has the class {@code c3}.
 */
public record LineChart(String title, Axis x, Axis y, List<Line> lines) implements Chart {
    private static final double ASPECT = 0.52;

    public LineChart {
        lines = List.copyOf(lines);
    }

    @Override
    public String svg(Look look) {
        Legend legend = legend();
        double room = look.width() - 2 * Heading.MARGIN;
        double top = Heading.height(title) + legend.heightOfRows(room) + 8;
        double height = Math.round(look.width() * ASPECT);
        Ticks up = ticksUp(height);
        double left = Plane.roomLeft(y, up);
        double width = look.width() - left - 24;
        var plane = new Plane(x, y, ticksAcross(width), up, left, top, width, height);
        var svg = Svg.begin(look, title, look.width(), top + height + Plane.roomBelow(x));
        Heading.draw(svg, title, look.width());
        legend.drawRows(svg, Heading.MARGIN, Heading.height(title), room);
        plane.drawAxes(svg);
        new Curves(plane, x, y, lines).draw(svg);
        return svg.text();
    }

    private Legend legend() {
        var keys = new ArrayList<Legend.Key>();
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            var sample = switch (line.stroke()) {
                case SOLID -> Legend.Sample.LINE;
                case DASHED -> Legend.Sample.DASHED;
                case DOTTED -> Legend.Sample.DOTTED;
            };
            keys.add(new Legend.Key(line.name(), i, line.colour(), sample));
        }
        return new Legend(keys);
    }

    private Ticks ticksAcross(double width) {
        double low = shown(x, lines.stream().map(Line::x)).min().orElse(Double.NaN);
        double high = shown(x, lines.stream().map(Line::x)).max().orElse(Double.NaN);
        int most = Math.max(2, (int) (width / 70));
        return Ticks.of(x, low, high, most, false);
    }

    private Ticks ticksUp(double height) {
        double low = ends(-1).min().orElse(Double.NaN);
        double high = ends(1).max().orElse(Double.NaN);
        int most = Math.max(2, (int) (height / 45));
        return Ticks.of(y, low, high, most, true);
    }

    /** All y with one end of their bands. */
    private DoubleStream ends(int sign) {
        return lines.stream().flatMapToDouble(line -> {
            Numbers ys = line.y();
            return IntStream.range(0, ys.size())
                    .mapToDouble(i -> {
                        double deviation = line.deviation().isEmpty()
                                ? 0
                                : line.deviation().get(i);
                        double end = ys.get(i) + sign * (Double.isFinite(deviation) ? deviation : 0);
                        return y.scale() == Axis.Scale.LOG && end <= 0 ? ys.get(i) : end;
                    })
                    .filter(value -> visible(y, value));
        });
    }

    private static DoubleStream shown(Axis axis, Stream<Numbers> numbers) {
        return numbers.flatMapToDouble(Numbers::finite).filter(value -> visible(axis, value));
    }

    private static boolean visible(Axis axis, double value) {
        return Double.isFinite(value) && (axis.scale() == Axis.Scale.LINEAR || value > 0);
    }
}
