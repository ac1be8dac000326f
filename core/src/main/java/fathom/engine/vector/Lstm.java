package fathom.engine.vector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A long short-term memory of one direction or both; {@link LstmDirection} has the formulas. */
final class Lstm implements Operation {
    private static final int GATES = 4;

    /** So many gates of four tokens stay in the second cache. */
    private static final int GATES_AT_ONCE = 512;

    private final Site site;
    private final String title;
    private final Value in;
    private final Value out;
    private final Value mask;
    private final List<LstmDirection> directions = new ArrayList<>();
    private final int units;

    Lstm(Site site, String title, String prefix, Value in, Value out, Value mask, boolean isBidirectional) {
        this.site = site;
        this.title = title;
        this.in = in;
        this.out = out;
        this.mask = mask;
        directions.add(new LstmDirection(site, prefix, "", in, out, mask, 0));
        units = directions.getFirst().units();
        if (isBidirectional) {
            directions.add(new LstmDirection(site, prefix, "_reverse", in, out, mask, units));
        }
    }

    @Override
    public Value result() {
        return out;
    }

    @Override
    public void forward(Schedule schedule) {
        for (LstmDirection direction : directions) {
            schedule.whenPlaced(direction::prepare);
            schedule.preliminary(
                    title + ", biases", _ -> 1, (pass, _, _) -> direction.addBiases(pass.memory), direction.bias);
        }
        var touched = new ArrayList<Placed>(List.of(in, out, mask));
        directions.forEach(direction -> touched.addAll(List.of(direction.bias, direction.gates, direction.cells)));
        int blocks = directions.getFirst().blocks();
        schedule.stepwise(
                title,
                Pass::tokens,
                List.of(new Schedule.Phase(
                        _ -> blocks * directions.size(),
                        (pass, step, task) -> directions.get(task / blocks).forward(pass, step, task % blocks))),
                touched.toArray(new Placed[0]));
        schedule.perGroup(title + ", padding", (pass, group, worker) -> clearPadding(pass, group, worker, out), out);
    }

    /** Tokens after a group's last. */
    private void clearPadding(Pass pass, int group, int worker, Value value) {
        int at = value.at(group, worker);
        int end = at + value.channels * value.plane();
        Arrays.fill(pass.memory, at + pass.tokens(group) * value.plane(), end, 0);
    }

    @Override
    public void backward(Schedule schedule) {
        for (LstmDirection direction : directions) {
            schedule.preliminary(
                    title + ", transposed",
                    _ -> 1,
                    (pass, _, _) -> direction.transposeHidden(pass.memory),
                    direction.hiddenTransposed);
        }
        throughTime(schedule);
        if (in.needsGradient) {
            for (LstmDirection direction : directions) {
                schedule.preliminary(
                        title + ", transposed",
                        _ -> 1,
                        (pass, _, _) -> direction.transposeInput(pass.memory),
                        direction.inputTransposed);
            }
            site.intoGradient(schedule, in, target -> toInput(schedule, target));
        }
        var gradients = new TokenGradients(site, title, in.channels);
        TokenGradients.Rows inputs = gradients.rows(schedule, in, 0, in.height);
        for (LstmDirection direction : directions) {
            gradients.plan(schedule, direction.gates, inputs, direction.inputWeights(), 0);
            TokenGradients.Rows states = gradients.rows(schedule, out, direction.firstFeature(), units);
            gradients.plan(schedule, direction.gates, states, direction.hiddenWeights(), direction.before(0));
            gradients.planBiases(schedule, direction.gates, direction.inputBias(), direction.hiddenBias());
        }
    }

    private void throughTime(Schedule schedule) {
        var touched = new ArrayList<Placed>(List.of(out.gradient(), mask));
        directions.forEach(d -> touched.addAll(List.of(d.gates, d.cells, d.carry, d.bent, d.hiddenTransposed)));
        int blocks = directions.getFirst().inputBlocks();
        schedule.stepwise(
                title + ", gradient",
                Pass::tokens,
                List.of(
                        new Schedule.Phase(
                                pass -> pass.groups * directions.size(),
                                (pass, step, task) ->
                                        directions.get(task / pass.groups).recall(pass, step, task % pass.groups)),
                        new Schedule.Phase(
                                _ -> blocks * directions.size(),
                                (pass, step, task) ->
                                        directions.get(task / blocks).toStateBefore(pass, step, task % blocks))),
                touched.toArray(new Placed[0]));
    }

    /** The gradient of the input, from those of the gates of all tokens. */
    private void toInput(Schedule schedule, Value target) {
        var pattern = new Pattern[] {Pattern.NONE};
        Value gates = directions.getFirst().gates;
        schedule.whenPlaced(() -> pattern[0] = new Pattern(
                in.height,
                GATES * units,
                1,
                Pattern.steps(Math.min(GATES * units, GATES_AT_ONCE), site.lanes()),
                Pattern.steps(in.channels, gates.plane()),
                Pattern.steps(in.channels, target.plane()),
                site.lanes()));
        int blocks = Math.ceilDiv(in.height, LstmDirection.INPUTS_A_TASK);
        var touched = new ArrayList<Placed>(List.of(target));
        directions.forEach(direction -> touched.addAll(List.of(direction.gates, direction.inputTransposed)));
        schedule.whole(
                title + ", input gradient",
                pass -> pass.groups * blocks,
                (pass, task, _) -> toInput(pass, pattern[0], target, task / blocks, task % blocks),
                touched.toArray(new Placed[0]));
        schedule.perGroup(
                title + ", padding of the gradient",
                (pass, group, worker) -> clearPadding(pass, group, worker, target),
                target);
    }

    private void toInput(Pass pass, Pattern pattern, Value target, int group, int block) {
        int first = block * LstmDirection.INPUTS_A_TASK;
        int count = Math.min(LstmDirection.INPUTS_A_TASK, in.height - first);
        var part = new Part(first, count, 0, pass.tokens(group));
        boolean isFirst = true;
        for (LstmDirection direction : directions) {
            for (int gate = 0; gate < GATES * units; gate += GATES_AT_ONCE) {
                site.kernels()
                        .product(
                                pattern,
                                part,
                                0,
                                Math.min(GATES_AT_ONCE, GATES * units - gate),
                                pass.memory,
                                direction.inputTransposed.at() + gate,
                                isFirst ? Kernels.ZERO : Kernels.ADD,
                                pass.memory,
                                direction.gates.at(group, 0) + gate * site.lanes(),
                                target.at(group, 0));
                isFirst = false;
            }
        }
    }
}
