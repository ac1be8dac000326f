package fathom.engine.vector;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * From a sequence to one vector of its features: those of one token (the last real one; for the second half of both
 * directions the first), or their mean or largest over all real tokens.
 */
final class SequenceEnd implements Operation {
    /** What is taken of a feature. */
    enum Way {
        LAST,
        LAST_OF_BOTH_DIRECTIONS,
        MEAN,
        MAX
    }

    private final Site site;
    private final String title;
    private final Value in;
    private final Value out;
    private final Way way;

    SequenceEnd(Site site, String title, Value in, Value out, Way way) {
        this.site = site;
        this.title = title;
        this.in = in;
        this.out = out;
        this.way = way;
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
        int from = in.at(group, worker);
        int to = out.at(group, worker);
        for (int lane = 0; lane < site.lanes(); lane++) {
            int tokens = pass.tokens(group, lane);
            for (int f = 0; f < in.height; f++) {
                int column = from + f * site.lanes() + lane;
                float value = 0;
                if (tokens > 0 && way == Way.MEAN) {
                    for (int t = 0; t < tokens; t++) {
                        value += m[column + t * in.plane()];
                    }
                    value /= tokens;
                } else if (tokens > 0) {
                    value = m[column + token(m, column, f, tokens) * in.plane()];
                }
                m[to + f * site.lanes() + lane] = value;
            }
        }
    }

    /** The token whose feature is taken; of equal ones the first. */
    private int token(float[] m, int column, int feature, int tokens) {
        if (way == Way.LAST) {
            return tokens - 1;
        }
        if (way == Way.LAST_OF_BOTH_DIRECTIONS) {
            return feature < in.height / 2 ? tokens - 1 : 0;
        }
        int best = 0;
        for (int t = 1; t < tokens; t++) {
            if (m[column + t * in.plane()] > m[column + best * in.plane()]) {
                best = t;
            }
        }
        return best;
    }

    @Override
    public void backward(Schedule schedule) {
        if (in.needsGradient) {
            Value gradient = out.gradient();
            @Nullable Value seen = way == Way.MAX ? in : null;
            site.intoGradient(
                    schedule,
                    in,
                    target -> schedule.perGroup(
                            title + ", gradient",
                            (pass, group, worker) -> runBackward(pass, group, worker, gradient, target),
                            seen == null ? new Placed[] {gradient, target} : new Placed[] {seen, gradient, target}));
        }
    }

    private void runBackward(Pass pass, int group, int worker, Value gradient, Value target) {
        float[] m = pass.memory;
        int lanes = site.lanes();
        int to = target.at(group, worker);
        Arrays.fill(m, to, to + in.count() * lanes, 0);
        for (int lane = 0; lane < lanes; lane++) {
            int tokens = pass.tokens(group, lane);
            for (int f = 0; f < in.height && tokens > 0; f++) {
                int column = f * lanes + lane;
                float dy = m[gradient.at(group, worker) + column];
                if (way == Way.MEAN) {
                    for (int t = 0; t < tokens; t++) {
                        m[to + column + t * target.plane()] = dy / tokens;
                    }
                } else {
                    int from = way == Way.MAX ? in.at(group, worker) + column : 0;
                    m[to + column + token(m, from, f, tokens) * target.plane()] = dy;
                }
            }
        }
    }
}
