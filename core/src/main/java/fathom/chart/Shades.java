package fathom.chart;

/** Colours for numbers, interpolated between a few fixed ones. */
final class Shades {
    /** From dark to bright with lightness growing evenly: five stops of viridis (Smith and van der Walt 2015). */
    private static final int[] HEAT = {0x440154, 0x3b528b, 0x21918c, 0x5ec962, 0xfde725};

    /** Blue below zero, orange above it: told apart by people who see no red, no green or no blue. */
    private static final int[] SIGNED = {0x08306b, 0x3f8fc5, 0xf7f7f7, 0xe08214, 0x7f3b08};

    private Shades() {}

    static byte level(double value, double black, double white) {
        double share = (value - black) / (white - black);
        return (byte) Math.round(255 * Math.clamp(Double.isNaN(share) ? 0 : share, 0, 1));
    }

    /** @param share 0 … 1 */
    static int heat(double share) {
        return between(HEAT, share);
    }

    /** @param share −1 … 1 */
    static int signed(double share) {
        return between(SIGNED, Double.isNaN(share) ? 0.5 : share / 2 + 0.5);
    }

    private static int between(int[] stops, double share) {
        double place = Math.clamp(Double.isNaN(share) ? 0 : share, 0, 1) * (stops.length - 1);
        int first = Math.min(stops.length - 2, (int) place);
        double rest = place - first;
        int colour = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int from = stops[first] >> shift & 0xff;
            int to = stops[first + 1] >> shift & 0xff;
            colour |= (int) Math.round(from + rest * (to - from)) << shift;
        }
        return colour;
    }
}
