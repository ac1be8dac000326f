package fathom.data;

import fathom.model.Shape;

/**
 * Bilinear interpolation with pixel centres at one half ({@code align_corners=False}), separable. A picture that
 * shrinks is smoothed first: the triangle filter is widened by the ratio of the sizes, as PIL, torchvision's
 * {@code Resize} and {@code interpolate(…, antialias=True)} do. Results are rounded once, to the nearest byte.
 */
final class Resize implements Fitting {
    private final Shape from;
    private final Shape shape;
    private final Taps rows;
    private final Taps columns;

    Resize(Shape from, Shape shape) {
        this.from = from;
        this.shape = shape;
        this.rows = Taps.of(from.size(1), shape.size(1));
        this.columns = Taps.of(from.size(2), shape.size(2));
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public byte[] apply(byte[] picture) {
        int height = from.size(1);
        int width = from.size(2);
        int newHeight = shape.size(1);
        int newWidth = shape.size(2);
        byte[] out = new byte[shape.count()];
        float[] narrow = new float[height * newWidth];
        for (int channel = 0; channel < shape.size(0); channel++) {
            int plane = channel * height * width;
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < newWidth; x++) {
                    narrow[y * newWidth + x] = columns.sum(picture, plane + y * width, x);
                }
            }
            for (int y = 0; y < newHeight; y++) {
                for (int x = 0; x < newWidth; x++) {
                    float value = rows.sum(narrow, x, newWidth, y);
                    out[(channel * newHeight + y) * newWidth + x] = (byte) (int) (value + 0.5f);
                }
            }
        }
        return out;
    }

    /** Which inputs each output is made of along one axis, and how much of each. */
    private static final class Taps {
        private final int[] first;
        private final float[][] weights;

        private Taps(int[] first, float[][] weights) {
            this.first = first;
            this.weights = weights;
        }

        static Taps of(int from, int to) {
            double ratio = (double) from / to;
            double reach = Math.max(1, ratio);
            int[] first = new int[to];
            float[][] weights = new float[to][];
            for (int i = 0; i < to; i++) {
                double centre = (i + 0.5) * ratio;
                int low = Math.max(0, (int) (centre - reach + 0.5));
                int high = Math.min(from, (int) (centre + reach + 0.5));
                first[i] = low;
                weights[i] = triangle(centre, reach, low, high);
            }
            return new Taps(first, weights);
        }

        private static float[] triangle(double centre, double reach, int low, int high) {
            double[] heights = new double[high - low];
            double sum = 0;
            for (int i = 0; i < heights.length; i++) {
                heights[i] = Math.max(0, 1 - Math.abs(low + i + 0.5 - centre) / reach);
                sum += heights[i];
            }
            float[] weights = new float[heights.length];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (float) (heights[i] / sum);
            }
            return weights;
        }

        float sum(byte[] values, int offset, int output) {
            float sum = 0;
            for (int i = 0; i < weights[output].length; i++) {
                sum += weights[output][i] * (values[offset + first[output] + i] & 0xff);
            }
            return sum;
        }

        float sum(float[] values, int offset, int stride, int output) {
            float sum = 0;
            for (int i = 0; i < weights[output].length; i++) {
                sum += weights[output][i] * values[offset + (first[output] + i) * stride];
            }
            return sum;
        }
    }
}
