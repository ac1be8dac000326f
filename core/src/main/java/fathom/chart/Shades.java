package fathom.chart;

/** Colours for numbers. */
final class Shades {
    private Shades() {}

    static byte level(double value, double black, double white) {
        double share = (value - black) / (white - black);
        return (byte) Math.round(255 * Math.clamp(Double.isNaN(share) ? 0 : share, 0, 1));
    }

    static int heat(double share) {
        return (level(share, 0, 1) & 0xff) * 0x010101;
    }

    static int signed(double share) {
        return (level(share, -1, 1) & 0xff) * 0x010101;
    }
}
