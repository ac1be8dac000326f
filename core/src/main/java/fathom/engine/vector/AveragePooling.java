package fathom.engine.vector;

import java.util.Arrays;

/** The mean of each window; on the way back each number of a window gets an equal share. */
final class AveragePooling implements Operation {
    private final Site site;
    private final String title;
    private final Value in;
    private final Value out;
    private final int kernel;
    private final int stride;

    AveragePooling(Site site, String title, Value in, Value out, int kernel, int stride) {
        this.site = site;
        this.title = title;
        this.in = in;
        this.out = out;
        this.kernel = kernel;
        this.stride = stride;
    }

    @Override
    public Value result() {
        return out;
    }

    @Override
    public void forward(Schedule schedule) {
        schedule.perGroup(title, this::runForward, in, out);
    }

    private void runForward(Pass pass, int group, int worker) {
        float[] m = pass.memory;
        int lanes = site.lanes();
        float share = 1f / (kernel * kernel);
        for (int row = 0; row < out.channels * out.height; row++) {
            int y = rowOf(out, row, 1, group, worker);
            int x = rowOf(in, row, stride, group, worker);
            for (int column = 0; column < out.width; column++) {
                Arrays.fill(m, y, y + lanes, 0);
                for (int tap = 0; tap < kernel * kernel; tap++) {
                    int at = x + tap / kernel * in.row() + (column * stride + tap % kernel) * lanes;
                    site.kernels().stretches().combine(m, y, at, lanes, 1, share, 0);
                }
                y += lanes;
            }
        }
    }

    /** Where a row lies, counted through all channels of the result. */
    private int rowOf(Value value, int row, int step, int group, int worker) {
        return value.at(group, worker) + row / out.height * value.plane() + row % out.height * step * value.row();
    }

    @Override
    public void backward(Schedule schedule) {
        if (!in.needsGradient) {
            return;
        }
        site.intoGradient(
                schedule,
                in,
                target -> schedule.perGroup(
                        title + ", gradient",
                        (pass, group, worker) -> runBackward(pass, group, worker, target),
                        out.gradient(),
                        target));
    }

    private void runBackward(Pass pass, int group, int worker, Value target) {
        float[] m = pass.memory;
        int lanes = site.lanes();
        float share = 1f / (kernel * kernel);
        Value gradient = out.gradient();
        int at = target.at(group, worker);
        Rows.forEach(target, target, at, at, (to, _, count) -> Arrays.fill(m, to, to + count, 0));
        for (int row = 0; row < out.channels * out.height; row++) {
            int dy = rowOf(gradient, row, 1, group, worker);
            int dx = rowOf(target, row, stride, group, worker);
            for (int column = 0; column < out.width; column++) {
                for (int tap = 0; tap < kernel * kernel; tap++) {
                    int to = dx + tap / kernel * target.row() + (column * stride + tap % kernel) * lanes;
                    site.kernels().stretches().combine(m, to, dy, lanes, 1, share, 0);
                }
                dy += lanes;
            }
        }
    }
}
