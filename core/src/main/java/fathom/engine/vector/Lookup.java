package fathom.engine.vector;

import java.util.Arrays;

/** An embedding: each real token's row of a table. */
final class Lookup implements Operation {
    private static final int FEATURES_A_TASK = 64;

    private final Site site;
    private final String title;
    private final Value in;
    private final Value out;
    private final int table;
    private final int rowStep;
    private final int words;

    Lookup(Site site, String title, String weight, int words, Value in, Value out) {
        this.site = site;
        this.title = title;
        this.in = in;
        this.out = out;
        this.words = words;
        table = site.parameters().at(weight);
        rowStep = site.parameters().rowStep(weight);
    }

    @Override
    public Value result() {
        return out;
    }

    @Override
    public void forward(Schedule schedule) {
        schedule.perGroup(title, this::run, in, out);
    }

    private void run(Pass pass, int group, int worker) {
        float[] m = pass.memory;
        int lanes = site.lanes();
        for (int t = 0; t < in.channels; t++) {
            int to = out.at(group, worker) + t * out.plane();
            int words = in.at(group, worker) + t * lanes;
            for (int lane = 0; lane < lanes; lane++) {
                boolean isReal = t < pass.tokens(group, lane);
                int word = isReal ? (int) m[words + lane] : 0;
                int row = table + word * rowStep;
                for (int f = 0; f < out.height; f++) {
                    m[to + f * lanes + lane] = isReal ? m[row + f] : 0;
                }
            }
        }
    }

    /** Adds the gradients of all tokens to their words' rows, in the order of groups, tokens, examples. */
    @Override
    public void backward(Schedule schedule) {
        if (!out.needsGradient) {
            return;
        }
        Value gradient = out.gradient();
        schedule.whole(
                title + ", gradient",
                _ -> Math.ceilDiv(out.height, FEATURES_A_TASK),
                (pass, task, _) -> {
                    int first = task * FEATURES_A_TASK;
                    addRows(pass, gradient, first, Math.min(FEATURES_A_TASK, out.height - first));
                },
                in,
                gradient);
    }

    private void addRows(Pass pass, Value gradient, int first, int features) {
        float[] m = pass.memory;
        int lanes = site.lanes();
        int rows = table + site.parameters().gradientShift() + first;
        for (int word = 0; word < words; word++) {
            Arrays.fill(m, rows + word * rowStep, rows + word * rowStep + features, 0);
        }
        for (int group = 0; group < pass.groups; group++) {
            for (int t = 0; t < pass.tokens(group); t++) {
                int from = gradient.at(group, 0) + t * gradient.plane() + first * lanes;
                for (int lane = 0; lane < pass.examplesIn(group); lane++) {
                    int word = (int) m[in.at(group, 0) + t * lanes + lane];
                    if (word != 0 && t < pass.tokens(group, lane)) {
                        int row = rows + word * rowStep;
                        for (int f = 0; f < features; f++) {
                            m[row + f] += m[from + f * lanes + lane];
                        }
                    }
                }
            }
        }
    }
}
