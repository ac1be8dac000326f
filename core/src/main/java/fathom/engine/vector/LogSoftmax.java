package fathom.engine.vector;

import fathom.model.Shape;
import java.util.Arrays;

/** z − max z − log Σ exp(z − max z), lane by lane. */
final class LogSoftmax implements Operation {
    private final Site site;
    private final String title;
    private final Value in;
    private final Value out;

    LogSoftmax(Site site, String title, Value in, Value out) {
        this.site = site;
        this.title = title;
        this.in = in;
        this.out = out;
    }

    @Override
    public Value result() {
        return out;
    }

    Value input() {
        return in;
    }

    @Override
    public void forward(Schedule schedule) {
        var scratch = new Value("exponentials", Shape.of(in.channels + 1), site.lanes(), false);
        schedule.perGroup(
                title,
                (pass, group, worker) -> run(
                        site.kernels(),
                        pass.memory,
                        in.at(group, worker),
                        out.at(group, worker),
                        in.channels,
                        scratch.at(group, worker)),
                in,
                out,
                scratch);
    }

    /** One group of vectors that lie together; {@code scratch} holds one vector more. */
    static void run(Kernels kernels, float[] m, int z, int logs, int channels, int scratch) {
        Stretches loops = kernels.stretches();
        int lanes = kernels.lanes();
        int shift = scratch + channels * lanes;
        System.arraycopy(m, z, m, shift, lanes);
        for (int c = 1; c < channels; c++) {
            loops.max(m, shift, z + c * lanes, lanes);
        }
        for (int c = 0; c < channels; c++) {
            loops.subtract(m, scratch + c * lanes, z + c * lanes, shift, lanes);
        }
        System.arraycopy(m, scratch, m, logs, channels * lanes);
        loops.exponential(m, scratch, scratch, channels * lanes);
        Arrays.fill(m, shift, shift + lanes, 0);
        for (int c = 0; c < channels; c++) {
            loops.add(m, shift, scratch + c * lanes, lanes);
        }
        for (int lane = 0; lane < lanes; lane++) {
            m[shift + lane] = (float) Math.log(m[shift + lane]);
        }
        for (int c = 0; c < channels; c++) {
            loops.subtract(m, logs + c * lanes, logs + c * lanes, shift, lanes);
        }
    }

    @Override
    public void backward(Schedule schedule) {
        if (!in.needsGradient) {
            return;
        }
        Value gradient = out.gradient();
        site.intoGradient(schedule, in, target -> {
            var scratch = new Value("probabilities", Shape.of(in.channels), site.lanes(), false);
            schedule.perGroup(
                    title + ", gradient",
                    (pass, group, worker) ->
                            runBackward(pass, group, worker, gradient, target, scratch.at(group, worker)),
                    out,
                    gradient,
                    target,
                    scratch);
        });
    }

    /** dz = dy − softmax(z) · Σ dy. */
    private void runBackward(Pass pass, int group, int worker, Value gradient, Value target, int scratch) {
        float[] m = pass.memory;
        int lanes = site.lanes();
        int dy = gradient.at(group, worker);
        int dz = target.at(group, worker);
        site.kernels().stretches().exponential(m, scratch, out.at(group, worker), in.channels * lanes);
        for (int lane = 0; lane < lanes; lane++) {
            float sum = 0;
            for (int c = 0; c < in.channels; c++) {
                sum += m[dy + c * lanes + lane];
            }
            for (int c = 0; c < in.channels; c++) {
                int i = c * lanes + lane;
                m[dz + i] = m[dy + i] - m[scratch + i] * sum;
            }
        }
    }
}
