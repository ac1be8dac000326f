package fathom.inspect;

import fathom.data.Batch;
import fathom.model.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * Which parts of a picture an answer leans on: a square is laid over the picture at one place after the other, and the
 * probability of the answer is watched (Zeiler and Fergus, "Visualizing and understanding convolutional networks", ECCV 2014).
 */
public final class Occlusion {
    private static final int MOST_AT_ONCE = 250;

    private final Shape shape;
    private final int target;
    private final double probability;
    private final float[] drops;

    private Occlusion(Shape shape, int target, double probability, float[] drops) {
        this.shape = shape;
        this.target = target;
        this.probability = probability;
        this.drops = drops;
    }

    /**
     * Watches the class that the network finds most probable for a picture.
     *
     * @param picture one example
     * @param shape channels × height × width
     * @param fill the number that covers: that of an empty pixel
     * @throws InspectException if the shape is not that of a picture
     */
    public static Occlusion of(Predictor predictor, float[] picture, Shape shape, float fill) {
        if (shape.rank() != 3) {
            throw new InspectException("only a picture can be covered in parts, got an example of shape " + shape);
        }
        int height = shape.size(1);
        int width = shape.size(2);
        float[] whole = predictor.predict(batch(shape, picture), List.of()).getFirst();
        int target = top(whole);
        int side = Math.max(1, Math.min(height, width) / 6);
        int stride = (side + 1) / 2;
        int[][] corners = corners(height, width, side, stride);
        var drops = new float[height * width];
        var covered = new int[height * width];
        for (int from = 0; from < corners.length; from += MOST_AT_ONCE) {
            int[][] some = Arrays.copyOfRange(corners, from, Math.min(from + MOST_AT_ONCE, corners.length));
            var inputs = new float[some.length * picture.length];
            for (int i = 0; i < some.length; i++) {
                System.arraycopy(picture, 0, inputs, i * picture.length, picture.length);
                cover(inputs, i * picture.length, shape, some[i], side, fill);
            }
            float[] answers = predictor
                    .predict(new Batch(shape, inputs, new int[some.length]), List.of())
                    .getFirst();
            for (int i = 0; i < some.length; i++) {
                double drop = Math.exp(whole[target]) - Math.exp(answers[i * whole.length + target]);
                spread(drop, some[i], side, height, width, drops, covered);
            }
        }
        for (int i = 0; i < drops.length; i++) {
            drops[i] /= covered[i];
        }
        return new Occlusion(shape, target, Math.exp(whole[target]), drops);
    }

    private static Batch batch(Shape shape, float[] picture) {
        return new Batch(shape, picture, new int[1]);
    }

    private static int top(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    /** Upper left corners, from partly outside on, so that pixels at the border are covered as often as others. */
    private static int[][] corners(int height, int width, int side, int stride) {
        int rows = (height + side - 2) / stride + 1;
        int columns = (width + side - 2) / stride + 1;
        var corners = new int[rows * columns][];
        for (int i = 0; i < corners.length; i++) {
            corners[i] = new int[] {1 - side + i / columns * stride, 1 - side + i % columns * stride};
        }
        return corners;
    }

    private static void cover(float[] inputs, int offset, Shape shape, int[] corner, int side, float fill) {
        int height = shape.size(1);
        int width = shape.size(2);
        for (int channel = 0; channel < shape.size(0); channel++) {
            for (int y = Math.max(0, corner[0]); y < Math.min(height, corner[0] + side); y++) {
                int row = offset + (channel * height + y) * width;
                Arrays.fill(inputs, row + Math.max(0, corner[1]), row + Math.min(width, corner[1] + side), fill);
            }
        }
    }

    private static void spread(
            double drop, int[] corner, int side, int height, int width, float[] drops, int[] covered) {
        for (int y = Math.max(0, corner[0]); y < Math.min(height, corner[0] + side); y++) {
            for (int x = Math.max(0, corner[1]); x < Math.min(width, corner[1] + side); x++) {
                drops[y * width + x] += (float) drop;
                covered[y * width + x]++;
            }
        }
    }

    /** The class that was watched: the most probable one for the whole picture. */
    public int target() {
        return target;
    }

    /** How probable it was, 0 … 1. */
    public double probability() {
        return probability;
    }

    public int height() {
        return shape.size(1);
    }

    public int width() {
        return shape.size(2);
    }

    /** By how much the probability fell when this pixel was covered, on average; negative where it rose; −1 … 1. */
    public float drop(int row, int column) {
        return drops[row * width() + column];
    }
}
