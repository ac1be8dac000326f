package fathom.engine.vector;

import fathom.model.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A linear layer on all groups at once: y = W x + b. With groups as positions and units as channels the way forward and the
 * way to the input are sums of number × vector over the weights as they lie. For the weights' gradient, where the sum runs
 * over examples, the lanes must be something else: inputs and gradients are turned to rows, and the lanes are inputs.
 */
final class Dense implements Operation {
    /** So many inputs of four groups stay in the second cache. */
    private static final int INPUTS_AT_ONCE = 1024;

    private static final int UNITS_A_TASK = 12;
    private static final int INPUTS_A_TASK = 96;
    private static final int VECTORS_A_TASK = 4;
    private static final int GROUPS_A_TASK = 4;

    private final Site site;
    private final String title;
    private final Value in;
    private final Value out;
    private final int weights;
    private final int rowStep;
    private final int bias;
    private final boolean readsBatch;

    /** @param readsBatch whether {@code in} is the batch itself, whose rows then need no turning */
    Dense(Site site, String title, String weight, @Nullable String bias, Value in, Value out, boolean readsBatch) {
        this.site = site;
        this.title = title;
        this.in = in;
        this.out = out;
        weights = site.parameters().at(weight);
        rowStep = site.parameters().rowStep(weight);
        this.bias = bias == null ? Kernels.ZERO : site.parameters().at(bias);
        this.readsBatch = readsBatch && rowStep == in.channels;
    }

    @Override
    public Value result() {
        return out;
    }

    @Override
    public void forward(Schedule schedule) {
        var walk = new Walk(in, out, rowStep, 1);
        schedule.whenPlaced(walk::prepare);
        int blocks = Math.ceilDiv(out.channels, UNITS_A_TASK);
        schedule.whole(
                title,
                pass -> blocks * Math.ceilDiv(pass.groups, GROUPS_A_TASK),
                (pass, task, _) -> walk.run(pass, task, blocks, UNITS_A_TASK, bias),
                in,
                out);
    }

    /** From the vectors of one value to those of another, for all groups. */
    private final class Walk {
        private final Value from;
        private final Value to;
        private final int channelStep;
        private final int tapStep;
        private Pattern pattern = Pattern.NONE;

        Walk(Value from, Value to, int channelStep, int tapStep) {
            this.from = from;
            this.to = to;
            this.channelStep = channelStep;
            this.tapStep = tapStep;
        }

        void prepare() {
            int lanes = site.lanes();
            pattern = new Pattern(
                    to.channels,
                    channelStep,
                    tapStep,
                    Pattern.steps(Math.min(from.channels, INPUTS_AT_ONCE), lanes),
                    Pattern.steps(site.groups(), from.groupStep()),
                    Pattern.steps(site.groups(), to.groupStep()),
                    lanes);
        }

        /** One block of channels for a few groups. */
        void run(Pass pass, int task, int blocks, int channelsAtOnce, int start) {
            float[] m = pass.memory;
            int channel = task % blocks * channelsAtOnce;
            int group = task / blocks * GROUPS_A_TASK;
            var part = new Part(
                    channel,
                    Math.min(channelsAtOnce, to.channels - channel),
                    group,
                    Math.min(GROUPS_A_TASK, pass.groups - group));
            for (int input = 0; input < from.channels; input += INPUTS_AT_ONCE) {
                site.kernels()
                        .product(
                                pattern,
                                part,
                                0,
                                Math.min(INPUTS_AT_ONCE, from.channels - input),
                                m,
                                weights + input * tapStep,
                                input == 0 ? start : Kernels.ADD,
                                m,
                                from.at(0, 0) + input * site.lanes(),
                                to.at(0, 0));
            }
        }
    }

    @Override
    public void backward(Schedule schedule) {
        if (in.needsGradient) {
            site.intoGradient(schedule, in, target -> {
                var walk = new Walk(out.gradient(), target, 1, rowStep);
                schedule.whenPlaced(walk::prepare);
                int blocks = Math.ceilDiv(in.channels, INPUTS_A_TASK);
                schedule.whole(
                        title + ", input gradient",
                        pass -> blocks * Math.ceilDiv(pass.groups, GROUPS_A_TASK),
                        (pass, task, _) -> walk.run(pass, task, blocks, INPUTS_A_TASK, Kernels.ZERO),
                        out.gradient(),
                        target);
            });
        }
        weightGradient(schedule);
    }

    private void weightGradient(Schedule schedule) {
        int lanes = site.lanes();
        int unitStep = Parameters.padded(out.channels, lanes);
        int examples = site.groups() * lanes;
        var inRows = new Buffer("input rows", readsBatch ? 0 : Math.multiplyExact(examples, rowStep));
        var outRows = new Buffer("gradient rows", Math.multiplyExact(examples, unitStep));
        var square = new Value("square", Shape.of(lanes), lanes, false);
        var pattern = new Pattern[] {Pattern.NONE};
        schedule.whenPlaced(() -> pattern[0] = new Pattern(
                out.channels,
                1,
                unitStep,
                Pattern.steps(examples, rowStep),
                Pattern.steps(rowStep / lanes, lanes),
                Pattern.steps(rowStep / lanes, lanes),
                rowStep));
        schedule.perGroup(
                title + ", rows",
                (pass, group, worker) -> {
                    if (!readsBatch) {
                        toRows(pass, in, group, worker, inRows.at(), rowStep, square.at(group, worker));
                    }
                    toRows(pass, out.gradient(), group, worker, outRows.at(), unitStep, square.at(group, worker));
                },
                in,
                out.gradient(),
                inRows,
                outRows,
                square);
        int vectors = rowStep / lanes;
        schedule.whole(
                title + ", weight gradient",
                _ -> Math.ceilDiv(vectors, VECTORS_A_TASK) + 1,
                (pass, task, _) -> {
                    int vector = task * VECTORS_A_TASK;
                    if (vector >= vectors) {
                        biasGradient(pass, outRows.at(), unitStep);
                        return;
                    }
                    var part = new Part(0, out.channels, vector, Math.min(VECTORS_A_TASK, vectors - vector));
                    site.kernels()
                            .product(
                                    pattern[0],
                                    part,
                                    0,
                                    pass.examples,
                                    pass.memory,
                                    outRows.at(),
                                    Kernels.ZERO,
                                    readsBatch ? pass.batch.inputs() : pass.memory,
                                    readsBatch ? pass.firstExample * rowStep : inRows.at(),
                                    weights + site.parameters().gradientShift());
                },
                inRows,
                outRows);
    }

    private void toRows(Pass pass, Value value, int group, int worker, int rows, int step, int scratch) {
        int lanes = site.lanes();
        int examples = pass.examplesIn(group);
        int to = rows + group * lanes * step;
        float[] m = pass.memory;
        int[] places = Pattern.steps(value.channels, lanes);
        site.kernels().toRows(m, value.at(group, worker), places, examples, m, to, step, scratch);
        for (int lane = 0; lane < examples; lane++) {
            Arrays.fill(m, to + lane * step + value.channels, to + (lane + 1) * step, 0);
        }
    }

    private void biasGradient(Pass pass, int rows, int step) {
        if (bias < 0) {
            return;
        }
        float[] m = pass.memory;
        int to = bias + site.parameters().gradientShift();
        Arrays.fill(m, to, to + step, 0);
        for (int example = 0; example < pass.examples; example++) {
            site.kernels().stretches().add(m, to, rows + example * step, step);
        }
    }
}
