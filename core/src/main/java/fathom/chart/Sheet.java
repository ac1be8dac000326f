package fathom.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * Panels of pictures, one beside or below another, each a grid with a caption above it.
 *
 * @param beside whether panels stand side by side
 * @param scale how many pixels a side each pixel of a picture becomes, 1 … 16
 */
public record Sheet(String title, List<Panel> panels, boolean beside, int scale) implements Chart {
    /** How many pixels all pictures together may have. */
    public static final long MOST_PIXELS = 100_000_000;

    private static final int GAP = 2;
    private static final int APART = 10;
    private static final int BETWEEN_PANELS = 18;
    private static final int LINE = 16;
    private static final double SIZE = 11;

    /**
     * One grid.
     *
     * @param caption above it; may be empty
     * @param heads small words above each column or each group of columns; or none at all
     * @param columns how many pictures stand in a row
     * @param group how many columns stand close together, 0 for all
     */
    public record Panel(String caption, List<String> heads, Images images, int columns, int group) {
        public Panel {
            heads = List.copyOf(heads);
            if (columns < 1 || group < 0) {
                throw new IllegalArgumentException(
                        "a panel has at least one column and groups of some, got %d and %d".formatted(columns, group));
            }
        }

        private int rows() {
            return Math.ceilDiv(images.count(), columns);
        }

        /** The room that the words above it take. */
        private int above() {
            return (caption.isEmpty() ? 0 : LINE) + (heads.isEmpty() ? 0 : LINE);
        }

        private int inRow() {
            return Math.min(columns, Math.max(1, images.count()));
        }
    }

    /** @throws IllegalArgumentException if the sheet would have more than 100 million pixels */
    public Sheet {
        panels = List.copyOf(panels);
        if (scale < 1 || scale > 16) {
            throw new IllegalArgumentException("pictures are enlarged 1 to 16 times, got " + scale);
        }
        long area = 0;
        for (Panel panel : panels) {
            area += (long) panel.images().count()
                    * panel.images().width()
                    * panel.images().height()
                    * scale
                    * scale;
        }
        if (area > MOST_PIXELS) {
            throw new IllegalArgumentException(
                    "a sheet of %,d million pixels is too large: ask for fewer pictures".formatted(area / 1_000_000));
        }
    }

    /** Where a panel's pictures begin, with the size of its grid. */
    private record Place(Panel panel, int left, int top, int width, int height) {}

    private int x(Panel panel, int column) {
        int apart = panel.group() == 0 ? 0 : column / panel.group() * (APART - GAP);
        return column * (panel.images().width() * scale + GAP) + apart;
    }

    private int y(Panel panel, int row) {
        return row * (panel.images().height() * scale + GAP);
    }

    /** @param words whether there is room for captions */
    private List<Place> places(int left, int top, boolean words) {
        var places = new ArrayList<Place>();
        int right = left;
        int down = top;
        int most = panels.stream().mapToInt(Panel::above).max().orElse(0);
        for (Panel panel : panels) {
            int above = !words ? 0 : beside ? most : panel.above(); // pictures side by side begin at one height
            int width = x(panel, panel.inRow() - 1) + panel.images().width() * scale;
            int height = Math.max(0, y(panel, panel.rows()) - GAP);
            places.add(new Place(panel, right, down + above, width, height));
            if (beside) {
                right += width + BETWEEN_PANELS;
            } else {
                down += above + height + (words && above > 0 ? BETWEEN_PANELS / 2 : APART);
            }
        }
        return places;
    }

    private static int right(List<Place> places) {
        return places.stream()
                .mapToInt(place -> place.left() + place.width())
                .max()
                .orElse(1);
    }

    private static int bottom(List<Place> places) {
        return places.stream()
                .mapToInt(place -> place.top() + place.height())
                .max()
                .orElse(1);
    }

    /** With all words; as wide as the pictures need, whatever the look says. */
    @Override
    public String svg(Look look) {
        int margin = (int) Heading.MARGIN;
        var places = places(margin, (int) Heading.height(title), true);
        double width = Math.max(right(places) + margin, Heading.width(title));
        var svg = Svg.begin(look, title, width, bottom(places) + margin);
        Heading.draw(svg, title, width);
        for (Place place : places) {
            drawWords(svg, place, width);
            var pixels = new Pixels(Math.max(1, place.width()), Math.max(1, place.height()));
            draw(pixels, place, place.left(), place.top());
            svg.element("image", scale > 1 ? "pixels" : "")
                    .attribute("x", place.left())
                    .attribute("y", place.top())
                    .attribute("width", pixels.width())
                    .attribute("height", pixels.height())
                    .attribute("href", pixels.dataUri())
                    .end();
        }
        return svg.text();
    }

    private void drawWords(Svg svg, Place place, double width) {
        Panel panel = place.panel();
        int heads = panel.heads().isEmpty() ? 0 : LINE;
        if (!panel.caption().isEmpty()) {
            double room = beside ? place.width() + BETWEEN_PANELS / 2.0 : width - place.left();
            String shown = Words.shortened(panel.caption(), SIZE, room);
            svg.words("small", place.left(), place.top() - heads - 5, Svg.Anchor.START, shown, panel.caption());
        }
        int span = panel.heads().isEmpty()
                ? 1
                : Math.max(1, panel.columns() / panel.heads().size());
        for (int i = 0; i < panel.heads().size(); i++) {
            int last = x(panel, (i + 1) * span - 1) + panel.images().width() * scale;
            double middle = place.left() + (x(panel, i * span) + last) / 2.0;
            String shown = Words.shortened(panel.heads().get(i), SIZE, last - x(panel, i * span) + APART);
            svg.words(
                    "small dim",
                    middle,
                    place.top() - 5,
                    Svg.Anchor.MIDDLE,
                    shown,
                    panel.heads().get(i));
        }
    }

    private void draw(Pixels pixels, Place place, int left, int top) {
        Images images = place.panel().images();
        for (int i = 0; i < images.count(); i++) {
            int column = i % place.panel().columns();
            int row = i / place.panel().columns();
            pixels.draw(
                    images,
                    i,
                    place.left() - left + x(place.panel(), column),
                    place.top() - top + y(place.panel(), row),
                    images.width() * scale,
                    images.height() * scale,
                    colour -> 0xff000000 | colour);
        }
    }

    /** The pictures alone, without words, as a PNG file on the ground of the theme ({@link Theme#AUTO}: transparent). */
    public byte[] png(Theme theme) {
        var places = places(APART, APART, false);
        var pixels = new Pixels(right(places) + APART, bottom(places) + APART);
        if (theme != Theme.AUTO) {
            pixels.fill(Ground.colour(theme));
        }
        places.forEach(place -> draw(pixels, place, 0, 0));
        return pixels.png();
    }
}
