package fathom.data;

import fathom.random.Draws;

/**
 * How a glyph stands on the sheet: a linear map and a shift, after a wobble that bends straight lines a little.
 *
 * @param a first row of the map is (a, b), second (c, d), in pixels per box side
 * @param x where the middle of the glyph lies, in pixels
 * @param bend how far lines bend, in box sides
 * @param phase where the bend begins, in radians
 */
record Pose(double a, double b, double c, double d, double x, double y, double bend, double phase) {
    private static final double TURN = StrictMath.toRadians(22);

    /** A random pose on a sheet of {@code side} pixels. */
    static Pose draw(int side, Draws draws) {
        double angle = draws.nextDouble(-TURN, TURN);
        double slant = draws.nextDouble(-0.35, 0.35);
        double height = side * draws.nextDouble(0.5, 0.8);
        double width = height * draws.nextDouble(0.65, 1.1);
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        double play = 0.13 * side;
        return new Pose(
                cos * width,
                -cos * slant * width - sin * height,
                sin * width,
                -sin * slant * width + cos * height,
                (side - 1) / 2.0 + draws.nextDouble(-play, play),
                (side - 1) / 2.0 + draws.nextDouble(-play, play),
                draws.nextDouble(-0.05, 0.05),
                draws.nextDouble(0, 2 * Math.PI));
    }

    /** Points of the 1×1 box, x and y in turn, in pixels of the sheet. */
    double[] apply(double[] points) {
        double[] out = new double[points.length];
        for (int i = 0; i < points.length; i += 2) {
            double u = points[i] - 0.5;
            double v = points[i + 1] - 0.5;
            double bentU = u + bend * StrictMath.sin(5 * v + phase);
            double bentV = v + bend * StrictMath.sin(5 * u - phase);
            out[i] = x + a * bentU + b * bentV;
            out[i + 1] = y + c * bentU + d * bentV;
        }
        return out;
    }
}
