package fathom.engine.vector;

import fathom.data.Batch;

/** What a running schedule works on: memory, and the examples of one batch, or of a part of it. */
final class Pass {
    /** Weight gradients are summed in at most so many parts, whatever the number of threads. */
    private static final int MOST_SLICES = 8;

    final float[] memory;
    final Batch batch;
    final int firstExample;
    final int examples;
    final int groups;
    final int slices;
    final long seed;
    final long step;
    private final int lanes;

    Pass(float[] memory, Batch batch, int firstExample, int examples, int lanes, long seed, long step) {
        this.memory = memory;
        this.batch = batch;
        this.firstExample = firstExample;
        this.examples = examples;
        this.lanes = lanes;
        this.seed = seed;
        this.step = step;
        groups = Math.ceilDiv(examples, lanes);
        slices = Math.min(groups, MOST_SLICES);
    }

    static int mostSlices(int groups) {
        return Math.min(groups, MOST_SLICES);
    }

    /** How many lanes of a group hold examples. */
    int examplesIn(int group) {
        return Math.min(lanes, examples - group * lanes);
    }

    /** The first group of a slice; that of the slice after the last is the number of groups. */
    int firstGroup(int slice) {
        return slice * groups / slices;
    }

    int sliceOf(int group) {
        int slice = group * slices / groups;
        return firstGroup(slice + 1) <= group ? slice + 1 : slice;
    }

    boolean isFirstOfSlice(int group) {
        return firstGroup(sliceOf(group)) == group;
    }
}
