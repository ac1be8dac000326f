package fathom.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * Points in a plane, coloured by class. Both axes have the same scale, since only distances mean something in a projection;
 * without titles they are not drawn. Points whose numbers are not finite are left out, and a line below says how many.
 *
 * @param classes the class of each point, an index into {@code names}
 * @param labels what is said of each point when one hovers over it; an empty list for many points, which then are drawn as a
 *     few paths a class and stay small
 */
public record ScatterChart(
        String title, Axis x, Axis y, Numbers xs, Numbers ys, Numbers classes, List<String> names, List<String> labels)
        implements Chart {
    private static final double LEGEND = 170;
    private static final double NARROW = 520;

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
        var cloud = new Cloud(xs, ys);
        var legend = Legend.ofClasses(names);
        boolean beside = look.width() >= NARROW;
        double room = look.width() - 2 * Heading.MARGIN;
        double legendWidth = beside ? legend.widthOfColumn(LEGEND) + 16 : 0;
        double left = Heading.MARGIN + (bare() ? 0 : 60);
        double width = look.width() - left - legendWidth - Heading.MARGIN;
        double top = Heading.height(title) + (beside ? 0 : legend.heightOfRows(room));
        double height = cloud.height(width);
        double below = bare() ? Heading.MARGIN : Plane.roomBelow(x);
        long lost = xs.size() - cloud.known().count();
        var svg = Svg.begin(look, title, look.width(), top + height + below + (lost > 0 ? 20 : 0));
        Heading.draw(svg, title, look.width());
        double radius = radius(width * height);
        var fit = cloud.fit(left, top, width, height, radius + 6);
        drawFrame(svg, fit, left, top, width, height);
        drawPoints(svg, cloud, fit, radius);
        if (beside) {
            legend.drawColumn(svg, left + width + 16, top, legendWidth - 16, height);
        } else {
            legend.drawRows(svg, Heading.MARGIN, Heading.height(title), room);
        }
        if (lost > 0) {
            svg.words(
                    "small dim",
                    left,
                    top + height + below + 8,
                    Svg.Anchor.START,
                    Digits.count((double) lost) + " of " + Digits.count(xs.size()) + " points have no finite place");
        }
        return svg.text();
    }

    private boolean bare() {
        return x.title().isBlank() && y.title().isBlank();
    }

    private void drawFrame(Svg svg, Cloud.Fit fit, double left, double top, double width, double height) {
        var across = fit.across(x);
        var up = fit.up(y);
        var plane = new Plane(
                across,
                up,
                Ticks.of(across, Double.NaN, Double.NaN, Math.max(2, (int) (width / 70)), false),
                Ticks.of(up, Double.NaN, Double.NaN, Math.max(2, (int) (height / 50)), false),
                left,
                top,
                width,
                height);
        if (!bare()) {
            plane.drawAxes(svg);
        }
        svg.rect("edge", left, top, width, height).end();
        if (xs.isEmpty()) {
            plane.drawEmpty(svg);
        }
    }

    /** Small where points are many. */
    private double radius(double area) {
        return Math.clamp(0.3 * Math.sqrt(area / Math.max(1, xs.size())), 1.3, 4);
    }

    private void drawPoints(Svg svg, Cloud cloud, Cloud.Fit fit, double radius) {
        svg.group("marks").attribute("stroke-opacity", 0.75).attribute("fill-opacity", 0.75);
        if (labels.isEmpty()) {
            drawLayers(svg, cloud, fit, radius);
        } else {
            cloud.known().forEach(i -> {
                int c = (int) classes.get(i);
                svg.circle("fill " + className(c), fit.x(xs.get(i)), fit.y(ys.get(i)), radius)
                        .attribute("data-index", i)
                        .title(labels.get(i))
                        .end();
            });
        }
        svg.end();
    }

    /** Dots as strokes of length 0 in a few layers, each with one path a class, so that no class lies above all others. */
    private void drawLayers(Svg svg, Cloud cloud, Cloud.Fit fit, double radius) {
        int[] known = cloud.known().toArray();
        int layers = Math.clamp(known.length / 500, 1, 8);
        for (int layer = 0; layer < layers; layer++) {
            var paths = new ArrayList<StringBuilder>();
            names.forEach(_ -> paths.add(new StringBuilder()));
            for (int i = layer; i < known.length; i += layers) {
                paths.get((int) classes.get(known[i]))
                        .append('M')
                        .append(tenths(fit.x(xs.get(known[i]))))
                        .append(' ')
                        .append(tenths(fit.y(ys.get(known[i]))))
                        .append("h0");
            }
            for (int c = 0; c < paths.size(); c++) {
                if (!paths.get(c).isEmpty()) {
                    svg.path("dots " + className(c), paths.get(c))
                            .attribute("stroke-width", 2 * radius)
                            .title(names.get(c))
                            .end();
                }
            }
        }
    }

    private static String tenths(double place) {
        return Svg.number(Math.round(place * 10) / 10.0);
    }

    private static String className(int c) {
        return "c" + c + " k" + c % Palette.SIZE;
    }
}
