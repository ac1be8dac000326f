package fathom.data;

import fathom.random.Draws;

/** A square sheet on which round pens draw: a pixel's ink falls off over one pixel at a stroke's edge. */
final class Ink {
    private final int side;
    private final float[] darkness;

    /** An empty sheet of {@code side}×{@code side} pixels. */
    Ink(int side) {
        this.side = side;
        this.darkness = new float[side * side];
    }

    /**
     * Draws a polyline; where strokes cross, the darker one wins.
     *
     * @param points x and y in turn, in pixels, the first pixel's centre at (0, 0)
     * @param radius of the pen, in pixels
     * @param strength of the ink, 0 … 1
     */
    void stroke(double[] points, double radius, double strength) {
        for (int i = 0; i + 3 < points.length; i += 2) {
            segment(points[i], points[i + 1], points[i + 2], points[i + 3], radius, strength);
        }
    }

    private void segment(double x1, double y1, double x2, double y2, double radius, double strength) {
        double reach = radius + 0.5;
        double dx = x2 - x1;
        double dy = y2 - y1;
        double length2 = Math.max(dx * dx + dy * dy, 1e-12);
        int top = inside(Math.min(y1, y2) - reach);
        int bottom = inside(Math.max(y1, y2) + reach + 1);
        int left = inside(Math.min(x1, x2) - reach);
        int right = inside(Math.max(x1, x2) + reach + 1);
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                double along = Math.clamp(((x - x1) * dx + (y - y1) * dy) / length2, 0, 1);
                double awayX = x - x1 - along * dx;
                double awayY = y - y1 - along * dy;
                double distance2 = awayX * awayX + awayY * awayY;
                if (distance2 < reach * reach) {
                    double cover = Math.min(1, reach - Math.sqrt(distance2));
                    int pixel = y * side + x;
                    darkness[pixel] = Math.max(darkness[pixel], (float) (cover * strength));
                }
            }
        }
    }

    private int inside(double position) {
        return (int) Math.clamp(position, 0, side);
    }

    /**
     * The sheet as bytes, with grain.
     *
     * @param grain standard deviation of the noise, in levels of 0 … 255
     */
    byte[] develop(double grain, Draws draws) {
        byte[] out = new byte[darkness.length];
        long bits = 0;
        for (int i = 0; i < out.length; i++) {
            bits = i % 2 == 0 ? draws.nextLong() : bits >>> 32;
            double value = 255 * darkness[i] + grain * nearlyNormal((int) bits);
            out[i] = (byte) Math.clamp(Math.round(value), 0, 255);
        }
        return out;
    }

    /** The sum of four uniform bytes, brought to mean 0 and deviation 1. */
    private static double nearlyNormal(int bits) {
        int sum = (bits & 0xff) + (bits >>> 8 & 0xff) + (bits >>> 16 & 0xff) + (bits >>> 24);
        return (sum - 510) / 147.8;
    }
}
