package fathom.engine.vector;

import fathom.model.Shape;
import fathom.random.Draws;
import org.jspecify.annotations.Nullable;

/**
 * What follows a product, in one pass over its numbers: batch norm, an activation that is linear on either side of 0, max
 * pooling, dropout, in this order, each of them or not.
 *
 * <p>Nothing but the input is kept for the way back: which number of a window won, and which were dropped, is found out
 * again. That costs less than to write and read it.
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

    Finish(Site site, String title, Value in, Value out, Parts parts) {
        this.site = site;
        this.title = title;
        this.in = in;
        this.out = out;
        this.parts = parts;
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
        schedule.perGroup(title, this::runForward, in, out);
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
        var window = window(in, out, out, in);
        for (int channel = 0; channel < in.channels; channel++) {
            int from = in.at(group, worker) + channel * in.plane();
            int to = out.at(group, worker) + channel * out.plane();
            site.kernels().pool(pass.memory, window, from, to, scale(channel), shift(channel), parts.slope());
            if (site.isTraining()) {
                drop(pass, group, channel, to, out);
            }
        }
    }

    private Window window(Value x, Value y, Value dy, Value dx) {
        return new Window(out.grid(), in.grid(), parts.kernel(), parts.stride(), x.row(), y.row(), dy.row(), dx.row());
    }

    private float scale(int channel) {
        var norm = parts.norm();
        return norm == null ? 1 : norm.scale[channel];
    }

    private float shift(int channel) {
        var norm = parts.norm();
        return norm == null ? 0 : norm.shift[channel];
    }

    /** Drops the same numbers on the way forward and on the way back. */
    private void drop(Pass pass, int group, int channel, int at, Value value) {
        if (parts.dropout() == 0) {
            return;
        }
        int key = (int) Draws.key(pass.seed, "dropout/" + parts.path(), pass.step);
        int pixels = out.height * out.width;
        int first = (pass.firstExample + group * site.lanes()) * out.count() + channel * pixels;
        site.kernels()
                .dropout(
                        pass.memory,
                        at,
                        out.grid(),
                        value.row(),
                        first,
                        out.count(),
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
                    in,
                    gradient,
                    plane,
                    scratch);
            schedule.once(title + ", join gradient sums", (pass, _, _) -> norm.joinBack(pass));
            if (!in.needsGradient) {
                return;
            }
        }
        site.intoGradient(
                schedule,
                in,
                target -> schedule.perGroup(
                        title + ", gradient",
                        (pass, group, worker) -> runBackward(pass, group, worker, target),
                        in,
                        gradient,
                        target));
    }

    private void sumGradients(Pass pass, int group, int worker, BatchNormalization norm, Value plane, Value scratch) {
        Value gradient = out.gradient();
        var window = window(in, out, gradient, plane);
        int routed = plane.at(group, worker);
        int sums = scratch.at(group, worker);
        for (int channel = 0; channel < in.channels; channel++) {
            int x = in.at(group, worker) + channel * in.plane();
            int dy = gradient.at(group, worker) + channel * gradient.plane();
            drop(pass, group, channel, dy, gradient);
            site.kernels().route(pass.memory, window, x, dy, routed, scale(channel), shift(channel), parts.slope());
            site.kernels().sums(pass.memory, routed, plane.row(), x, in.row(), in.grid(), norm.mean[channel], sums);
            norm.takeSums(pass, group, channel, sums);
        }
    }

    private void runBackward(Pass pass, int group, int worker, Value target) {
        var norm = parts.norm();
        float[] m = pass.memory;
        Value gradient = out.gradient();
        var window = window(in, out, gradient, target);
        int examples = pass.examplesIn(group);
        for (int channel = 0; channel < in.channels; channel++) {
            int x = in.at(group, worker) + channel * in.plane();
            int dy = gradient.at(group, worker) + channel * gradient.plane();
            int dx = target.at(group, worker) + channel * target.plane();
            if (norm == null) {
                drop(pass, group, channel, dy, gradient);
                site.kernels().route(m, window, x, dy, dx, 1, 0, parts.slope());
                continue;
            }
            site.kernels().route(m, window, x, dy, dx, scale(channel), shift(channel), parts.slope());
            float a = norm.scale[channel];
            float b = norm.backSlope[channel];
            float c = norm.backShift[channel];
            Rows.forEachOfPlane(target, in, dx, x, (to, from, count) -> {
                Loops.combine(m, to, from, count, a, b, c);
                if (examples < site.lanes()) {
                    Loops.clearLanes(m, to, count, examples, site.lanes());
                }
            });
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
