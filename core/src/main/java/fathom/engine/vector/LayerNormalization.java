package fathom.engine.vector;

import fathom.model.Shape;
import java.util.Arrays;

/**
 * Normalises the numbers of each example, then scales and shifts each (Ba, Kiros and Hinton 2016). Each lane has a mean and
 * a deviation of its own.
 */
final class LayerNormalization implements Operation {
    private static final int NUMBERS_A_TASK = 256;

    private final Site site;
    private final String title;
    private final Value in;
    private final Value out;
    private final double epsilon;
    private final int weight;
    private final int bias;

    /** The normalised numbers, and behind them one vector with each lane's 1 / deviation. */
    private final Value normal;

    LayerNormalization(Site site, String title, String path, Value in, Value out, double epsilon) {
        this.site = site;
        this.title = title;
        this.in = in;
        this.out = out;
        this.epsilon = epsilon;
        String prefix = path.isEmpty() ? "" : path + ".";
        weight = site.parameters().at(prefix + "weight");
        bias = site.parameters().at(prefix + "bias");
        normal = new Value("normalised " + title, Shape.of(in.count() + 1), site.lanes(), false);
    }

    @Override
    public Value result() {
        return out;
    }

    @Override
    public void forward(Schedule schedule) {
        schedule.perGroup(title, this::runForward, in, normal, out);
    }

    private void runForward(Pass pass, int group, int worker) {
        float[] m = pass.memory;
        int lanes = site.lanes();
        int count = in.count();
        int at = normal.at(group, worker);
        int end = at + count * lanes;
        int[] from = in.places();
        for (int e = 0; e < count; e++) {
            System.arraycopy(m, in.at(group, worker) + from[e], m, at + e * lanes, lanes);
        }
        for (int lane = 0; lane < lanes; lane++) {
            double sum = 0;
            for (int i = at + lane; i < end; i += lanes) {
                sum += m[i];
            }
            double mean = sum / count;
            double squares = 0;
            for (int i = at + lane; i < end; i += lanes) {
                squares += (m[i] - mean) * (m[i] - mean);
            }
            double inverse = 1 / Math.sqrt(squares / count + epsilon);
            for (int i = at + lane; i < end; i += lanes) {
                m[i] = (float) ((m[i] - mean) * inverse);
            }
            m[end + lane] = (float) inverse;
        }
        int to = out.at(group, worker);
        int[] places = out.places();
        for (int e = 0; e < count; e++) {
            Arrays.fill(m, to + places[e], to + places[e] + lanes, m[bias + e]);
            site.kernels().stretches().combine(m, to + places[e], at + e * lanes, lanes, 1, m[weight + e], 0);
        }
    }

    @Override
    public void backward(Schedule schedule) {
        Value gradient = out.gradient();
        int shift = site.parameters().gradientShift();
        int count = in.count();
        schedule.whole(
                title + ", weight gradient",
                _ -> Math.ceilDiv(count, NUMBERS_A_TASK),
                (pass, task, _) -> {
                    int[] places = gradient.places();
                    for (int e = task * NUMBERS_A_TASK; e < Math.min(count, (task + 1) * NUMBERS_A_TASK); e++) {
                        weightGradient(pass, e, places[e], shift);
                    }
                },
                gradient,
                normal);
        if (in.needsGradient) {
            site.intoGradient(
                    schedule,
                    in,
                    target -> schedule.perGroup(
                            title + ", gradient",
                            (pass, group, worker) -> inputGradient(pass, group, worker, gradient, target),
                            gradient,
                            normal,
                            target));
        }
    }

    private void weightGradient(Pass pass, int e, int place, int shift) {
        float[] m = pass.memory;
        double ofWeight = 0;
        double ofBias = 0;
        for (int group = 0; group < pass.groups; group++) {
            int dy = out.gradient().at(group, 0) + place;
            int x = normal.at(group, 0) + e * site.lanes();
            for (int lane = 0; lane < pass.examplesIn(group); lane++) {
                ofWeight += (double) m[dy + lane] * m[x + lane];
                ofBias += m[dy + lane];
            }
        }
        m[weight + e + shift] = (float) ofWeight;
        m[bias + e + shift] = (float) ofBias;
    }

    /** dx = (g − mean(g) − x̂ · mean(g · x̂)) / deviation, where g = dy · weight. */
    private void inputGradient(Pass pass, int group, int worker, Value gradient, Value target) {
        float[] m = pass.memory;
        int lanes = site.lanes();
        int count = in.count();
        int dy = gradient.at(group, worker);
        int dx = target.at(group, worker);
        int x = normal.at(group, worker);
        int[] from = gradient.places();
        int[] to = target.places();
        for (int lane = 0; lane < lanes; lane++) {
            double sum = 0;
            double products = 0;
            for (int e = 0; e < count; e++) {
                double g = (double) m[dy + from[e] + lane] * m[weight + e];
                sum += g;
                products += g * m[x + e * lanes + lane];
            }
            double inverse = m[x + count * lanes + lane];
            for (int e = 0; e < count; e++) {
                double g = (double) m[dy + from[e] + lane] * m[weight + e];
                double normalised = m[x + e * lanes + lane];
                m[dx + to[e] + lane] = (float) ((g - sum / count - normalised * products / count) * inverse);
            }
        }
    }
}
