package fathom.chart;

import java.util.List;

/**
 * Pictures in rows, each with a caption of up to two lines below it.
 *
 * @param captions one for each picture, lines parted by {@code \n}; or none at all
 * @param columns how many stand in a row
 */
public record ImageGrid(String title, Images images, List<String> captions, int columns) implements Chart {
    private static final double SIZE = 11;
    private static final double LINE = 14;
    private static final double GAP = 6;
    private static final double LARGEST = 128;
    private static final int PNG_GAP = 2;

    public ImageGrid {
        captions = List.copyOf(captions);
        Check.captions("captions", captions, images.count());
        if (columns < 1) {
            throw new IllegalArgumentException("a grid has at least one column, got " + columns);
        }
    }

    @Override
    public String svg(Look look) {
        double pitch = Math.min((look.width() - 2 * Heading.MARGIN + GAP) / columns, LARGEST + GAP);
        double across = Math.max(pitch - GAP, 1);
        double down = across * images.height() / images.width();
        int lines = captions.stream()
                .mapToInt(caption -> Math.min(2, caption.split("\n", -1).length))
                .max()
                .orElse(0);
        double rowPitch = down + (lines == 0 ? GAP : 5 + lines * LINE + GAP);
        double top = Heading.height(title);
        int rows = rows();
        double height = top + Math.max(rows * rowPitch, 30) + Heading.MARGIN - GAP;
        double grid = 2 * Heading.MARGIN + Math.min(columns, Math.max(1, images.count())) * pitch - GAP;
        double width = Math.min(look.width(), Math.max(grid, Heading.width(title)));
        var svg = Svg.begin(look, title, width, height);
        Heading.draw(svg, title, width);
        for (int i = 0; i < images.count(); i++) {
            int row = i / columns;
            drawTile(svg, i, Heading.MARGIN + i % columns * pitch, top + row * rowPitch, across, down);
        }
        if (images.count() == 0) {
            svg.words("dim", Heading.MARGIN, top + 20, Svg.Anchor.START, "no pictures to show");
        }
        return svg.text();
    }

    private int rows() {
        return Math.ceilDiv(images.count(), columns);
    }

    private void drawTile(Svg svg, int index, double x, double y, double across, double down) {
        var pixels = new Pixels(images.width(), images.height());
        pixels.draw(images, index, 0, 0, images.width(), images.height(), colour -> 0xff000000 | colour);
        svg.group("tile").attribute("data-index", index);
        if (!captions.isEmpty()) {
            svg.title(captions.get(index));
        }
        svg.element("image", across >= images.width() ? "pixels" : "")
                .attribute("x", x)
                .attribute("y", y)
                .attribute("width", across)
                .attribute("height", down)
                .attribute("href", pixels.dataUri())
                .end();
        if (!captions.isEmpty()) {
            String[] lines = captions.get(index).split("\n", 2);
            for (int i = 0; i < lines.length; i++) {
                svg.words(
                        i == 0 ? "small" : "small dim",
                        x + across / 2,
                        y + down + 3 + (i + 1) * LINE - 3,
                        Svg.Anchor.MIDDLE,
                        Words.shortened(lines[i], SIZE, across + GAP - 2),
                        lines[i]);
            }
        }
        svg.end();
    }

    /** How many pixels {@link #png} draws. */
    public long pixels(int scale) {
        return across(scale) * down(scale);
    }

    private long across(int scale) {
        return (long) Math.min(columns, Math.max(1, images.count())) * (images.width() * scale + PNG_GAP) - PNG_GAP;
    }

    private long down(int scale) {
        return (long) Math.max(1, rows()) * (images.height() * scale + PNG_GAP) - PNG_GAP;
    }

    /**
     * The pictures alone, side by side with a thin gap, as a PNG file.
     *
     * @param scale how many pixels a side each of their pixels becomes, 1 … 16
     * @throws IllegalArgumentException if it would have more than {@link Sheet#MOST_PIXELS} pixels
     */
    public byte[] png(Theme theme, int scale) {
        if (scale < 1 || scale > 16) {
            throw new IllegalArgumentException("pictures are enlarged 1 to 16 times, got " + scale);
        }
        if (pixels(scale) > Sheet.MOST_PIXELS) {
            throw new IllegalArgumentException(
                    "a grid of %,d million pixels is too large: show fewer or enlarge them less"
                            .formatted(pixels(scale) / 1_000_000));
        }
        int across = images.width() * scale;
        int down = images.height() * scale;
        var pixels = new Pixels((int) across(scale), (int) down(scale));
        if (theme != Theme.AUTO) {
            pixels.fill(Ground.colour(theme));
        }
        for (int i = 0; i < images.count(); i++) {
            int left = i % columns * (across + PNG_GAP);
            int top = i / columns * (down + PNG_GAP);
            pixels.draw(images, i, left, top, across, down, colour -> 0xff000000 | colour);
        }
        return pixels.png();
    }
}
