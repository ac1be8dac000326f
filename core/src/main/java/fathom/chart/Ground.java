package fathom.chart;

import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The style sheet of a chart. Its rules begin with the class of the theme, so that charts of several themes can stand on one
 * page.
 */
final class Ground {
    private static final String FONT = "Helvetica,Arial,'Liberation Sans',Arimo,sans-serif";

    /** Parts that look the same on any ground; {@code currentColor} is the colour of the class. */
    private static final String RULES = """
            .fathom{font-family:%s;font-size:12px}
            .fathom text{stroke:none}
            .fathom .title{font-size:15px;font-weight:bold}
            .fathom .small{font-size:11px}
            .fathom .fill{fill:currentColor;stroke:none}
            .fathom .line{fill:none;stroke:currentColor;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
            .fathom .dashed{stroke-dasharray:6 5}
            .fathom .dotted{stroke-dasharray:.1 4.5}
            .fathom .thin{stroke-width:1}
            .fathom .dots{fill:none;stroke:currentColor;stroke-linecap:round}
            .fathom .wire{stroke-width:1.4}
            .fathom .hit{fill:#000;fill-opacity:0;stroke:none}
            .fathom .pixels{image-rendering:pixelated}
            """.formatted(FONT);

    private static final int LIGHT_GROUND = 0xffffff;
    private static final int DARK_GROUND = 0x16181d;

    private Ground() {}

    static String className(Theme theme) {
        return switch (theme) {
            case AUTO -> "fathom-auto";
            case LIGHT -> "fathom-light";
            case DARK -> "fathom-dark";
        };
    }

    /** 0xRRGGBB. */
    static int colour(Theme theme) {
        return theme == Theme.DARK ? DARK_GROUND : LIGHT_GROUND;
    }

    static String css(Theme theme) {
        String prefix = "." + className(theme);
        var css = new StringBuilder(RULES.replace("\n", ""));
        css.append(
                switch (theme) {
                    case LIGHT -> light(prefix);
                    case DARK -> dark(prefix);
                    case AUTO -> light(prefix) + "@media screen and (prefers-color-scheme:dark){" + dark(prefix) + "}";
                });
        return css.toString();
    }

    private static String light(String prefix) {
        return colours(prefix, Palette::onLight)
                + tones(prefix, LIGHT_GROUND, 0x1f2328, 0x59636e, 0xe4e7eb, 0xafb8c1, 0xffffff, 0xf6f8fa);
    }

    private static String dark(String prefix) {
        return colours(prefix, Palette::onDark)
                + tones(prefix, DARK_GROUND, 0xe6e8eb, 0x9aa4af, 0x2b3038, 0x59636e, 0xffffff, 0x1f232a);
    }

    private static String colours(String prefix, IntUnaryOperator palette) {
        return IntStream.range(0, Palette.SIZE)
                .mapToObj(i -> prefix + " .k" + i + "{color:" + Palette.css(palette.applyAsInt(i)) + "}")
                .collect(Collectors.joining());
    }

    /**
     * @param ink of text
     * @param dim of text that matters less
     * @param grid of lines behind
     * @param edge of axes and frames
     * @param on of text on a full colour
     * @param panel of boxes
     */
    private static String tones(String prefix, int ground, int ink, int dim, int grid, int edge, int on, int panel) {
        return "P .ground{fill:%s}P text{fill:%s}P .dim{fill:%s}P .grid{stroke:%s;fill:none}"
                        .formatted(Palette.css(ground), Palette.css(ink), Palette.css(dim), Palette.css(grid))
                        .replace("P ", prefix + " ")
                + "P .edge{stroke:%s;fill:none}P .whisker{stroke:%s;stroke-width:1.5}P .on{fill:%s}P .panel{fill:%s;stroke:%s}P .pale{fill:%s}"
                        .formatted(
                                Palette.css(edge),
                                Palette.css(ink),
                                Palette.css(on),
                                Palette.css(panel),
                                Palette.css(edge),
                                Palette.css(grid))
                        .replace("P ", prefix + " ")
                + "P .halo{stroke:%s;stroke-width:3px;stroke-linejoin:round;paint-order:stroke}P .ring{fill:%s}"
                        .formatted(Palette.css(ground), Palette.css(ground))
                        .replace("P ", prefix + " ");
    }
}
