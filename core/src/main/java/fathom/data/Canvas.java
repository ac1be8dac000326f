package fathom.data;

import fathom.model.Shape;
import java.util.Arrays;

/** One picture at a time inside a batch's array, changed in place; pixels from outside are background. */
final class Canvas {
    private final float[] numbers;
    private final int channels;
    private final int height;
    private final int width;
    private final float background;
    private final float[] before;
    private int start;

    /** @param shape of one picture: channels × height × width */
    Canvas(float[] numbers, Shape shape, float background) {
        this.numbers = numbers;
        this.channels = shape.size(0);
        this.height = shape.size(1);
        this.width = shape.size(2);
        this.background = background;
        this.before = new float[height * width];
    }

    /** Goes to a picture of the batch. */
    void moveTo(int index) {
        start = index * channels * height * width;
    }

    int height() {
        return height;
    }

    int width() {
        return width;
    }

    /** Moves to the right and down by whole pixels; what leaves is lost. */
    void shift(int right, int down) {
        int kept = width - Math.abs(right);
        for (int channel = 0; channel < channels; channel++) {
            int plane = lift(channel);
            Arrays.fill(numbers, plane, plane + before.length, background);
            for (int y = Math.max(0, down); y < Math.min(height, height + down) && kept > 0; y++) {
                int from = (y - down) * width + Math.max(0, -right);
                System.arraycopy(before, from, numbers, plane + y * width + Math.max(0, right), kept);
            }
        }
    }

    /** Mirrors left and right. */
    void flip() {
        for (int row = start; row < start + channels * height * width; row += width) {
            for (int x = 0; x < width / 2; x++) {
                float left = numbers[row + x];
                numbers[row + x] = numbers[row + width - 1 - x];
                numbers[row + width - 1 - x] = left;
            }
        }
    }

    /** Turns clockwise about the centre by an angle in radians, bilinear. */
    void rotate(double angle) {
        map(new Map(angle, 1, 0, 0, 0));
    }

    /**
     * A linear map about the centre, then a move: slanted by {@code shear} columns a row, enlarged by {@code zoom}, turned
     * clockwise by {@code angle} radians, moved by pixels.
     */
    record Map(double angle, double zoom, double shear, double right, double down) {}

    /** Maps the picture, bilinear. */
    void map(Map map) {
        float cos = (float) (StrictMath.cos(map.angle()) / map.zoom());
        float sin = (float) (StrictMath.sin(map.angle()) / map.zoom());
        float shear = (float) map.shear();
        float centreX = (width - 1) / 2f;
        float centreY = (height - 1) / 2f;
        float middleX = centreX + (float) map.right();
        float middleY = centreY + (float) map.down();
        for (int channel = 0; channel < channels; channel++) {
            int plane = lift(channel);
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    float awayX = x - middleX;
                    float awayY = y - middleY;
                    float fromY = cos * awayY - sin * awayX;
                    float fromX = cos * awayX + sin * awayY - shear * fromY;
                    numbers[plane + y * width + x] = between(centreX + fromX, centreY + fromY);
                }
            }
        }
    }

    /** Fills a rectangle with background. */
    void erase(int top, int left, int rows, int columns) {
        for (int channel = 0; channel < channels; channel++) {
            for (int y = top; y < top + rows; y++) {
                int from = start + (channel * height + y) * width + left;
                Arrays.fill(numbers, from, from + columns, background);
            }
        }
    }

    /** Keeps a copy of a channel and tells where it begins. */
    private int lift(int channel) {
        int plane = start + channel * before.length;
        System.arraycopy(numbers, plane, before, 0, before.length);
        return plane;
    }

    private float between(float x, float y) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        float right = x - left;
        float low = y - top;
        float upper = (1 - right) * at(left, top) + right * at(left + 1, top);
        float lower = (1 - right) * at(left, top + 1) + right * at(left + 1, top + 1);
        return (1 - low) * upper + low * lower;
    }

    private float at(int x, int y) {
        return x >= 0 && x < width && y >= 0 && y < height ? before[y * width + x] : background;
    }
}
