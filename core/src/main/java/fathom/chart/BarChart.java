package fathom.chart;

import java.util.List;

/** Lying bars: one group for each category, one bar in it for each series. */
public record BarChart(String title, Axis values, List<String> categories, List<Series> series) implements Chart {

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
        return Draft.svg(look, title);
    }
}
