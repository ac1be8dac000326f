package fathom.engine.vector;

/**
 * A convolution's way from its large side to its small one: each small pixel sums a window of the large side. Forward of a
 * convolution, backward of a transposed one. Input channels are taken in blocks whose window fits the first cache.
 */
final class Gathering {
    /** A tile's window of so many taps stays in the first cache together with its weights. */
    static final int TAPS_AT_ONCE = 256;

    private final Value large;
    private final Value small;
    private final int kernel;
    private final int stride;
    private final int padding;
    private final int block;
    private Pattern pattern = Pattern.NONE;

    Gathering(Value large, Value small, Convolution.Geometry g) {
        this.large = large;
        this.small = small;
        kernel = g.kernel();
        stride = g.stride();
        padding = g.padding();
        block = blockOf(large.channels, kernel * kernel);
        large.wantBorder(padding);
    }

    /** Call once all values have their places. */
    void prepare(int lanes) {
        var from = new int[small.height * small.width];
        var to = new int[from.length];
        for (int p = 0; p < from.length; p++) {
            int y = p / small.width;
            int x = p % small.width;
            from[p] = y * stride * large.row() + x * stride * lanes;
            to[p] = y * small.row() + x * lanes;
        }
        int[] taps = taps(large, block, kernel, padding, lanes);
        pattern = new Pattern(small.channels, large.channels * kernel * kernel, 1, taps, from, to, small.plane());
    }

    /** Offsets of a window's pixels in some channels of a value, from where the window's pixel without padding lies. */
    static int[] taps(Value large, int channels, int kernel, int padding, int lanes) {
        int area = kernel * kernel;
        var taps = new int[channels * area];
        for (int t = 0; t < taps.length; t++) {
            taps[t] = t / area * large.plane()
                    + (t % area / kernel - padding) * large.row()
                    + (t % kernel - padding) * lanes;
        }
        return taps;
    }

    /** How many channels of this many taps are taken at once: blocks of nearly equal size. */
    static int blockOf(int channels, int taps) {
        int most = Math.max(1, TAPS_AT_ONCE / Math.max(1, taps));
        return Math.ceilDiv(channels, Math.ceilDiv(channels, most));
    }

    /**
     * Computes one group.
     *
     * @param weights small channels × large channels × window
     * @param start as in {@link Kernels#product}
     */
    void run(Kernels kernels, Pass pass, int group, int worker, int weights, int start) {
        float[] m = pass.memory;
        int area = kernel * kernel;
        int from = large.at(group, worker);
        int to = small.at(group, worker);
        for (int channel = 0; channel < large.channels; channel += block) {
            int channels = Math.min(block, large.channels - channel);
            int taps = channels * area;
            large.touch(kernels, m, from, channel, channels);
            kernels.product(
                    pattern,
                    Part.all(pattern),
                    taps,
                    m,
                    weights + channel * area,
                    channel == 0 ? start : Kernels.ADD,
                    m,
                    from + channel * large.plane(),
                    to);
        }
    }
}
