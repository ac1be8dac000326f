package fathom.data;

/**
 * A square sheet in colour on which shapes are laid one over the other: a pixel's cover falls off over one pixel at a shape's
 * edge. Lengths are in pixels, the first pixel's centre at (0, 0).
 */
final class Paint {
    /** Red, green and blue, each 0 … 255. */
    record Colour(double red, double green, double blue) {
        /** A share of {@code other} mixed in. */
        Colour mix(Colour other, double share) {
            return new Colour(
                    red + share * (other.red - red),
                    green + share * (other.green - green),
                    blue + share * (other.blue - blue));
        }

        /** With all of it multiplied. */
        Colour times(double factor) {
            return new Colour(Math.min(255, factor * red), Math.min(255, factor * green), Math.min(255, factor * blue));
        }
    }

    private final int side;
    private final double[] levels;

    /** A sheet of {@code side}×{@code side} pixels, one colour at the top that goes over into another at the bottom. */
    Paint(int side, Colour top, Colour bottom) {
        this.side = side;
        this.levels = new double[3 * side * side];
        for (int y = 0; y < side; y++) {
            Colour colour = top.mix(bottom, (double) y / (side - 1));
            for (int x = 0; x < side; x++) {
                lay(y * side + x, colour, 1);
            }
        }
    }

    /**
     * A filled ellipse with upright axes.
     *
     * @param cover how much of what lies below is hidden, 0 … 1
     */
    void ellipse(double x, double y, double radiusX, double radiusY, Colour colour, double cover) {
        int bottom = inside(y + radiusY + 2);
        int right = inside(x + radiusX + 2);
        for (int row = inside(y - radiusY - 1); row < bottom; row++) {
            for (int column = inside(x - radiusX - 1); column < right; column++) {
                double distance = distance(column - x, row - y, radiusX, radiusY);
                lay(row * side + column, colour, cover * Math.clamp(0.5 - distance, 0, 1));
            }
        }
    }

    /** A ring along an ellipse. */
    void ring(double x, double y, double radiusX, double radiusY, double radius, Colour colour) {
        int bottom = inside(y + radiusY + radius + 2);
        int right = inside(x + radiusX + radius + 2);
        for (int row = inside(y - radiusY - radius - 1); row < bottom; row++) {
            for (int column = inside(x - radiusX - radius - 1); column < right; column++) {
                double distance = Math.abs(distance(column - x, row - y, radiusX, radiusY)) - radius;
                lay(row * side + column, colour, Math.clamp(0.5 - distance, 0, 1));
            }
        }
    }

    /** Nearly how far a point is outside an ellipse: its value of the ellipse's equation over the slope of that. */
    private static double distance(double x, double y, double radiusX, double radiusY) {
        double u = x / radiusX;
        double v = y / radiusY;
        double value = Math.sqrt(u * u + v * v);
        double slope = Math.sqrt(u * u / (radiusX * radiusX) + v * v / (radiusY * radiusY));
        return slope == 0 ? -Math.min(radiusX, radiusY) : (value - 1) * value / slope;
    }

    /**
     * A curve from one point to another, bent towards a third (a quadratic Bézier curve), drawn by a round pen.
     *
     * @param points x and y of the beginning, of the point it bends towards, and of the end
     * @param radius of the pen
     * @param cover how much of what lies below is hidden, 0 … 1
     */
    void curve(double[] points, double radius, Colour colour, double cover) {
        double reach = radius + 0.5;
        double left = Math.min(points[0], Math.min(points[2], points[4])) - reach;
        double right = Math.max(points[0], Math.max(points[2], points[4])) + reach;
        double top = Math.min(points[1], Math.min(points[3], points[5])) - reach;
        double bottom = Math.max(points[1], Math.max(points[3], points[5])) + reach;
        double[] line = flat(points);
        for (int row = inside(top); row < inside(bottom + 1); row++) {
            for (int column = inside(left); column < inside(right + 1); column++) {
                double distance = distance(column, row, line);
                lay(row * side + column, colour, cover * Math.clamp(reach - distance, 0, 1));
            }
        }
    }

    private static double[] flat(double[] points) {
        int pieces = 8;
        double[] line = new double[2 * (pieces + 1)];
        for (int i = 0; i <= pieces; i++) {
            double t = (double) i / pieces;
            for (int axis = 0; axis < 2; axis++) {
                line[2 * i + axis] = (1 - t) * (1 - t) * points[axis]
                        + 2 * t * (1 - t) * points[2 + axis]
                        + t * t * points[4 + axis];
            }
        }
        return line;
    }

    private static double distance(double x, double y, double[] line) {
        double least = Double.MAX_VALUE;
        for (int i = 0; i + 3 < line.length; i += 2) {
            double dx = line[i + 2] - line[i];
            double dy = line[i + 3] - line[i + 1];
            double length2 = Math.max(dx * dx + dy * dy, 1e-12);
            double along = Math.clamp(((x - line[i]) * dx + (y - line[i + 1]) * dy) / length2, 0, 1);
            double awayX = x - line[i] - along * dx;
            double awayY = y - line[i + 1] - along * dy;
            least = Math.min(least, awayX * awayX + awayY * awayY);
        }
        return Math.sqrt(least);
    }

    private int inside(double position) {
        return (int) Math.clamp(position, 0, side);
    }

    private void lay(int pixel, Colour colour, double cover) {
        int plane = side * side;
        levels[pixel] += cover * (colour.red - levels[pixel]);
        levels[plane + pixel] += cover * (colour.green - levels[plane + pixel]);
        levels[2 * plane + pixel] += cover * (colour.blue - levels[2 * plane + pixel]);
    }

    /** The sheet as bytes: channel by channel, row by row. */
    byte[] develop() {
        byte[] out = new byte[levels.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) Math.clamp(Math.round(levels[i]), 0, 255);
        }
        return out;
    }
}
