package fathom.engine.vector;

import fathom.model.Shape;
import java.util.Arrays;

/**
 * The weights' gradient of a convolution as the overlap of its two pictures: for each pair of channels and each entry of
 * the window the sum of products over all positions and lanes.
 */
final class WindowGradient {
    /** So many channels of either side stay in the second cache while their pairs are summed. */
    private static final int CHANNELS_AT_ONCE = 32;

    /** Vectors that {@link Kernels#correlate} needs. */
    private static final int SCRATCH = 32;

    private final Site site;
    private final Value small;
    private final Value large;
    private final Convolution.Geometry g;
    private final int count;
    private final int partLength;
    private final Buffer parts;
    private final Value scratch;
    private Overlap overlap = new Overlap(new int[0], 0, 0, new int[0], 0, 0, 0, 0);

    WindowGradient(Site site, Value small, Value large, Convolution.Geometry g) {
        this.site = site;
        this.small = small;
        this.large = large;
        this.g = g;
        large.wantBorder(g.padding());
        count = small.channels * large.channels * g.kernel() * g.kernel();
        partLength = Layout.aligned(count);
        parts = new Buffer("weight gradient by slice", (long) partLength * site.slices());
        scratch = new Value("sums", Shape.of(SCRATCH), site.lanes(), false);
    }

    /** Each slice of groups sums into a part of its own; the parts are then added in their order. */
    void plan(Schedule schedule, String title) {
        schedule.whenPlaced(this::prepare);
        schedule.perGroup(
                title,
                (pass, group, worker) -> {
                    int part = parts.at() + pass.sliceOf(group) * partLength;
                    if (pass.isFirstOfSlice(group)) {
                        Arrays.fill(pass.memory, part, part + partLength, 0);
                    }
                    run(pass, group, worker, part);
                },
                small,
                large,
                parts,
                scratch);
        site.addParts(schedule, parts, partLength, count, g.weights());
    }

    private void prepare() {
        var planes = new int[small.channels];
        for (int channel = 0; channel < planes.length; channel++) {
            planes[channel] = channel * small.plane();
        }
        overlap = new Overlap(
                planes,
                small.row(),
                site.lanes(),
                WindowSums.window(large, g, site.lanes()),
                g.stride() * large.row(),
                g.stride() * site.lanes(),
                small.height,
                small.width);
    }

    private void run(Pass pass, int group, int worker, int to) {
        int area = g.kernel() * g.kernel();
        int left = small.at(group, worker);
        int right = large.at(group, worker);
        for (int other = 0; other < large.channels; other += CHANNELS_AT_ONCE) {
            int others = Math.min(CHANNELS_AT_ONCE, large.channels - other);
            large.touch(site.kernels(), pass.memory, right, other, others);
            for (int channel = 0; channel < small.channels; channel += CHANNELS_AT_ONCE) {
                int channels = Math.min(CHANNELS_AT_ONCE, small.channels - channel);
                var block = new Overlap.Block(channel, channels, other * area, others * area);
                site.kernels().correlate(overlap, block, pass.memory, left, right, to, scratch.at(group, worker));
            }
        }
    }
}
