package fathom.chart;

/**
 * How much room text takes, estimated without a font from the advance widths of Helvetica (Arial and Liberation Sans have the
 * same), with a reserve for wider fonts.
 */
final class Words {
    /** Widths of the characters from space to tilde in thousandths of the font size. */
    private static final int[] WIDTHS = {
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, // space … /
        556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, // 0 … ?
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, // @ … O
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, // P … _
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, // ` … o
        556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584 // p … ~
    };

    private static final int LETTER = 667;
    private static final int RAISED = 400;
    private static final int WIDE = 1000;
    private static final double RESERVE = 1.08;

    /** Room that was reckoned from a text's own width, by another way, must do for it. */
    private static final double ROUNDING = 1e-6;

    private static final String ELLIPSIS = "…";

    private Words() {}

    /** In pixels, for a font of {@code size} pixels. */
    static double width(String text, double size) {
        return text.codePoints().map(Words::advance).sum() * size / 1000 * RESERVE;
    }

    /** The text, or as much of its beginning as fits, with an ellipsis. */
    static String shortened(String text, double size, double room) {
        if (width(text, size) <= room + ROUNDING) {
            return text;
        }
        double left = room - width(ELLIPSIS, size);
        int end = 0;
        while (end < text.length()) {
            int next = end + Character.charCount(text.codePointAt(end));
            if (width(text.substring(0, next), size) > left) {
                break;
            }
            end = next;
        }
        return text.substring(0, end).stripTrailing() + ELLIPSIS;
    }

    private static int advance(int codePoint) {
        if (codePoint >= ' ' && codePoint - ' ' < WIDTHS.length) {
            return WIDTHS[codePoint - ' '];
        }
        boolean wide = codePoint == '…'
                || (codePoint >= 0x2190 && codePoint <= 0x21FF) // arrows
                || (codePoint >= 0x1100 && codePoint < 0x1E00)
                || codePoint >= 0x2E80;
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.FORMAT -> 0;
            default -> wide ? WIDE : isRaised(codePoint) ? RAISED : LETTER;
        };
    }

    private static boolean isRaised(int codePoint) {
        return "⁰¹²³⁴⁵⁶⁷⁸⁹⁻".indexOf(codePoint) >= 0;
    }
}
