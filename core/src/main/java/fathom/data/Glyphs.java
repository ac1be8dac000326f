package fathom.data;

import fathom.random.Draws;
import java.util.ArrayList;
import java.util.List;

/**
 * The ten digits as pen strokes: polylines in a box of 1×1, x to the right, y down. Most digits have two ways to be
 * written.
 */
final class Glyphs {
    private static final int STEP_DEGREES = 24;

    /** One stroke: x and y in turn. */
    private static final class Pen {
        private final List<Double> points = new ArrayList<>();

        Pen to(double... xy) {
            for (double value : xy) {
                points.add(value);
            }
            return this;
        }

        /** Along an ellipse from one angle to another, in degrees, 0 to the right, growing clockwise. */
        Pen arc(double x, double y, double radiusX, double radiusY, int from, int to) {
            int steps = Math.max(1, Math.abs(to - from) / STEP_DEGREES);
            for (int i = 0; i <= steps; i++) {
                double angle = StrictMath.toRadians(from + (to - from) * (double) i / steps);
                to(x + radiusX * StrictMath.cos(angle), y + radiusY * StrictMath.sin(angle));
            }
            return this;
        }

        double[] lift() {
            return points.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    /** For each digit its ways of being written, each a list of strokes. */
    private static final List<List<List<double[]>>> DIGITS =
            List.of(zero(), one(), two(), three(), four(), five(), six(), seven(), eight(), nine());

    private Glyphs() {}

    /** One way to write {@code digit}, picked at random. */
    static List<double[]> pick(int digit, Draws draws) {
        var ways = DIGITS.get(digit);
        return ways.get(draws.nextInt(ways.size()));
    }

    private static Pen pen() {
        return new Pen();
    }

    private static List<List<double[]>> zero() {
        return List.of(
                List.of(pen().arc(.5, .5, .29, .42, -90, 270).lift()),
                List.of(pen().arc(.5, .5, .36, .4, -90, 270).lift()));
    }

    private static List<List<double[]>> one() {
        return List.of(
                List.of(pen().to(.5, .08, .5, .92).lift()),
                List.of(pen().to(.3, .3, .54, .08, .54, .92).lift()),
                List.of(
                        pen().to(.34, .28, .52, .08, .52, .92).lift(),
                        pen().to(.34, .92, .7, .92).lift()));
    }

    private static List<List<double[]>> two() {
        return List.of(
                List.of(pen().arc(.49, .33, .26, .25, 195, 400)
                        .to(.22, .92, .8, .92)
                        .lift()),
                List.of(pen().arc(.49, .32, .25, .24, 200, 410)
                        .arc(.34, .82, .1, .1, 250, -60)
                        .to(.8, .9)
                        .lift()));
    }

    private static List<List<double[]>> three() {
        return List.of(
                List.of(pen().arc(.46, .29, .25, .21, 200, 440)
                        .arc(.46, .71, .29, .22, 280, 520)
                        .lift()),
                List.of(pen().to(.24, .1, .74, .1, .48, .42)
                        .arc(.46, .67, .28, .25, 280, 520)
                        .lift()));
    }

    private static List<List<double[]>> four() {
        return List.of(
                List.of(pen().to(.64, .92, .64, .08, .2, .66, .84, .66).lift()),
                List.of(
                        pen().to(.32, .1, .24, .56, .8, .56).lift(),
                        pen().to(.68, .12, .64, .92).lift()));
    }

    private static List<List<double[]>> five() {
        return List.of(
                List.of(pen().to(.76, .1, .33, .1, .29, .47)
                        .arc(.47, .66, .29, .26, 235, 505)
                        .lift()),
                List.of(pen().to(.74, .12, .36, .1, .34, .45, .55, .43)
                        .arc(.5, .67, .25, .24, 280, 490)
                        .lift()));
    }

    private static List<List<double[]>> six() {
        return List.of(
                List.of(pen().arc(.72, .6, .47, .52, 265, 185)
                        .arc(.49, .68, .24, .24, 180, -180)
                        .lift()),
                List.of(pen().to(.62, .08, .3, .58)
                        .arc(.49, .7, .22, .21, 200, -160)
                        .lift()));
    }

    private static List<List<double[]>> seven() {
        return List.of(
                List.of(pen().to(.22, .1, .78, .1, .42, .92).lift()),
                List.of(
                        pen().to(.2, .12, .78, .1, .46, .92).lift(),
                        pen().to(.36, .52, .74, .5).lift()));
    }

    private static List<List<double[]>> eight() {
        return List.of(
                List.of(
                        pen().arc(.5, .29, .21, .2, 90, 450).lift(),
                        pen().arc(.5, .7, .26, .22, -90, 270).lift()),
                List.of(pen().arc(.5, .28, .22, .2, 0, -200)
                        .to(.72, .66)
                        .arc(.5, .72, .23, .2, 0, 190)
                        .to(.72, .28)
                        .lift()));
    }

    private static List<List<double[]>> nine() {
        return List.of(
                List.of(pen().arc(.49, .32, .24, .23, 0, -360).to(.68, .92).lift()),
                List.of(pen().arc(.49, .32, .24, .23, 0, -360)
                        .arc(.3, .4, .43, .52, 0, 80)
                        .lift()));
    }
}
