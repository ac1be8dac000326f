package fathom.chart;

/** The title of a chart at its top left. */
final class Heading {
    private static final double SIZE = 15;
    private static final double BOLD = 1.08;

    /** Room at each side of a chart. */
    static final double MARGIN = 12;

    private Heading() {}

    /** Where what follows may begin. */
    static double height(String title) {
        return title.isBlank() ? MARGIN : 38;
    }

    /** What the title needs in width, with its margins. */
    static double width(String title) {
        return Words.width(title, SIZE * BOLD) + 2 * MARGIN;
    }

    static void draw(Svg svg, String title, double width) {
        if (!title.isBlank()) {
            String shown = Words.shortened(title, SIZE * BOLD, width - 2 * MARGIN);
            svg.words("title", MARGIN, 24, Svg.Anchor.START, shown, title);
        }
    }
}
