package fathom.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Lying bars: one group for each category, one bar in it for each series. Where the axis leaves out 0, where bars begin, a dot
 * marks the value instead.
 * The series at index 1 has the class {@code c1}.
 */
public record BarChart(String title, Axis values, List<String> categories, List<Series> series) implements Chart {
    private static final double LONGEST = 180;
    private static final double SIZE = 12;
    private static final double THICKEST = 20;
    private static final double GROUP = 24;
    private static final double DOT = 5;

    /**
     * One bar in each group.
     *
     * @param deviations half the length of the whisker at each bar; none for no whiskers
     */
    public record Series(String name, Numbers values, Numbers deviations) {
        public static Series of(String name, Numbers values) {
            return new Series(name, values, Numbers.none());
        }
    }

    public BarChart {
        categories = List.copyOf(categories);
        series = List.copyOf(series);
        for (Series bars : series) {
            if (bars.values().size() != categories.size()) {
                throw new IllegalArgumentException("\"%s\" has %d bars for %d categories"
                        .formatted(bars.name(), bars.values().size(), categories.size()));
            }
            if (!bars.deviations().isEmpty() && bars.deviations().size() != categories.size()) {
                throw new IllegalArgumentException("\"%s\" has %d deviations for %d bars: give one each or none"
                        .formatted(bars.name(), bars.deviations().size(), categories.size()));
            }
        }
    }

    @Override
    public String svg(Look look) {
        var legend = legend();
        double room = look.width() - 2 * Heading.MARGIN;
        double top = Heading.height(title) + legend.heightOfRows(room);
        double names = categories.stream()
                .mapToDouble(name -> Words.width(name, SIZE))
                .max()
                .orElse(0);
        double longest = longest(look.width());
        double left = Heading.MARGIN + Math.min(longest, names) + 10;
        double width = look.width() - left - 64; // numbers stand behind the bars
        double group = Math.max(GROUP, series.size() * 13 + 9);
        double height = group * Math.max(1, categories.size());
        var plane = new Plane(
                values, Axis.of(""), ticks(width), new Ticks(0, 1, List.of(), List.of()), left, top, width, height);
        var svg = Svg.begin(look, title, look.width(), top + height + Plane.roomBelow(values));
        Heading.draw(svg, title, look.width());
        legend.drawRows(svg, Heading.MARGIN, Heading.height(title), room);
        plane.drawAxes(svg);
        for (int i = 0; i < categories.size(); i++) {
            drawGroup(svg, plane, i, top + i * group, group, longest);
        }
        if (categories.isEmpty() || series.isEmpty()) {
            plane.drawEmpty(svg);
        }
        return svg.text();
    }

    /** Room for the names of categories: less where there is little. */
    private static double longest(int width) {
        return Math.min(LONGEST, width / 3.0);
    }

    private Legend legend() {
        var keys = new ArrayList<Legend.Key>();
        for (int i = 0; i < series.size() && series.size() > 1; i++) {
            keys.add(new Legend.Key(series.get(i).name(), i, i, Legend.Sample.BLOCK));
        }
        return new Legend(keys);
    }

    private Ticks ticks(double width) {
        double low = 0;
        double high = 0;
        for (Series bars : series) {
            for (int i = 0; i < categories.size(); i++) {
                double value = bars.values().get(i);
                double deviation = deviation(bars, i);
                if (Double.isFinite(value)) {
                    low = Math.min(low, value - deviation);
                    high = Math.max(high, value + deviation);
                }
            }
        }
        return Ticks.of(values, low, high, Math.max(2, (int) (width / 80)), true);
    }

    private static double deviation(Series bars, int i) {
        double deviation = bars.deviations().isEmpty() ? 0 : bars.deviations().get(i);
        return Double.isFinite(deviation) ? deviation : 0;
    }

    private void drawGroup(Svg svg, Plane plane, int index, double top, double height, double longest) {
        String name = categories.get(index);
        svg.group("bars").attribute("data-index", index);
        svg.words(
                "", plane.left() - 8, top + height / 2 + 4, Svg.Anchor.END, Words.shortened(name, SIZE, longest), name);
        double thick = Math.min(THICKEST, (height - 8) / Math.max(1, series.size()));
        double first = top + (height - thick * series.size()) / 2;
        IntStream.range(0, series.size()).forEach(s -> drawBar(svg, plane, index, s, first + s * thick, thick - 1));
        svg.end();
    }

    private void drawBar(Svg svg, Plane plane, int index, int number, double top, double thick) {
        Series bars = series.get(number);
        double value = bars.values().get(index);
        double place = plane.x(value);
        if (!Double.isFinite(place)) {
            svg.words("small dim", plane.left() + 6, top + thick / 2 + 4, Svg.Anchor.START, "–");
            return;
        }
        double right = plane.left() + plane.width();
        double zero = Math.clamp(zero(plane), plane.left(), right);
        double end = Math.clamp(place, plane.left(), right);
        double deviation = deviation(bars, index);
        String text = Digits.text(values.unit(), value)
                + (deviation > 0 ? " ± " + Digits.text(values.unit(), deviation) : "");
        String classes = "fill c" + number + " k" + number % Palette.SIZE;
        double middle = top + thick / 2;
        boolean isWhole = zero == zero(plane);
        (isWhole
                        ? svg.rect(classes, Math.min(zero, end), top, Math.abs(end - zero), thick)
                        : svg.circle(classes, end, middle, DOT))
                .title(categories.get(index) + ", " + bars.name() + ": " + text)
                .end();
        double beyond = isWhole ? Math.max(zero, end) : end + DOT;
        if (deviation > 0) {
            double from = Math.clamp(plane.x(value - deviation), plane.left(), right);
            double to = Math.clamp(plane.x(value + deviation), plane.left(), right);
            svg.line("whisker", from, middle, to, middle);
            beyond = Math.max(beyond, to);
        }
        svg.words("small dim c" + number, beyond + 6, middle + 4, Svg.Anchor.START, Digits.text(values.unit(), value));
    }

    private double zero(Plane plane) {
        double place = plane.x(0);
        return Double.isNaN(place) ? plane.left() : place;
    }
}
