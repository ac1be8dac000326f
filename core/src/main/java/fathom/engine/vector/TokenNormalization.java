package fathom.engine.vector;

import fathom.model.Shape;
import java.util.Arrays;

/** Layer norm over the features of each token: each has a mean and a deviation of its own. */
final class TokenNormalization implements Operation {
    private static final int FEATURES_A_TASK = 64;

    private final Site site;
    private final String title;
    private final Value in;
    private final Value out;
    private final Value mask;
    private final float epsilon;
    private final int weight;
    private final int bias;

    /** For each token the normalised numbers, and behind them one vector with each lane's 1 / deviation. */
    private final Value normal;

    TokenNormalization(Site site, String title, String prefix, Value in, Value out, Value mask, double epsilon) {
        this.site = site;
        this.title = title;
        this.in = in;
        this.out = out;
        this.mask = mask;
        this.epsilon = (float) epsilon;
        weight = site.parameters().at(prefix + "weight");
        bias = site.parameters().at(prefix + "bias");
        normal = new Value("normalised " + title, Shape.of(in.channels, in.height + 1), site.lanes(), false);
    }

    @Override
    public Value result() {
        return out;
    }

    @Override
    public void forward(Schedule schedule) {
        schedule.perGroup(
                title,
                (pass, group, worker) -> {
                    for (int t = 0; t < in.channels; t++) {
                        site.kernels()
                                .sequences()
                                .normalize(
                                        pass.memory,
                                        in.at(group, worker) + t * in.plane(),
                                        normal.at(group, worker) + t * normal.plane(),
                                        out.at(group, worker) + t * out.plane(),
                                        mask.at(group, worker) + t * site.lanes(),
                                        in.height,
                                        weight,
                                        bias,
                                        epsilon);
                    }
                },
                in,
                mask,
                normal,
                out);
    }

    @Override
    public void backward(Schedule schedule) {
        Value gradient = out.gradient();
        var sums = new Buffer("sums of " + title, 2L * in.height * site.lanes());
        schedule.whole(
                title + ", weight gradient",
                _ -> Math.ceilDiv(in.height, FEATURES_A_TASK),
                (pass, task, _) -> {
                    int first = task * FEATURES_A_TASK;
                    weightGradient(pass, gradient, sums.at(), first, Math.min(FEATURES_A_TASK, in.height - first));
                },
                gradient,
                normal,
                mask,
                sums);
        if (in.needsGradient) {
            site.intoGradient(
                    schedule,
                    in,
                    target -> schedule.perGroup(
                            title + ", gradient",
                            (pass, group, worker) -> inputGradient(pass, group, worker, gradient, target),
                            gradient,
                            normal,
                            mask,
                            target));
        }
    }

    private void weightGradient(Pass pass, Value gradient, int sums, int first, int features) {
        float[] m = pass.memory;
        int lanes = site.lanes();
        int ofWeight = sums + first * lanes;
        int ofBias = ofWeight + in.height * lanes;
        Arrays.fill(m, ofWeight, ofWeight + features * lanes, 0);
        Arrays.fill(m, ofBias, ofBias + features * lanes, 0);
        for (int group = 0; group < pass.groups; group++) {
            for (int t = 0; t < pass.tokens(group); t++) {
                int dy = gradient.at(group, 0) + t * gradient.plane() + first * lanes;
                int x = normal.at(group, 0) + t * normal.plane() + first * lanes;
                int real = mask.at(group, 0) + t * lanes;
                site.kernels().sequences().addNormGradients(m, dy, x, real, ofWeight, ofBias, features);
            }
        }
        int shift = site.parameters().gradientShift();
        for (int f = 0; f < features; f++) {
            m[weight + shift + first + f] = sum(m, ofWeight + f * lanes);
            m[bias + shift + first + f] = sum(m, ofBias + f * lanes);
        }
    }

    private float sum(float[] m, int at) {
        double sum = 0;
        for (int lane = 0; lane < site.lanes(); lane++) {
            sum += m[at + lane];
        }
        return (float) sum;
    }

    private void inputGradient(Pass pass, int group, int worker, Value gradient, Value target) {
        for (int t = 0; t < in.channels; t++) {
            site.kernels()
                    .sequences()
                    .normalizeBack(
                            pass.memory,
                            gradient.at(group, worker) + t * gradient.plane(),
                            normal.at(group, worker) + t * normal.plane(),
                            target.at(group, worker) + t * target.plane(),
                            mask.at(group, worker) + t * site.lanes(),
                            in.height,
                            weight);
        }
    }
}
