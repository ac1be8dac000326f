package fathom.engine.vector;

import fathom.model.Shape;
import org.jspecify.annotations.Nullable;

/**
 * What flows between operations: for each group of examples, channels of planes of vectors, in the order channel, row,
 * column, lane. A plane may have a border of zeros, as wide as the padding of those who read it; a value may also be some
 * channels of a larger one (branches are joined that way, without copying), or another shape of the same numbers.
 */
final class Value implements Placed {
    final int channels;
    final int height;
    final int width;
    private final Shape shape;
    private final int lanes;
    private final Storage storage;
    private int border;
    private @Nullable Value whole;
    private int firstChannel;
    private @Nullable Value gradient;
    private boolean isGradientWritten;

    /** Whether some weight or other stands before it, so that its gradient is of use. */
    final boolean needsGradient;

    Value(String title, Shape shape, int lanes, boolean needsGradient) {
        this.shape = shape;
        channels = shape.size(0);
        height = shape.rank() > 1 ? shape.size(1) : 1;
        width = shape.rank() > 2 ? shape.size(2) : 1;
        this.lanes = lanes;
        this.needsGradient = needsGradient;
        storage = new Storage(title, Storage.Copies.GROUPS);
    }

    /** Makes this a part of another value: from one of its channels on, or all of it in another shape. */
    void liesIn(Value whole, int firstChannel) {
        whole.wantBorder(border);
        this.whole = whole;
        this.firstChannel = firstChannel;
    }

    boolean isPart() {
        return whole != null;
    }

    /** Whether this is all of another value, in whatever shape. */
    boolean isWholeOf(Value other) {
        return whole == other && other.count() == count();
    }

    void wantBorder(int pixels) {
        if (whole != null) {
            whole.wantBorder(pixels);
        } else {
            border = Math.max(border, pixels);
        }
    }

    int border() {
        return whole == null ? border : whole.border();
    }

    /** The numbers of one row, without its border. */
    int stretch() {
        return width * lanes;
    }

    /** From one row of a plane to the next. */
    int row() {
        return (width + 2 * border()) * lanes;
    }

    /** From one channel to the next. */
    int plane() {
        return (height + 2 * border()) * row();
    }

    Shape shape() {
        return shape;
    }

    /** How many numbers one example has. */
    int count() {
        return channels * height * width;
    }

    Kernels.Grid grid() {
        return new Kernels.Grid(height, width);
    }

    /** Where the first pixel of the first channel lies. */
    int at(int group, int worker) {
        if (whole != null) {
            return whole.at(group, worker) + firstChannel * plane();
        }
        return storage.at(group, worker) + border * (row() + lanes);
    }

    /** Brings some channels of a group near, borders and all; {@code at} is where its first pixel lies. */
    void touch(Kernels kernels, float[] m, int at, int channel, int channels) {
        kernels.touch(m, at - border() * (row() + lanes) + channel * plane(), channels * plane());
    }

    /** From one group to the next; only for values that outlive their segment. */
    int groupStep() {
        return at(1, 0) - at(0, 0);
    }

    /** Offset of each number of an example, in the order of its shape, from {@link #at}. */
    int[] places() {
        var places = new int[count()];
        int i = 0;
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    places[i++] = c * plane() + y * row() + x * lanes;
                }
            }
        }
        return places;
    }

    @Override
    public Storage storage() {
        if (whole != null) {
            return whole.storage();
        }
        storage.floats = Workspace.size((long) channels * (height + 2 * border()) * row());
        storage.hasBorder = border > 0;
        return storage;
    }

    /** The gradient of the loss in this value; it lies in the gradient of the whole as this lies in the whole. */
    Value gradient() {
        Value known = gradient;
        if (known == null) {
            known = new Value("d " + storage.title, shape, lanes, false);
            if (whole != null) {
                known.liesIn(whole.gradient(), firstChannel);
            }
            gradient = known;
        }
        return known;
    }

    /** Whether the gradient's first summand has yet to come. Asked once by each who adds to it, in that order. */
    boolean isFirstToWriteGradient() {
        boolean isFirst = !isGradientWritten;
        isGradientWritten = true;
        return isFirst;
    }

    @Override
    public String toString() {
        return storage.title;
    }
}
