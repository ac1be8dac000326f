package fathom.chart;

import java.util.List;

/**
 * Points in a plane, coloured by class. Both axes have the same scale, since only distances mean something in a projection.
 *
 * @param classes the class of each point, an index into {@code names}
 * @param labels what is said of each point when one hovers over it; an empty list for many points, which then are drawn as one
 *     path a class and stay small
 */
public record ScatterChart(
        String title, Axis x, Axis y, Numbers xs, Numbers ys, Numbers classes, List<String> names, List<String> labels)
        implements Chart {
    public ScatterChart {
        names = List.copyOf(names);
        labels = List.copyOf(labels);
        Check.points(xs, ys, classes, names);
        Check.captions("labels", labels, xs.size());
    }

    /** Without titles at the axes and without labels, as projections are shown. */
    public static ScatterChart of(String title, Numbers xs, Numbers ys, Numbers classes, List<String> names) {
        return new ScatterChart(title, Axis.of(""), Axis.of(""), xs, ys, classes, names, List.of());
    }

    public ScatterChart withLabels(List<String> labels) {
        return new ScatterChart(title, x, y, xs, ys, classes, names, labels);
    }

    @Override
    public String svg(Look look) {
        return Draft.svg(look, title);
    }
}
