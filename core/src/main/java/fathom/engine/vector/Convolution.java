package fathom.engine.vector;

import fathom.model.Shape;
import java.util.Arrays;

/**
 * A convolution or a transposed one. Both join a small picture and a large one by the same weights (small channels × large
 * channels × window): a convolution gathers from its large input, a transposed one spreads over its large output, each goes
 * back the other way, and the weights' gradient is in both the overlap of the two pictures.
 */
final class Convolution implements Operation {
    /**
     * What both kinds are made of.
     *
     * @param weights where they lie
     * @param bias where the bias lies, or {@link Kernels#ZERO}
     */
    record Geometry(int kernel, int stride, int padding, int weights, int bias) {}

    /** So many channels of either side stay in the second cache while their pairs are summed. */
    private static final int CHANNELS_AT_ONCE = 32;

    /** Products for one number of the result. */
    private static final int FEW_PRODUCTS = 32;

    /** What a processor's caches hold of a whole batch, about. */
    private static final long FAST_MEMORY = 8L << 20;

    /** Vectors that {@link Kernels#correlate} needs. */
    private static final int SCRATCH = 32;

    private final Site site;
    private final String title;
    private final Value in;
    private final Value out;
    private final Geometry g;
    private final boolean isTransposed;
    private boolean isNormedNext;

    Convolution(Site site, String title, Value in, Value out, Geometry geometry, boolean isTransposed) {
        this.site = site;
        this.title = title;
        this.in = in;
        this.out = out;
        this.g = geometry;
        this.isTransposed = isTransposed;
    }

    /** Says that batch norm follows, which takes any bias away again: its gradient is then exactly 0. */
    void isNormedNext() {
        isNormedNext = true;
    }

    @Override
    public Value result() {
        return out;
    }

    @Override
    public void forward(Schedule schedule) {
        plan(schedule, title, in, out, !isTransposed, g.bias());
    }

    private void plan(Schedule schedule, String title, Value from, Value to, boolean isGathering, int start) {
        var sums = new WindowSums(from, to, g, isGathering);
        sums.plan(schedule, site.lanes());
        Schedule.Work work = (pass, group, worker) -> sums.run(site.kernels(), pass, group, worker, start);
        if (to == out && isCheap()) {
            schedule.eachTime(to, title, work, from, sums.packed());
        } else {
            schedule.perGroup(title, work, from, to, sums.packed());
        }
    }

    /**
     * Whether it takes less time to compute the result again than to write it to main memory and read it back, three times
     * until the step is over.
     */
    private boolean isCheap() {
        long bytes = (long) out.count() * site.lanes() * site.groups() * Float.BYTES;
        return isNormedNext && in.channels * g.kernel() * g.kernel() <= FEW_PRODUCTS && bytes > FAST_MEMORY;
    }

    @Override
    public void backward(Schedule schedule) {
        if (in.needsGradient) {
            site.intoGradient(
                    schedule,
                    in,
                    target -> plan(
                            schedule, title + ", input gradient", out.gradient(), target, isTransposed, Kernels.ZERO));
        }
        weightGradient(schedule);
    }

    /** Each slice of groups sums into a part of its own; the parts are then added in their order. */
    private void weightGradient(Schedule schedule) {
        Value small = isTransposed ? in : out.gradient();
        Value large = isTransposed ? out.gradient() : in;
        large.wantBorder(g.padding());
        int count = small.channels * large.channels * g.kernel() * g.kernel();
        boolean hasBias = g.bias() >= 0 && !isNormedNext;
        int partLength = Layout.aligned(count) + Layout.aligned(out.channels);
        var parts = new Buffer("weight gradient by slice", Math.multiplyExact(partLength, site.slices()));
        var scratch = new Value("sums", Shape.of(SCRATCH), site.lanes(), false);
        var sum = new Sum(small, large);
        schedule.whenPlaced(sum::prepare);
        schedule.perGroup(
                title + ", weight gradient",
                (pass, group, worker) -> {
                    int part = parts.at() + pass.sliceOf(group) * partLength;
                    if (pass.isFirstOfSlice(group)) {
                        Arrays.fill(pass.memory, part, part + partLength, 0);
                    }
                    sum.run(pass, group, worker, part, scratch.at(group, worker));
                    if (hasBias) {
                        addPlanes(pass, group, worker, part + Layout.aligned(count), scratch.at(group, worker));
                    }
                },
                in,
                out.gradient(),
                parts,
                scratch);
        site.addParts(schedule, parts, partLength, 0, count, g.weights());
        if (hasBias) {
            site.addParts(schedule, parts, partLength, Layout.aligned(count), out.channels, g.bias());
        }
    }

    /** The overlap of the small and the large picture, block by block. */
    private final class Sum {
        private final Value small;
        private final Value large;
        private Overlap overlap = new Overlap(new int[0], 0, 0, new int[0], 0, 0, 0, 0);

        Sum(Value small, Value large) {
            this.small = small;
            this.large = large;
        }

        void prepare() {
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

        void run(Pass pass, int group, int worker, int to, int scratch) {
            int area = g.kernel() * g.kernel();
            int left = small.at(group, worker);
            int right = large.at(group, worker);
            for (int other = 0; other < large.channels; other += CHANNELS_AT_ONCE) {
                int others = Math.min(CHANNELS_AT_ONCE, large.channels - other);
                large.touch(site.kernels(), pass.memory, right, other, others);
                for (int channel = 0; channel < small.channels; channel += CHANNELS_AT_ONCE) {
                    int channels = Math.min(CHANNELS_AT_ONCE, small.channels - channel);
                    var block = new Overlap.Block(channel, channels, other * area, others * area);
                    site.kernels().correlate(overlap, block, pass.memory, left, right, to, scratch);
                }
            }
        }
    }

    /** The bias's gradient: each channel's gradients, summed over pixels and lanes. */
    private void addPlanes(Pass pass, int group, int worker, int to, int scratch) {
        Value gradient = out.gradient();
        float[] m = pass.memory;
        for (int channel = 0; channel < out.channels; channel++) {
            int at = gradient.at(group, worker) + channel * gradient.plane();
            site.kernels().sums(m, at, gradient.row(), at, gradient.row(), gradient.grid(), 0, scratch);
            float total = 0;
            for (int lane = 0; lane < site.lanes(); lane++) {
                total += m[scratch + lane];
            }
            m[to + channel] += total;
        }
    }
}
