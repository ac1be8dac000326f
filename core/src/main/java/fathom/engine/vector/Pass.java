package fathom.engine.vector;

import fathom.data.Batch;
import fathom.engine.Sampling;

/** What a running schedule works on: memory, and the examples of one batch, or of a part of it. */
final class Pass {
    /** Weight gradients are summed in at most so many parts, whatever the number of threads. */
    private static final int MOST_SLICES = 8;

    /** A bunch is about so many groups, as many as a product takes at once. */
    private static final int GROUPS_OF_A_BUNCH = 4;

    final float[] memory;
    final Batch batch;
    final int firstExample;
    final int examples;
    final int groups;
    final int slices;

    /** Neighbouring slices; two at least, so that two threads have work, where there are as many. */
    final int bunches;

    final long seed;
    final long step;
    final Sampling sampling;
    private final int lanes;

    Pass(
            float[] memory,
            Batch batch,
            int firstExample,
            int examples,
            int lanes,
            long seed,
            long step,
            Sampling sampling) {
        this.memory = memory;
        this.batch = batch;
        this.firstExample = firstExample;
        this.examples = examples;
        this.lanes = lanes;
        this.seed = seed;
        this.step = step;
        this.sampling = sampling;
        groups = Math.ceilDiv(examples, lanes);
        slices = Math.min(groups, MOST_SLICES);
        bunches = Math.min(slices, Math.max(2, Math.ceilDiv(groups, GROUPS_OF_A_BUNCH)));
    }

    static int mostSlices(int groups) {
        return Math.min(groups, MOST_SLICES);
    }

    /** How many tokens of an example are real; 0 in lanes that hold none. */
    int tokens(int group, int lane) {
        if (lane >= examplesIn(group)) {
            return 0;
        }
        int[] lengths = batch.lengths();
        return lengths.length == 0 ? batch.shape().count() : lengths[firstExample + group * lanes + lane];
    }

    /** The most real tokens of an example of a group. */
    int tokens(int group) {
        int most = 0;
        for (int lane = 0; lane < examplesIn(group); lane++) {
            most = Math.max(most, tokens(group, lane));
        }
        return most;
    }

    /** The most real tokens of any example. */
    int tokens() {
        int most = 0;
        for (int group = 0; group < groups; group++) {
            most = Math.max(most, tokens(group));
        }
        return most;
    }

    /** How many lanes of a group hold examples. */
    int examplesIn(int group) {
        return Math.min(lanes, examples - group * lanes);
    }

    /** The first group of a slice; that of the slice after the last is the number of groups. */
    int firstGroup(int slice) {
        return slice * groups / slices;
    }

    /** The first group of a bunch; that of the bunch after the last is the number of groups. */
    int firstGroupOfBunch(int bunch) {
        return firstGroup(bunch * slices / bunches);
    }

    int sliceOf(int group) {
        int slice = group * slices / groups;
        return firstGroup(slice + 1) <= group ? slice + 1 : slice;
    }

    boolean isFirstOfSlice(int group) {
        return firstGroup(sliceOf(group)) == group;
    }
}
