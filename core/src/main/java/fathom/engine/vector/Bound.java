package fathom.engine.vector;

import fathom.engine.Learner.Score;
import fathom.model.Loss;
import fathom.model.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * The negative evidence lower bound: how badly the output describes the input, and the divergences of the draws. Loss and
 * gradient of a number need the same exponential, so training takes both in one walk.
 */
final class Bound implements Objective {
    /** After so many numbers the sums go to 64 bits; a product of as many factors up to 2 stays within 32 bits. */
    private static final int VECTORS_AT_ONCE = 120;

    private static final int NO_GRADIENT = -1;

    private final Site site;
    private final Loss.Reconstruction kind;
    private final Value input;
    private final Value output;
    private final Value answer;
    private final List<Draw> draws;
    private final double[] losses;
    private final float[] farthest;

    /**
     * @param output for BCE before the sigmoid
     * @param answer what a prediction shows
     */
    Bound(Site site, Loss.Elbo loss, Value input, Value output, Value answer, List<Draw> draws) {
        this.site = site;
        kind = loss.reconstruction();
        this.input = input;
        this.output = output;
        this.answer = answer;
        this.draws = draws;
        losses = new double[site.groups() * site.lanes()];
        farthest = new float[site.groups()];
    }

    @Override
    public Value answer() {
        return answer;
    }

    @Override
    public void forward(Schedule schedule) {
        var scratch = new Value("sums", Shape.of(4), site.lanes(), false);
        if (site.isTraining() && output.needsGradient) {
            site.intoGradient(
                    schedule,
                    output,
                    gradient -> schedule.perGroup(
                            "loss and its gradient",
                            (pass, group, worker) -> run(pass, group, worker, gradient, scratch.at(group, worker)),
                            input,
                            output,
                            gradient,
                            scratch));
        } else {
            schedule.perGroup(
                    "loss",
                    (pass, group, worker) -> run(pass, group, worker, output, scratch.at(group, worker)),
                    input,
                    output,
                    scratch);
        }
    }

    @Override
    public void backward(Schedule schedule) {}

    /** @param gradient the output itself if there is none to be written */
    private void run(Pass pass, int group, int worker, Value gradient, int scratch) {
        float[] m = pass.memory;
        int lanes = site.lanes();
        Arrays.fill(m, scratch, scratch + lanes, 0);
        Arrays.fill(m, scratch, scratch + pass.examplesIn(group), 1f / pass.examples);
        Arrays.fill(losses, group * lanes, (group + 1) * lanes, 0);
        farthest[group] = 0;
        int y = output.at(group, worker);
        int x = input.at(group, worker);
        int d = gradient == output ? NO_GRADIENT : gradient.at(group, worker);
        if (output.border() + input.border() + gradient.border() == 0) {
            stretch(m, group, y, x, d, output.channels * output.plane(), scratch);
            return;
        }
        for (int c = 0; c < output.channels; c++) {
            for (int row = 0; row < output.height; row++) {
                stretch(
                        m,
                        group,
                        y + c * output.plane() + row * output.row(),
                        x + c * input.plane() + row * input.row(),
                        d == NO_GRADIENT ? d : d + c * gradient.plane() + row * gradient.row(),
                        output.stretch(),
                        scratch);
            }
        }
    }

    private void stretch(float[] m, int group, int y, int x, int d, int count, int scratch) {
        int most = VECTORS_AT_ONCE * site.lanes();
        for (int i = 0; i < count; i += most) {
            walk(m, y + i, x + i, d == NO_GRADIENT ? d : d + i, Math.min(count - i, most), scratch);
            take(m, group, scratch + site.lanes());
        }
    }

    private void walk(float[] m, int y, int x, int d, int count, int scratch) {
        Stretches loops = site.kernels().stretches();
        int out = scratch + site.lanes();
        switch (kind) {
            case BCE -> loops.crossEntropy(m, y, x, d, count, scratch, out);
            case L2 -> loops.squares(m, y, x, d, count, scratch, out);
            case L1 -> loops.distances(m, y, x, d, count, scratch, out);
        }
    }

    private void take(float[] m, int group, int sums) {
        int lanes = site.lanes();
        for (int lane = 0; lane < lanes; lane++) {
            double sum = m[sums + lane];
            if (kind == Loss.Reconstruction.BCE) {
                sum += Math.log(m[sums + lanes + lane]);
                farthest[group] = Math.max(farthest[group], m[sums + 2 * lanes + lane]);
            }
            losses[group * lanes + lane] += sum;
        }
    }

    @Override
    public Sums sums(Pass pass) {
        double sum = 0;
        double divergence = 0;
        for (int i = 0; i < pass.examples; i++) {
            sum += losses[i];
            for (Draw draw : draws) {
                divergence += draw.divergence(i);
            }
        }
        for (int group = 0; group < pass.groups; group++) {
            if (farthest[group] > 0.5f) {
                throw new IllegalArgumentException(
                        "the reconstruction loss bce needs inputs in 0 … 1, got one that lies %s beyond: use the scale unit, or the loss l2 or l1"
                                .formatted(farthest[group] - 0.5f));
            }
        }
        return new Sums(sum + divergence, divergence);
    }

    @Override
    public Score score(Sums sums, int examples) {
        return Score.ofBound(sums.loss() / examples, sums.second() / examples);
    }
}
