package fathom.engine.vector;

/**
 * How a sum of products walks through memory; see {@link Kernels#product}. It depends on sizes only, so it is made once,
 * when the plan is made.
 */
final class Pattern {
    /** No sums at all; what stands for a pattern until the plan has its places. */
    static final Pattern NONE = new Pattern(0, 0, 0, new int[0], new int[0], new int[0], 0);

    final int channels;
    final int channelStep;
    final int tapStep;
    final int[] taps;
    final int[] from;
    final int[] to;
    final int plane;

    /**
     * @param channels how many sums at each position
     * @param channelStep from the weights of one channel to those of the next
     * @param tapStep from the weight of one tap to that of the next
     * @param taps offset of each tap's vector from the position's
     * @param from where each position begins to read
     * @param to where each position writes its first channel
     * @param plane from one channel to the next in what is written
     */
    Pattern(int channels, int channelStep, int tapStep, int[] taps, int[] from, int[] to, int plane) {
        if (from.length != to.length) {
            throw new IllegalArgumentException("%d positions to read, %d to write".formatted(from.length, to.length));
        }
        this.channels = channels;
        this.channelStep = channelStep;
        this.tapStep = tapStep;
        this.taps = taps;
        this.from = from;
        this.to = to;
        this.plane = plane;
    }

    /** So many offsets, {@code step} apart, from 0. */
    static int[] steps(int count, int step) {
        var steps = new int[count];
        for (int i = 0; i < count; i++) {
            steps[i] = i * step;
        }
        return steps;
    }
}
