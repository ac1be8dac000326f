package fathom.chart;

import java.util.List;

/** Places the cells, names and numbers of a heat map. */
final class HeatMapDrawing {
    private static final double SIZE = 12;
    private static final double LONGEST = 150;
    private static final double LARGEST_CELL = 56;
    private static final double SMALLEST_CELL = 3;
    private static final double SLANT = StrictMath.sqrt(0.5);

    private final HeatMap map;
    private final double longest;
    private final double cell;
    private final double left;
    private final double top;
    private final boolean slanted;
    private final double below;

    HeatMapDrawing(HeatMap map, double width) {
        this.map = map;
        this.longest = Math.min(LONGEST, width / 3);
        double columns = widest(map.columns());
        double before = Heading.MARGIN + (map.rowTitle().isBlank() ? 0 : 22);
        double beside = before + widest(map.rows()) + 8;
        double room = width - beside - Heading.MARGIN;
        this.cell = Math.clamp(room / Math.max(1, map.columns().size()), SMALLEST_CELL, LARGEST_CELL);
        this.slanted = columns + 6 > cell;
        this.left = slanted ? Math.max(beside, before + columns * SLANT - cell / 2) : beside;
        this.below = (slanted ? columns * SLANT + 14 : 18) + (map.columnTitle().isBlank() ? 4 : 26);
        this.top = Heading.height(map.title());
    }

    private double widest(List<String> names) {
        return Math.min(
                longest,
                names.stream()
                        .mapToDouble(name -> Words.width(name, SIZE))
                        .max()
                        .orElse(0));
    }

    String svg(Look look) {
        double bottom = top + cell * map.rows().size();
        double titled = Math.min(Heading.width(map.title()), look.width());
        double columnTitle = Words.width(map.columnTitle(), SIZE);
        double across = cell * map.columns().size();
        double width = Math.max(titled, left + Math.max(across, (across + columnTitle) / 2) + Heading.MARGIN);
        var svg = Svg.begin(look, map.title(), width, bottom + below);
        Heading.draw(svg, map.title(), width);
        for (int row = 0; row < map.rows().size(); row++) {
            svg.group("row r" + row);
            for (int column = 0; column < map.columns().size(); column++) {
                drawCell(svg, row, column);
            }
            svg.end();
        }
        svg.rect("edge", left, top, cell * map.columns().size(), bottom - top).end();
        drawNames(svg, bottom);
        if (map.values().isEmpty()) {
            svg.words("dim", left + 8, top + 14, Svg.Anchor.START, "no numbers to show");
        }
        return svg.text();
    }

    private void drawCell(Svg svg, int row, int column) {
        int index = row * map.columns().size() + column;
        double value = map.values().get(index);
        double shade = map.shades().get(index);
        // Square roots: a share of one in a hundred is to be seen too.
        double opacity = shade > 0 ? Math.sqrt(Math.min(1, shade)) : 0;
        boolean wrong = map.kind() == HeatMap.Kind.CONFUSION && row != column;
        double x = left + column * cell;
        double y = top + row * cell;
        svg.group("cell").attribute("data-row", row).attribute("data-column", column);
        svg.title("%s → %s: %s".formatted(map.rows().get(row), map.columns().get(column), said(value, shade)));
        svg.rect(wrong ? "fill k3" : "fill k0", x, y, cell, cell)
                .attribute("fill-opacity", Math.max(opacity, 0.001))
                .end();
        String text = written(value);
        double size = fontSize(text);
        if (!text.isEmpty() && size >= 7) {
            svg.element("text", opacity > 0.6 ? "on" : "")
                    .attribute("x", x + cell / 2)
                    .attribute("y", y + cell / 2 + size * 0.36)
                    .attribute("text-anchor", "middle")
                    .attribute("font-size", size);
            svg.content(text, text).end();
        }
        svg.end();
    }

    private String said(double value, double shade) {
        String number = Digits.count(value);
        return map.kind() == HeatMap.Kind.CONFUSION
                ? number + " (" + Digits.text(Axis.Unit.PERCENT, shade) + ")"
                : number;
    }

    /** Nothing for a confusion that never happened: an empty cell is easier to read than a 0. */
    private String written(double value) {
        boolean none = !Double.isFinite(value) || (map.kind() == HeatMap.Kind.CONFUSION && value == 0);
        return none ? "" : Digits.count(value);
    }

    private double fontSize(String text) {
        double perPixel = Words.width(text, 1);
        return Math.min(Math.min(13, cell * 0.5), (cell - 4) / Math.max(perPixel, 0.1));
    }

    private void drawNames(Svg svg, double bottom) {
        boolean named = cell >= 10;
        for (int row = 0; row < map.rows().size() && named; row++) {
            String name = map.rows().get(row);
            String shown = Words.shortened(name, SIZE, longest);
            svg.words("", left - 7, top + (row + 0.5) * cell + 4, Svg.Anchor.END, shown, name);
        }
        for (int column = 0; column < map.columns().size() && named; column++) {
            String name = map.columns().get(column);
            String shown = Words.shortened(name, SIZE, longest);
            double x = left + (column + 0.5) * cell;
            if (slanted) {
                svg.turned("", x + 4, bottom + 13, -45, Svg.Anchor.END, shown, name);
            } else {
                svg.words("", x, bottom + 16, Svg.Anchor.MIDDLE, shown, name);
            }
        }
        double middle = left + cell * map.columns().size() / 2;
        svg.words("dim", middle, bottom + below - 10, Svg.Anchor.MIDDLE, map.columnTitle());
        if (!map.rowTitle().isBlank()) {
            double y = top + cell * map.rows().size() / 2;
            svg.turned("dim", Heading.MARGIN + 10, y, -90, Svg.Anchor.MIDDLE, map.rowTitle(), map.rowTitle());
        }
    }
}
