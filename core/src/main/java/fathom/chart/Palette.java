package fathom.chart;

/**
 * Ten colours for classes and curves. The first six are those of Okabe and Ito (2008) without yellow, which cannot be seen on
 * white; the rest was chosen to stay apart from them for people who see no red, no green or no blue. On dark ground those that
 * would be too dark are brighter. An eleventh class has the first colour again.
 */
final class Palette {
    private static final int[] ON_LIGHT = {
        0x0072B2, 0xE69F00, 0x009E73, 0xD55E00, 0xCC79A7, 0x56B4E9, 0x63715F, 0xAC1E1B, 0x8E5EEE, 0x005D65
    };
    private static final int[] ON_DARK = {
        0x2A78D0, 0xE69F00, 0x009E73, 0xD55E00, 0xCC79A7, 0x56B4E9, 0xB9B4A0, 0xC4302B, 0x9A6CFF, 0x8FE3DC
    };

    static final int SIZE = ON_LIGHT.length;

    private Palette() {}

    /** 0xRRGGBB, for light ground. */
    static int onLight(int index) {
        return ON_LIGHT[index % SIZE];
    }

    /** 0xRRGGBB, for dark ground. */
    static int onDark(int index) {
        return ON_DARK[index % SIZE];
    }

    static String css(int colour) {
        return "#%06x".formatted(colour);
    }
}
