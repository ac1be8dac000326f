package fathom.chart;

import java.util.ArrayList;
import java.util.List;

/** The columns of a network diagram: its outermost row, broken where columns become about equally high. */
final class Columns {
    private static final double GAP = 36;
    private static final double LOW = 420;

    private final NetworkDiagram diagram;
    private final List<Part.Line> columns;

    private Columns(NetworkDiagram diagram, List<Part.Line> columns) {
        this.diagram = diagram;
        this.columns = columns;
    }

    /** As many columns as the width has room for and the height asks for. */
    static Columns of(NetworkDiagram diagram, Look look) {
        var parts = new ArrayList<Part>();
        parts.add(Part.of(new Block.Box("", "input", diagram.input(), "", Block.Kind.OTHER)));
        if (diagram.network() instanceof Block.Row row && row.name().isBlank()) {
            row.parts().forEach(part -> parts.add(Part.of(part)));
        } else {
            parts.add(Part.of(diagram.network()));
        }
        double whole = Part.Line.of("", parts).height();
        Columns best = new Columns(diagram, List.of(Part.Line.of("", parts)));
        for (int count = 2; count <= 4 && whole / count > LOW * 0.6; count++) {
            var broken = new Columns(diagram, broken(parts, count));
            if (broken.width() > look.width()) {
                break;
            }
            best = broken;
        }
        return best;
    }

    /** The break into {@code count} columns whose highest is lowest, by trying every height that a column can have. */
    private static List<Part.Line> broken(List<Part> parts, int count) {
        double tallest = parts.stream().mapToDouble(Part::height).max().orElse(0);
        double limit = Double.POSITIVE_INFINITY;
        for (int from = 0; from < parts.size(); from++) {
            for (int to = from + 1; to <= parts.size(); to++) {
                double height = Part.Line.of("", parts.subList(from, to)).height();
                if (height >= tallest && height < limit && filled(parts, height).size() <= count) {
                    limit = height;
                }
            }
        }
        return filled(parts, limit);
    }

    /** Columns from the first part on, each as high as the limit allows; no part is higher than it. */
    private static List<Part.Line> filled(List<Part> parts, double limit) {
        var columns = new ArrayList<Part.Line>();
        int from = 0;
        for (int to = 1; to <= parts.size(); to++) {
            boolean full = to < parts.size()
                    && Part.Line.of("", parts.subList(from, to + 1)).height() > limit;
            if (full || to == parts.size()) {
                columns.add(Part.Line.of("", parts.subList(from, to)));
                from = to;
            }
        }
        return columns;
    }

    private double width() {
        return 2 * Heading.MARGIN
                + columns.stream().mapToDouble(Part.Line::width).sum()
                + GAP * (columns.size() - 1);
    }

    String svg(Look look) {
        double top = Heading.height(diagram.title()) + (columns.size() > 1 ? 8 : 0); // the wire passes below the title
        double height = columns.stream().mapToDouble(Part.Line::height).max().orElse(0);
        double width = Math.max(width(), Math.min(Heading.width(diagram.title()), look.width()));
        var svg = Svg.begin(look, diagram.title(), width, top + height + Heading.MARGIN + 2);
        Heading.draw(svg, diagram.title(), width);
        double left = Heading.MARGIN;
        for (int i = 0; i < columns.size(); i++) {
            Part.Line column = columns.get(i);
            double middle = left + column.width() / 2;
            column.draw(svg, middle, top);
            if (i + 1 < columns.size()) {
                double next = left + column.width() + GAP + columns.get(i + 1).width() / 2;
                drawTurn(svg, middle, top + column.height(), left + column.width() + GAP / 2, top, next);
            }
            left += column.width() + GAP;
        }
        return svg.text();
    }

    /** From the bottom of a column to the top of the next. */
    private static void drawTurn(Svg svg, double from, double bottom, double between, double top, double to) {
        String path = "M%s %sv8H%sV%sH%s"
                .formatted(
                        Svg.number(from),
                        Svg.number(bottom),
                        Svg.number(between),
                        Svg.number(top - 10),
                        Svg.number(to));
        svg.path("wire edge", path).end();
        Part.wire(svg, to, top - 10, top);
    }
}
