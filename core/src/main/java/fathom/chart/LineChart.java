package fathom.chart;

import java.util.List;

/** Curves over a common axis, with bands where deviations are known and a ring at marked points. */
public record LineChart(String title, Axis x, Axis y, List<Line> lines) implements Chart {
    public LineChart {
        lines = List.copyOf(lines);
    }

    @Override
    public String svg(Look look) {
        return Draft.svg(look, title);
    }
}
