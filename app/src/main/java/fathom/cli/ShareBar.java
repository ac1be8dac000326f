package fathom.cli;

/** A share as a bar of letters, by eighths of a letter. */
final class ShareBar {
    private static final int WIDTH = 24;
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

    private ShareBar() {}

    /** @param share 0 … 1; others are drawn as the nearer of these */
    static String of(double share) {
        int eighths = (int) Math.round(8 * WIDTH * Math.clamp(Double.isNaN(share) ? 0 : share, 0, 1));
        int full = eighths / 8;
        String rest = eighths % 8 == 0 ? "" : EIGHTHS.substring(eighths % 8, eighths % 8 + 1);
        return "█".repeat(full) + rest + " ".repeat(WIDTH - full - rest.length());
    }
}
