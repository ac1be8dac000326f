package fathom.engine.vector;

import fathom.engine.Learner.Score;
import fathom.model.Shape;

/**
 * Log-softmax and the mean negative log-probability of the labels, with label smoothing (Szegedy et al. 2016): the gradient
 * is (softmax − target) / examples.
 */
final class CrossEntropy implements Objective {
    private final Site site;
    private final double smoothing;
    private final Value scores;

    private final Value logs;

    private final double[] losses;
    private final boolean[] hits;

    CrossEntropy(Site site, Value scores, double smoothing) {
        this.site = site;
        this.scores = scores;
        this.smoothing = smoothing;
        logs = new Value("log-probabilities", scores.shape(), site.lanes(), false);
        losses = new double[site.groups() * site.lanes()];
        hits = new boolean[losses.length];
    }

    /** The log-probabilities. */
    @Override
    public Value answer() {
        return logs;
    }

    /** Plans log-probabilities, losses and hits. */
    @Override
    public void forward(Schedule schedule) {
        var scratch = new Value("exponentials", Shape.of(scores.channels + 1), site.lanes(), false);
        schedule.perGroup(
                "loss",
                (pass, group, worker) -> {
                    int z = scores.at(group, worker);
                    int to = logs.at(group, worker);
                    LogSoftmax.run(site.kernels(), pass.memory, z, to, scores.channels, scratch.at(group, worker));
                    score(pass, group, z, to);
                },
                scores,
                logs,
                scratch);
    }

    private void score(Pass pass, int group, int z, int logsAt) {
        float[] m = pass.memory;
        int lanes = site.lanes();
        double spread = smoothing / scores.channels;
        for (int lane = 0; lane < pass.examplesIn(group); lane++) {
            int example = group * lanes + lane;
            int label = pass.batch.labels()[pass.firstExample + example];
            double sum = 0;
            if (smoothing != 0) {
                for (int c = 0; c < scores.channels; c++) {
                    sum += m[logsAt + c * lanes + lane];
                }
            }
            losses[example] = -(1 - smoothing) * m[logsAt + label * lanes + lane] - spread * sum;
            hits[example] = isFirstOfLargest(m, z + lane, label);
        }
    }

    /** Whether no score before the label's is as large and none behind it larger. */
    private boolean isFirstOfLargest(float[] m, int scoresAt, int label) {
        int lanes = site.lanes();
        float own = m[scoresAt + label * lanes];
        boolean isLargest = true;
        for (int c = 0; c < label; c++) {
            isLargest &= m[scoresAt + c * lanes] < own;
        }
        for (int c = label + 1; c < scores.channels; c++) {
            isLargest &= m[scoresAt + c * lanes] <= own;
        }
        return isLargest;
    }

    @Override
    public void backward(Schedule schedule) {
        site.intoGradient(
                schedule,
                scores,
                target -> schedule.perGroup(
                        "loss, gradient",
                        (pass, group, worker) ->
                                runBackward(pass, group, logs.at(group, worker), target.at(group, worker)),
                        logs,
                        target));
    }

    private void runBackward(Pass pass, int group, int logsAt, int to) {
        float[] m = pass.memory;
        int lanes = site.lanes();
        float part = 1f / pass.examples;
        float spread = (float) (smoothing / scores.channels);
        site.kernels().stretches().exponential(m, to, logsAt, scores.channels * lanes);
        int examples = pass.examplesIn(group);
        for (int c = 0; c < scores.channels; c++) {
            for (int lane = 0; lane < lanes; lane++) {
                int at = to + c * lanes + lane;
                m[at] = lane < examples ? (m[at] - spread) * part : 0;
            }
        }
        for (int lane = 0; lane < examples; lane++) {
            int label = pass.batch.labels()[pass.firstExample + group * lanes + lane];
            m[to + label * lanes + lane] -= (float) ((1 - smoothing) * part);
        }
    }

    @Override
    public Sums sums(Pass pass) {
        double sum = 0;
        int correct = 0;
        for (int i = 0; i < pass.examples; i++) {
            sum += losses[i];
            correct += hits[i] ? 1 : 0;
        }
        return new Sums(sum, correct);
    }

    @Override
    public Score score(Sums sums, int examples) {
        return Score.ofClasses(sums.loss() / examples, (int) sums.second());
    }
}
