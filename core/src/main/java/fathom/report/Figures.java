package fathom.report;

import fathom.chart.Chart;
import fathom.chart.ImageGrid;
import fathom.chart.Look;
import fathom.chart.Sheet;
import fathom.chart.Theme;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** The figures of a page: each stands in the page, for a light or dark ground, and in a file of its own, on a light one. */
final class Figures {
    /** As wide as the page. */
    static final int WIDE = 960;

    /** As wide as half of it. */
    static final int HALF = 470;

    /** Pictures are not enlarged beyond this side. */
    private static final int ENLARGED = 256;

    private final SequencedMap<String, byte[]> files = new LinkedHashMap<>();

    /**
     * A figure as markup.
     *
     * @param name of its file, without ending
     * @param caption markup below it
     */
    String add(String name, Chart chart, int width, String caption) {
        file(name + ".svg", chart.svg(new Look(Theme.LIGHT, width)).getBytes(StandardCharsets.UTF_8));
        return "<figure class=\"%s\" id=\"fig-%s\">%s%s</figure>\n"
                .formatted(
                        width > HALF ? "wide" : "half",
                        Html.text(name),
                        chart.svg(new Look(Theme.AUTO, width)),
                        caption.isEmpty() ? "" : Html.element("figcaption", "", caption));
    }

    /** The pictures of a grid alone as a PNG file: small ones enlarged, at most {@code most} times; none if they are too large. */
    void pictures(String name, ImageGrid grid, int most) {
        int side = Math.max(grid.images().width(), grid.images().height());
        int scale = Math.clamp(ENLARGED / side, 1, most);
        if (grid.pixels(scale) <= Sheet.MOST_PIXELS) {
            file(name + ".png", grid.png(Theme.LIGHT, scale));
        }
    }

    /** A file that stands beside the others only. */
    void file(String name, byte[] content) {
        files.put(name, content);
    }

    /** What goes into the folder of figures, by file name. */
    SequencedMap<String, byte[]> files() {
        return files;
    }

    /** A tap's path as a part of a file name. */
    static String fileName(String tap) {
        return tap.isEmpty() ? "output" : tap.replaceAll("[^A-Za-z0-9._-]", "-");
    }
}
