package fathom.engine.vector;

import org.jspecify.annotations.Nullable;

/**
 * A linear layer on all groups at once: y = W x + b. With groups as positions and units as channels the way forward and the
 * way to the input are sums of number × vector over the weights as they lie. For the weights' gradient, where the sum runs
 * over examples, the lanes must be something else: inputs and gradients are turned to rows, and the lanes are inputs. A
 * layer that reads the batch is better off as {@link FirstDense}.
 */
final class Dense implements Operation {
    /** So many inputs of four groups stay in the second cache. */
    private static final int INPUTS_AT_ONCE = 1024;

    private static final int UNITS_A_TASK = 12;
    private static final int INPUTS_A_TASK = 96;
    private static final int VECTORS_A_TASK = 4;
    private static final int GROUPS_A_TASK = 4;

    /** So many tasks are shared out evenly enough; of fewer, each is cut by units, and reads the same inputs again. */
    private static final int ENOUGH_TASKS = 8;

    private static final int GRADIENTS_A_TASK = 96;

    /** With no more weights than that, a few groups take less time than a meeting of threads costs. */
    private static final int WEIGHTS_OF_A_SMALL_LAYER = 16_384;

    /** Units whose sums a kernel holds at once. */
    private static final int TILE = 6;

    private final Site site;
    private final String title;
    private final Value in;
    private final Value out;
    private final int weights;
    private final int rowStep;
    private final int bias;

    Dense(Site site, String title, String weight, @Nullable String bias, Value in, Value out) {
        this.site = site;
        this.title = title;
        this.in = in;
        this.out = out;
        weights = site.parameters().at(weight);
        rowStep = site.parameters().rowStep(weight);
        this.bias = bias == null ? Kernels.ZERO : site.parameters().at(bias);
    }

    @Override
    public Value result() {
        return out;
    }

    @Override
    public void forward(Schedule schedule) {
        var walk = new Walk(in, out, rowStep, 1);
        schedule.whenPlaced(walk::prepare);
        if (isSmall()) {
            schedule.perBunch(title, (pass, group, groups) -> walk.run(pass, group, groups, bias), in, out);
            return;
        }
        int blocks = Math.ceilDiv(out.channels, UNITS_A_TASK);
        schedule.whole(
                title,
                pass -> blocks * Math.ceilDiv(pass.groups, GROUPS_A_TASK),
                (pass, task, _) -> walk.run(pass, task, blocks, UNITS_A_TASK, bias),
                in,
                out);
    }

    private boolean isSmall() {
        return (long) in.channels * out.channels <= WEIGHTS_OF_A_SMALL_LAYER;
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
            int channel = task % blocks * channelsAtOnce;
            int group = task / blocks * GROUPS_A_TASK;
            int channels = Math.min(channelsAtOnce, to.channels - channel);
            run(pass, new Part(channel, channels, group, Math.min(GROUPS_A_TASK, pass.groups - group)), start);
        }

        /** All channels for some groups. */
        void run(Pass pass, int firstGroup, int groups, int start) {
            run(pass, new Part(0, to.channels, firstGroup, groups), start);
        }

        private void run(Pass pass, Part part, int start) {
            float[] m = pass.memory;
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
        weightGradient(schedule);
        if (in.needsGradient) {
            site.intoGradient(schedule, in, target -> {
                var walk = new Walk(out.gradient(), target, 1, rowStep);
                schedule.whenPlaced(walk::prepare);
                if (isSmall()) {
                    schedule.perBunch(
                            title + ", input gradient",
                            (pass, group, groups) -> walk.run(pass, group, groups, Kernels.ZERO),
                            out.gradient(),
                            target);
                    return;
                }
                int blocks = Math.ceilDiv(in.channels, INPUTS_A_TASK);
                schedule.beside(
                        title + ", input gradient",
                        pass -> blocks * Math.ceilDiv(pass.groups, GROUPS_A_TASK),
                        (pass, task, _) -> walk.run(pass, task, blocks, INPUTS_A_TASK, Kernels.ZERO),
                        out.gradient(),
                        target);
            });
        }
    }

    private void weightGradient(Schedule schedule) {
        int lanes = site.lanes();
        var inRows = new ExampleRows(site, in, rowStep);
        var outRows = new ExampleRows(site, out.gradient(), Parameters.padded(out.channels, lanes));
        inRows.plan(schedule);
        outRows.plan(schedule);
        var pattern = new Pattern[] {Pattern.NONE};
        int vectors = rowStep / lanes;
        int across = Math.ceilDiv(vectors, VECTORS_A_TASK);
        var units = across < ENOUGH_TASKS
                ? Shares.of(out.channels, GRADIENTS_A_TASK, TILE)
                : new Shares(out.channels, out.channels);
        int tasks = across * units.count();
        schedule.whenPlaced(() -> pattern[0] = new Pattern(
                out.channels,
                1,
                outRows.step(),
                Pattern.steps(site.groups() * lanes, rowStep),
                Pattern.steps(vectors, lanes),
                Pattern.steps(vectors, lanes),
                rowStep));
        schedule.perGroup(
                title + ", rows",
                (pass, group, worker) -> {
                    inRows.write(pass, group, worker);
                    outRows.write(pass, group, worker);
                },
                Placed.all(inRows.touched(), outRows.touched()));
        Schedule.Work work = (pass, task, _) -> {
            if (task < tasks) {
                int vector = task / units.count() * VECTORS_A_TASK;
                int share = task % units.count();
                int positions = Math.min(VECTORS_A_TASK, vectors - vector);
                var part = new Part(units.first(share), units.lengthOf(share), vector, positions);
                multiply(pass, pattern[0], part, inRows.at(), outRows.at());
            } else if (bias >= 0) {
                outRows.sum(pass, bias + site.parameters().gradientShift());
            }
        };
        String name = title + ", weight gradient";
        if (isSmall()) {
            schedule.later(name, _ -> tasks + 1, work, inRows.buffer(), outRows.buffer());
        } else {
            schedule.whole(name, _ -> tasks + 1, work, inRows.buffer(), outRows.buffer());
        }
    }

    private void multiply(Pass pass, Pattern pattern, Part part, int inRows, int outRows) {
        float[] m = pass.memory;
        int to = weights + site.parameters().gradientShift();
        site.kernels().product(pattern, part, 0, pass.examples, m, outRows, Kernels.ZERO, m, inRows, to);
    }
}
