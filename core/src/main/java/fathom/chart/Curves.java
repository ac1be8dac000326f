package fathom.chart;

import java.util.ArrayList;
import java.util.List;

/** What a line chart shows between its axes. */
final class Curves {
    /** Curves of more points get no place to hover over at each. */
    private static final int MOST_HOVERED = 300;

    private final Plane plane;
    private final Axis x;
    private final Axis y;
    private final List<Line> lines;
    private final List<double[]> taken = new ArrayList<>();

    Curves(Plane plane, Axis x, Axis y, List<Line> lines) {
        this.plane = plane;
        this.x = x;
        this.y = y;
        this.lines = lines;
    }

    void draw(Svg svg) {
        svg.window(plane.left() - 5, plane.top() - 6, plane.width() + 10, plane.height() + 8);
        for (int i = 0; i < lines.size(); i++) {
            drawBand(svg, i);
        }
        boolean empty = true;
        for (int i = 0; i < lines.size(); i++) {
            empty &= !drawCurve(svg, i);
        }
        for (int i = 0; i < lines.size(); i++) {
            drawPoints(svg, i);
        }
        svg.end();
        for (int i = 0; i < lines.size(); i++) {
            drawMark(svg, i);
        }
        if (empty) {
            plane.drawEmpty(svg);
        }
    }

    private String classes(int index) {
        return "c" + index + " k" + lines.get(index).colour() % Palette.SIZE;
    }

    private void drawBand(Svg svg, int index) {
        Line line = lines.get(index);
        if (line.deviation().isEmpty()) {
            return;
        }
        var upper = new StringBuilder();
        var lower = new StringBuilder();
        double floor = plane.top() + plane.height() + 50;
        for (int i = 0; i < line.y().size(); i++) {
            double across = plane.x(line.x().get(i));
            double high = plane.y(line.y().get(i) + line.deviation().get(i));
            double low = plane.y(line.y().get(i) - line.deviation().get(i));
            if (Double.isNaN(across) || Double.isNaN(high)) {
                continue;
            }
            String place = Svg.number(across) + " ";
            upper.append(upper.isEmpty() ? "M" : "L").append(place).append(Svg.number(high));
            lower.insert(0, "L" + place + Svg.number(Double.isNaN(low) ? floor : low));
        }
        if (!upper.isEmpty()) {
            svg.path("band fill " + classes(index), upper + lower.toString() + "Z")
                    .attribute("fill-opacity", 0.18)
                    .end();
        }
    }

    /** Whether there was anything to draw. */
    private boolean drawCurve(Svg svg, int index) {
        Line line = lines.get(index);
        var path = new StringBuilder();
        var thinning = new Thinning(plane.width());
        boolean interrupted = true;
        for (int i = 0; i < line.y().size(); i++) {
            double across = plane.x(line.x().get(i));
            double up = plane.y(line.y().get(i));
            if (Double.isNaN(across) || Double.isNaN(up)) {
                interrupted = true;
                continue;
            }
            if (!interrupted && line.y().size() > MOST_HOVERED && thinning.drops(across, up)) {
                continue;
            }
            boolean alone = interrupted
                    && (i + 1 == line.y().size()
                            || Double.isNaN(plane.y(line.y().get(i + 1))));
            path.append(interrupted ? "M" : "L")
                    .append(Svg.number(across))
                    .append(' ')
                    .append(Svg.number(up));
            path.append(alone ? "h0" : "");
            interrupted = false;
        }
        if (path.isEmpty()) {
            return false;
        }
        String stroke = switch (line.stroke()) {
            case SOLID -> "line ";
            case DASHED -> "line dashed ";
            case DOTTED -> "line dotted ";
        };
        svg.path(stroke + classes(index), path)
                .attribute("data-name", line.name())
                .title(line.name())
                .end();
        return true;
    }

    /** Leaves out points that a curve of very many would put on the same spot. */
    private static final class Thinning {
        private final double width;
        private double lastX = Double.NaN;
        private double lastY = Double.NaN;

        Thinning(double width) {
            this.width = width;
        }

        boolean drops(double x, double y) {
            if (Math.abs(x - lastX) < width / 2000 && Math.abs(y - lastY) < 0.75) {
                return true;
            }
            lastX = x;
            lastY = y;
            return false;
        }
    }

    private void drawPoints(Svg svg, int index) {
        Line line = lines.get(index);
        int count = line.y().size();
        if (count > MOST_HOVERED) {
            return;
        }
        boolean seen = count <= 15;
        svg.group("points " + classes(index));
        for (int i = 0; i < count; i++) {
            double across = plane.x(line.x().get(i));
            double up = plane.y(line.y().get(i));
            if (Double.isFinite(across) && Double.isFinite(up)) {
                svg.circle(seen ? "fill" : "hit", across, up, seen ? 3 : 5)
                        .attribute("data-index", i)
                        .title(said(line, i))
                        .end();
            }
        }
        svg.end();
    }

    private String said(Line line, int i) {
        String across = Digits.text(x.unit(), line.x().get(i));
        String spread = line.deviation().isEmpty()
                ? ""
                : " ± " + Digits.text(y.unit(), line.deviation().get(i));
        String axis = x.title().isBlank() ? "" : x.title() + " ";
        return line.name() + ", " + axis + across + ": "
                + Digits.text(y.unit(), line.y().get(i)) + spread;
    }

    private void drawMark(Svg svg, int index) {
        Line line = lines.get(index);
        if (line.marked().isEmpty()) {
            return;
        }
        int i = line.marked().getAsInt();
        double across = plane.x(line.x().get(i));
        double up = plane.y(line.y().get(i));
        if (Double.isNaN(across) || Double.isNaN(up)) {
            return;
        }
        String axis = x.title().isBlank() ? "" : x.title() + " ";
        String text = Digits.text(y.unit(), line.y().get(i)) + " (" + axis
                + Digits.text(x.unit(), line.x().get(i)) + ")";
        svg.group("mark " + classes(index)).attribute("data-index", i);
        svg.circle("line ring", across, up, 5).title(said(line, i)).end();
        double[] box = freeBox(across, up, Words.width(text, 12));
        svg.words("halo", box[0], box[1] + 11, Svg.Anchor.START, text);
        svg.end();
    }

    /**
     * The place around a point that lies in the plane, on no earlier label and on as little of the curves as can be: left, top,
     * right, bottom.
     */
    private double[] freeBox(double x, double y, double width) {
        double left = Math.max(plane.left() + 3, Math.min(x - width / 2, plane.left() + plane.width() - width));
        double[][] candidates = {
            {left, y - 24, left + width, y - 9},
            {left, y + 9, left + width, y + 24},
            {x + 10, y - 8, x + 10 + width, y + 7},
            {x - 10 - width, y - 8, x - 10, y + 7},
            {left, y + 27, left + width, y + 42},
            {left, y - 42, left + width, y - 27},
        };
        double[] best = candidates[0];
        int least = Integer.MAX_VALUE;
        for (double[] box : candidates) {
            boolean inside = box[0] >= plane.left()
                    && box[2] <= plane.left() + plane.width() + 20
                    && box[1] >= plane.top() - 4
                    && box[3] <= plane.top() + plane.height();
            if (inside && taken.stream().noneMatch(other -> overlap(box, other)) && covered(box) < least) {
                best = box;
                least = covered(box);
            }
        }
        taken.add(best);
        return best;
    }

    /** How many points of curves, four to a segment, a box would cover. */
    private int covered(double[] box) {
        int count = 0;
        for (Line line : lines) {
            for (int i = 0; i + 1 < line.y().size(); i++) {
                for (int quarter = 0; quarter < 4; quarter++) {
                    double x =
                            between(plane.x(line.x().get(i)), plane.x(line.x().get(i + 1)), quarter / 4.0);
                    double y =
                            between(plane.y(line.y().get(i)), plane.y(line.y().get(i + 1)), quarter / 4.0);
                    count += x > box[0] && x < box[2] && y > box[1] && y < box[3] ? 1 : 0;
                }
            }
        }
        return count;
    }

    private static double between(double from, double to, double share) {
        return from + share * (to - from);
    }

    private static boolean overlap(double[] a, double[] b) {
        return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
    }
}
