package fathom.engine.vector;

import fathom.model.Shape;
import java.util.Arrays;
import java.util.stream.Stream;

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

    /** Products for one number of the result. */
    private static final int FEW_PRODUCTS = 32;

    /** What a processor's caches hold of a whole batch, about. */
    private static final long FAST_MEMORY = 8L << 20;

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

    /**
     * Says that batch norm alone reads the result, so that it need not be kept, and takes any bias away again: its gradient
     * is then exactly 0.
     */
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
        var sums = WindowProducts.of(site, from, to, g, isGathering);
        sums.plan(schedule, site.lanes());
        Schedule.Work work = (pass, group, worker) -> sums.run(site.kernels(), pass, group, worker, start);
        if (to == out && isCheap()) {
            schedule.eachTime(to, title, work, with(from, sums.rooms()));
        } else {
            schedule.perGroup(title, work, with(to, with(from, sums.rooms())));
        }
    }

    private static Placed[] with(Placed first, Placed... others) {
        return Stream.concat(Stream.of(first), Arrays.stream(others)).toArray(Placed[]::new);
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
        if (g.bias() >= 0 && !isNormedNext) {
            biasGradient(schedule);
        } else {
            weightGradient(schedule);
        }
    }

    private void weightGradient(Schedule schedule) {
        Value small = isTransposed ? in : out.gradient();
        Value large = isTransposed ? out.gradient() : in;
        if (WinogradGradient.suits(small, large, g)) {
            new WinogradGradient(site, small, large, g).plan(schedule, title + ", weight gradient");
        } else {
            new WindowGradient(site, small, large, g).plan(schedule, title + ", weight gradient");
        }
    }

    /** Plans the bias's gradient and the weights'; both by groups before any slices are added, so that groups stay near. */
    private void biasGradient(Schedule schedule) {
        int partLength = Layout.aligned(out.channels);
        var parts = new Buffer("bias gradient by slice", (long) partLength * site.slices());
        var scratch = new Value("sums of planes", Shape.of(1), site.lanes(), false);
        schedule.perGroup(
                title + ", bias gradient",
                (pass, group, worker) -> {
                    int part = parts.at() + pass.sliceOf(group) * partLength;
                    if (pass.isFirstOfSlice(group)) {
                        Arrays.fill(pass.memory, part, part + partLength, 0);
                    }
                    addPlanes(pass, group, worker, part, scratch.at(group, worker));
                },
                out.gradient(),
                parts,
                scratch);
        weightGradient(schedule);
        site.addParts(schedule, parts, partLength, out.channels, g.bias());
    }

    /** The bias's gradient: each channel's gradients, summed over pixels and lanes. */
    private void addPlanes(Pass pass, int group, int worker, int to, int scratch) {
        Value gradient = out.gradient();
        float[] m = pass.memory;
        for (int channel = 0; channel < out.channels; channel++) {
            int at = gradient.at(group, worker) + channel * gradient.plane();
            site.kernels().sum(m, at, gradient.grid(), gradient.row(), scratch);
            float total = 0;
            for (int lane = 0; lane < site.lanes(); lane++) {
                total += m[scratch + lane];
            }
            m[to + channel] += total;
        }
    }
}
