package fathom.engine.vector;

import fathom.engine.Sampling;
import fathom.model.Loss;
import fathom.model.Shape;
import fathom.random.Noise;
import java.util.Arrays;

/**
 * Draws of normal numbers whose means and log-variances come in, and their divergence from the standard normal
 * distribution, KL = ½ Σ (μ² + σ² − log σ² − 1), with its gradient.
 */
final class Draw implements Operation {
    private final Site site;
    private final String title;
    private final String path;
    private final Value in;
    private final Value out;
    private final Value noise;
    private final Value deviations;
    private final Loss loss;
    private final double[] divergences;

    /** @param in means, then log-variances */
    Draw(Site site, String title, String path, Value in, Value out, Loss loss) {
        this.site = site;
        this.title = title;
        this.path = path;
        this.in = in;
        this.out = out;
        this.loss = loss;
        noise = new Value("noise", Shape.of(out.channels), site.lanes(), false);
        deviations = new Value("deviations", Shape.of(out.channels), site.lanes(), false);
        divergences = new double[site.groups() * site.lanes()];
    }

    @Override
    public Value result() {
        return out;
    }

    /** The divergence of one example of the last pass. */
    double divergence(int example) {
        return divergences[example];
    }

    @Override
    public void forward(Schedule schedule) {
        schedule.perGroup(
                title,
                (pass, group, worker) -> {
                    if (pass.sampling == Sampling.NONE) {
                        System.arraycopy(
                                pass.memory,
                                in.at(group, worker),
                                pass.memory,
                                out.at(group, worker),
                                out.channels * site.lanes());
                    } else {
                        draw(pass, group, worker);
                        diverge(pass, group, in.at(group, worker), deviations.at(group, worker));
                    }
                },
                in,
                out,
                noise,
                deviations);
    }

    private void draw(Pass pass, int group, int worker) {
        float[] m = pass.memory;
        int count = out.channels * site.lanes();
        int mean = in.at(group, worker);
        int to = out.at(group, worker);
        int epsilon = noise.at(group, worker);
        int sigma = deviations.at(group, worker);
        fill(pass, group, epsilon);
        for (int i = 0; i < count; i++) {
            m[sigma + i] = 0.5f * m[mean + count + i];
        }
        site.kernels().stretches().exponential(m, sigma, sigma, count);
        for (int i = 0; i < count; i++) {
            m[to + i] = m[mean + i] + m[sigma + i] * m[epsilon + i];
        }
    }

    private void fill(Pass pass, int group, int epsilon) {
        float[] m = pass.memory;
        int lanes = site.lanes();
        Noise drawn = pass.sampling.noise(pass.seed, path, pass.step);
        int examples = pass.examplesIn(group);
        Arrays.fill(m, epsilon, epsilon + out.channels * lanes, 0);
        for (int lane = 0; lane < examples; lane++) {
            long first = (pass.firstExample + (long) group * lanes + lane) * out.channels;
            for (int c = 0; c < out.channels; c++) {
                m[epsilon + c * lanes + lane] = drawn.at(first + c);
            }
        }
    }

    private void diverge(Pass pass, int group, int mean, int sigma) {
        float[] m = pass.memory;
        int lanes = site.lanes();
        int logs = mean + out.channels * lanes;
        for (int lane = 0; lane < pass.examplesIn(group); lane++) {
            double sum = 0;
            for (int i = lane; i < out.channels * lanes; i += lanes) {
                double mu = m[mean + i];
                double s = m[sigma + i];
                sum += mu * mu + s * s - m[logs + i] - 1;
            }
            divergences[group * lanes + lane] = 0.5 * sum;
        }
    }

    @Override
    public void backward(Schedule schedule) {
        Value gradient = out.gradient();
        site.intoGradient(
                schedule,
                in,
                target -> schedule.perGroup(
                        title + ", gradient",
                        (pass, group, worker) ->
                                runBackward(pass, group, worker, gradient.at(group, worker), target.at(group, worker)),
                        in,
                        noise,
                        deviations,
                        gradient,
                        target));
    }

    /** dμ = dz + w·μ and d(log σ²) = ½ (dz·ε·σ + w·(σ² − 1)), where w is the divergence's weight / examples. */
    private void runBackward(Pass pass, int group, int worker, int dz, int to) {
        float[] m = pass.memory;
        int lanes = site.lanes();
        int count = out.channels * lanes;
        int mean = in.at(group, worker);
        int epsilon = noise.at(group, worker);
        int sigma = deviations.at(group, worker);
        float weight = loss instanceof Loss.Elbo elbo ? (float) (elbo.weight(pass.step) / pass.examples) : 0;
        int examples = pass.examplesIn(group);
        for (int i = 0; i < count; i++) {
            boolean isExample = i % lanes < examples;
            float s = m[sigma + i];
            m[to + i] = isExample ? m[dz + i] + weight * m[mean + i] : 0;
            m[to + count + i] = isExample ? 0.5f * (m[dz + i] * m[epsilon + i] * s + weight * (s * s - 1)) : 0;
        }
    }
}
