package fathom.engine.vector;

import java.util.function.Consumer;

/**
 * What operations are planned for.
 *
 * @param groups how many there are at most
 * @param longest how many tokens the longest sequence has; 1 if examples are none
 * @param isTraining whether batch norm takes the batch's own moments
 */
record Site(Kernels kernels, Parameters parameters, int groups, int longest, boolean isTraining) {
    private static final int CHUNK = 8192;

    /** How many parts weight gradients are summed in, at most. */
    int slices() {
        return Pass.mostSlices(groups);
    }

    int lanes() {
        return kernels.lanes();
    }

    /**
     * Plans what writes a value's gradient: straight to it for the first who does, else to a place of its own that is then
     * added.
     */
    void intoGradient(Schedule schedule, Value value, Consumer<Value> plan) {
        if (value.isFirstToWriteGradient()) {
            plan.accept(value.gradient());
            return;
        }
        var summand = new Value("summand of " + value.gradient(), value.shape(), lanes(), false);
        plan.accept(summand);
        Value sum = value.gradient();
        schedule.perGroup(
                "add gradients",
                (pass, group, worker) -> Rows.forEach(
                        sum,
                        summand,
                        sum.at(group, worker),
                        summand.at(group, worker),
                        (to, from, count) -> kernels.stretches().add(pass.memory, to, from, count)),
                sum,
                summand);
    }

    /** Plans the sum of each slice's part of a weight gradient, in the slices' order. */
    void addParts(Schedule schedule, Buffer parts, int partLength, int count, int weights) {
        int to = weights + parameters.gradientShift();
        schedule.whole(
                "add slices",
                _ -> Math.ceilDiv(count, CHUNK),
                (pass, chunk, _) -> {
                    int begin = chunk * CHUNK;
                    int length = Parameters.padded(Math.min(CHUNK, count - begin), lanes());
                    int from = parts.at() + begin;
                    System.arraycopy(pass.memory, from, pass.memory, to + begin, length);
                    for (int slice = 1; slice < pass.slices; slice++) {
                        kernels.stretches().add(pass.memory, to + begin, from + slice * partLength, length);
                    }
                },
                parts);
    }
}
