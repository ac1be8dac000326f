package fathom.engine.vector;

import fathom.model.Shape;
import fathom.random.Draws;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What follows a product, in one pass over its numbers: batch norm, an activation that is linear on either side of 0, max
 * pooling, dropout, in this order, each of them or not.
 *
 * <p>For the way back batch norm needs the input, and what won in windows 2×2, so that its sums need look at no more; who won
 * is found out again. Without it {@link MarkLoops marks} are kept of who won, and the input is not. What is dropped is drawn
 * again.
 */
final class Finish implements Operation {
    /**
     * Which parts there are.
     *
     * @param norm batch norm, if any
     * @param slope of the activation below 0; 1 is none
     * @param kernel side of the pooling window; 1 is none
     * @param dropout rate; 0 is none
     * @param path names the random stream of the dropout
     */
    record Parts(@Nullable BatchNormalization norm, float slope, int kernel, int stride, double dropout, String path) {}

    private final Site site;
    private final String title;
    private final Value in;
    private final Value out;
    private final Parts parts;

    /** Marks of all channels, window by window; kept without batch norm. */
    private final Value marks;

    private final int marksPerChannel;

    /** What won in each window; kept with batch norm. */
    private final Value winners;

    Finish(Site site, String title, Value in, Value out, Parts parts) {
        this.site = site;
        this.title = title;
        this.in = in;
        this.out = out;
        this.parts = parts;
        marksPerChannel = out.height * out.width * MarkLoops.perWindow(parts.kernel());
        var shape = Shape.of(Math.ceilDiv(out.channels * marksPerChannel, site.lanes()));
        marks = new Value("marks of " + title, shape, site.lanes(), false);
        winners = new Value("winners of " + title, out.shape(), site.lanes(), false);
    }

    private boolean isKeepingWinners() {
        return site.isTraining()
                && parts.norm() != null
                && parts.kernel() == 2
                && window(in, out, out, in, false).tiles();
    }

    private boolean isMarking() {
        return site.isTraining()
                && parts.norm() == null
                && in.needsGradient
                && window(in, out, out, in, false).tiles();
    }

    private int marksAt(int group, int worker, int channel) {
        return marks.at(group, worker) + channel * marksPerChannel;
    }

    @Override
    public Value result() {
        return out;
    }

    @Override
    public void forward(Schedule schedule) {
        var norm = parts.norm();
        if (norm != null && site.isTraining()) {
            var scratch = scratch(BatchNormalization.SCRATCH);
            schedule.perGroup(
                    title + ", moments",
                    (pass, group, worker) -> takeMoments(pass, group, worker, norm, scratch),
                    in,
                    scratch);
            schedule.once(title + ", join moments", (pass, _, _) -> norm.join(pass));
        } else if (norm != null) {
            schedule.atStart(norm::useAverages);
        }
        var kept = Stream.of(in, out, isMarking() ? marks : in, isKeepingWinners() ? winners : in);
        schedule.perGroup(title, this::runForward, kept.distinct().toArray(Placed[]::new));
    }

    private void takeMoments(Pass pass, int group, int worker, BatchNormalization norm, Value scratch) {
        int at = scratch.at(group, worker);
        for (int channel = 0; channel < in.channels; channel++) {
            int plane = in.at(group, worker) + channel * in.plane();
            site.kernels().moments(pass.memory, plane, in.grid(), in.row(), at);
            norm.takeMoments(pass, group, channel, at);
        }
    }

    private void runForward(Pass pass, int group, int worker) {
        boolean isFlat = isFlat(in, out);
        boolean isMarking = isMarking();
        boolean isKeeping = isKeepingWinners();
        var window = window(in, out, out, in, isFlat);
        for (int channel = 0; channel < planes(isFlat); channel++) {
            int from = in.at(group, worker) + channel * in.plane();
            int to = out.at(group, worker) + channel * out.plane();
            if (isMarking) {
                site.kernels()
                        .marks()
                        .pool(pass.memory, window, from, to, parts.slope(), marksAt(group, worker, channel));
            } else if (isKeeping) {
                int kept = winners.at(group, worker) + channel * winners.plane();
                site.kernels().poolKeeping(pass.memory, window, from, to, norm(channel), kept);
            } else {
                site.kernels().pool(pass.memory, window, from, to, norm(channel));
            }
            if (site.isTraining()) {
                drop(pass, group, channel, to, out, isFlat);
            }
        }
    }

    /** Whether all channels can be walked as one plane: they are treated alike, and no borders lie between them. */
    private boolean isFlat(Value... values) {
        boolean isFlat = parts.norm() == null && parts.kernel() == 1 && parts.stride() == 1;
        for (Value value : values) {
            isFlat &= value.border() == 0;
        }
        return isFlat;
    }

    private int planes(boolean isFlat) {
        return isFlat ? 1 : in.channels;
    }

    private Kernels.Grid grid(Value value, boolean isFlat) {
        return isFlat ? new Kernels.Grid(1, value.count()) : value.grid();
    }

    private Window window(Value x, Value y, Value dy, Value dx, boolean isFlat) {
        return new Window(
                grid(out, isFlat),
                grid(in, isFlat),
                parts.kernel(),
                parts.stride(),
                x.row(),
                y.row(),
                dy.row(),
                dx.row());
    }

    private Kernels.Norm norm(int channel) {
        var norm = parts.norm();
        return norm == null
                ? new Kernels.Norm(1, 0, parts.slope())
                : new Kernels.Norm(norm.scale[channel], norm.shift[channel], parts.slope());
    }

    /** Drops the same numbers on the way forward and on the way back. */
    private void drop(Pass pass, int group, int channel, int at, Value value, boolean isFlat) {
        if (parts.dropout() == 0) {
            return;
        }
        int key = (int) Draws.key(pass.seed, "dropout/" + parts.path(), pass.step);
        int pixels = out.height * out.width;
        // Tokens of a sequence are numbered as in the longest, so that padding changes no draw.
        int count = out.shape().rank() == 2 ? site.longest() * out.height : out.count();
        int first = (pass.firstExample + group * site.lanes()) * count + channel * pixels;
        site.kernels()
                .dropout(
                        pass.memory,
                        at,
                        grid(out, isFlat),
                        value.row(),
                        first,
                        count,
                        key,
                        Hash.threshold(parts.dropout()),
                        (float) (1 / (1 - parts.dropout())));
    }

    @Override
    public void backward(Schedule schedule) {
        var norm = parts.norm();
        Value gradient = out.gradient();
        if (norm == null && !in.needsGradient) {
            return;
        }
        if (norm != null) {
            var plane = new Value("routed plane", Shape.of(1, in.height, in.width), site.lanes(), false);
            var scratch = scratch(BatchNormalization.SCRATCH);
            schedule.perGroup(
                    title + ", gradient sums",
                    (pass, group, worker) -> sumGradients(pass, group, worker, norm, plane, scratch),
                    isKeepingWinners() ? winners : in,
                    gradient,
                    plane,
                    scratch);
            schedule.once(title + ", join gradient sums", (pass, _, _) -> norm.joinBack(pass));
            if (!in.needsGradient) {
                return;
            }
        }
        site.intoGradient(schedule, in, target -> {
            if (isMarking()) {
                schedule.perGroup(
                        title + ", gradient",
                        (pass, group, worker) -> routeMarked(pass, group, worker, target),
                        gradient,
                        target,
                        marks);
            } else {
                schedule.perGroup(
                        title + ", gradient",
                        (pass, group, worker) -> runBackward(pass, group, worker, target),
                        in,
                        gradient,
                        target);
            }
        });
    }

    private void sumGradients(Pass pass, int group, int worker, BatchNormalization norm, Value plane, Value scratch) {
        Value gradient = out.gradient();
        boolean isKeeping = isKeepingWinners();
        Value from = isKeeping ? winners : in;
        var window = isKeeping
                ? new Window(out.grid(), out.grid(), 1, 1, winners.row(), 0, gradient.row(), winners.row())
                : window(in, out, gradient, plane, false);
        int routed = plane.at(group, worker);
        int sums = scratch.at(group, worker);
        for (int channel = 0; channel < in.channels; channel++) {
            int x = from.at(group, worker) + channel * from.plane();
            int dy = gradient.at(group, worker) + channel * gradient.plane();
            drop(pass, group, channel, dy, gradient, false);
            site.kernels().routedSums(pass.memory, window, x, dy, norm(channel), norm.mean[channel], routed, sums);
            norm.takeSums(pass, group, channel, sums);
        }
    }

    private void routeMarked(Pass pass, int group, int worker, Value target) {
        Value gradient = out.gradient();
        boolean isFlat = isFlat(gradient, target);
        var window = window(in, out, gradient, target, isFlat);
        for (int channel = 0; channel < planes(isFlat); channel++) {
            int dy = gradient.at(group, worker) + channel * gradient.plane();
            int dx = target.at(group, worker) + channel * target.plane();
            drop(pass, group, channel, dy, gradient, isFlat);
            site.kernels().marks().route(pass.memory, window, marksAt(group, worker, channel), dy, dx, parts.slope());
        }
    }

    private void runBackward(Pass pass, int group, int worker, Value target) {
        var norm = parts.norm();
        float[] m = pass.memory;
        Value gradient = out.gradient();
        boolean isFlat = isFlat(in, gradient, target);
        var window = window(in, out, gradient, target, isFlat);
        int examples = pass.examplesIn(group);
        for (int channel = 0; channel < planes(isFlat); channel++) {
            int x = in.at(group, worker) + channel * in.plane();
            int dy = gradient.at(group, worker) + channel * gradient.plane();
            int dx = target.at(group, worker) + channel * target.plane();
            if (norm == null) {
                drop(pass, group, channel, dy, gradient, isFlat);
                site.kernels().route(m, window, x, dy, dx, norm(channel), 1, 0, 0);
                continue;
            }
            float a = norm.scale[channel];
            float b = norm.backSlope[channel];
            float c = norm.backShift[channel];
            site.kernels().route(m, window, x, dy, dx, norm(channel), a, b, c);
            if (examples < site.lanes()) {
                clearLanes(m, target, dx, examples);
            }
        }
    }

    /** The mean's share of the gradient goes to real examples only. */
    private void clearLanes(float[] m, Value target, int plane, int examples) {
        for (int row = 0; row < target.height; row++) {
            int at = plane + row * target.row();
            for (int i = 0; i < target.stretch(); i += site.lanes()) {
                Arrays.fill(m, at + i + examples, at + i + site.lanes(), 0);
            }
        }
    }

    private Value scratch(int vectors) {
        return new Value("sums", Shape.of(vectors), site.lanes(), false);
    }

    /** Moves running averages, where there are some. */
    void updateAverages(Pass pass) {
        var norm = parts.norm();
        if (norm != null) {
            norm.updateAverages(pass);
        }
    }
}
