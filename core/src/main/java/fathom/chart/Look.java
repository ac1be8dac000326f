package fathom.chart;

/**
 * How a chart is drawn: the ground and the width; the height follows from what is shown.
 *
 * @param width in pixels, 240 … 4000
 */
public record Look(Theme theme, int width) {
    private static final int WIDTH = 720;

    public Look {
        if (width < 240 || width > 4000) {
            throw new IllegalArgumentException("a chart is 240 to 4000 pixels wide, got " + width);
        }
    }

    /** Of the usual width. */
    public static Look of(Theme theme) {
        return new Look(theme, WIDTH);
    }
}
