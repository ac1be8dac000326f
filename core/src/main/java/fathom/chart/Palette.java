package fathom.chart;

/**
 * Ten colours for classes and curves, the same on light and dark ground. The first six are those of Okabe and Ito (2008)
 * without yellow, which cannot be seen on white; the rest was chosen to stay apart from them for people who see no red, no green
 * or no blue (simulated after Machado, Oliveira and Fernandes 2009). An eleventh class has the first colour again.
 */
final class Palette {
    private static final int[] COLOURS = {
        0x0072B2, 0xE69F00, 0x009E73, 0xD55E00, 0xCC79A7, 0x56B4E9, 0x63715F, 0xAC1E1B, 0x8E5EEE, 0x005D65
    };

    static final int SIZE = COLOURS.length;

    private Palette() {}

    /** 0xRRGGBB. */
    static int colour(int index) {
        return COLOURS[index % SIZE];
    }

    static String css(int colour) {
        return "#%06x".formatted(colour);
    }
}
