package fathom.engine.vector;

import fathom.model.Shape;
import java.util.Arrays;

/**
 * One direction of an LSTM. The four gates of a step (Hochreiter and Schmidhuber 1997; Gers et al. 2000)
 *
 * <pre>(i, f, g, o) = W x + U h' + b,   c = σ(f)·c' + σ(i)·tanh(g),   h = σ(o)·tanh(c)</pre>
 *
 * are computed a block of units at a time for all groups, so that each step reads the weights once; the pointwise part
 * follows while the block is in the cache. Four groups share what is read of the inputs.
 */
final class LstmDirection {
    static final int UNITS_A_TASK = 24;
    static final int INPUTS_A_TASK = 96;
    private static final int GATES = 4;
    private static final int GROUPS_AT_ONCE = 4;

    /** So many inputs of four groups stay in the second cache, beside the weights of a task. */
    private static final int INPUTS_AT_ONCE = 512;

    /** Where the arrays lie, and from one row of a matrix to the next. */
    private record ArrayPlaces(int input, int inputStep, int hidden, int hiddenStep, int inputBias, int hiddenBias) {}

    private final Site site;
    private final boolean isBackwards;
    private final int units;
    private final int firstFeature;
    private final Value in;
    private final Value out;
    private final Value mask;
    private final ArrayPlaces arrays;

    /** The sum of both biases. */
    final Buffer bias;

    /** Activated gates and states of each token if they are needed on the way back, else of one. */
    final Value gates;

    final Value cells;

    /** The gradient of the state on its way from step to step, and tanh c. */
    final Value carry;

    final Value bent;

    /** W and U with rows and columns exchanged. */
    final Buffer inputTransposed;

    final Buffer hiddenTransposed;

    private final int gateStep;
    private Pattern ofInput = Pattern.NONE;
    private Pattern ofHidden = Pattern.NONE;
    private Pattern toHidden = Pattern.NONE;

    /** @param firstFeature where this direction's states stand among the features of {@code out} */
    LstmDirection(Site site, String prefix, String suffix, Value in, Value out, Value mask, int firstFeature) {
        this.site = site;
        this.in = in;
        this.out = out;
        this.mask = mask;
        this.firstFeature = firstFeature;
        isBackwards = !suffix.isEmpty();
        var parameters = site.parameters();
        String input = prefix + "weight_ih_l0" + suffix;
        String hidden = prefix + "weight_hh_l0" + suffix;
        arrays = new ArrayPlaces(
                parameters.at(input),
                parameters.rowStep(input),
                parameters.at(hidden),
                parameters.rowStep(hidden),
                parameters.at(prefix + "bias_ih_l0" + suffix),
                parameters.at(prefix + "bias_hh_l0" + suffix));
        units = parameters.columns(hidden);
        int lanes = site.lanes();
        int kept = site.isTraining() ? in.channels : 1;
        gates = new Value("gates", Shape.of(kept, GATES * units), lanes, false);
        cells = new Value("cells", Shape.of(kept, units), lanes, false);
        carry = new Value("d cell", Shape.of(units), lanes, false);
        bent = new Value("tanh of cells", Shape.of(units), lanes, false);
        bias = new Buffer("bias", (long) GATES * units);
        inputTransposed = new Buffer("transposed input weights", (long) GATES * units * in.height);
        hiddenTransposed = new Buffer("transposed hidden weights", (long) GATES * units * units);
        gateStep = units * lanes;
    }

    int units() {
        return units;
    }

    int inputWeights() {
        return arrays.input;
    }

    int hiddenWeights() {
        return arrays.hidden;
    }

    int inputBias() {
        return arrays.inputBias;
    }

    int hiddenBias() {
        return arrays.hiddenBias;
    }

    int firstFeature() {
        return firstFeature;
    }

    /** Once every value has its place. */
    void prepare() {
        int lanes = site.lanes();
        int[] positions = Pattern.steps(site.groups(), gates.groupStep());
        ofInput = new Pattern(
                GATES * units,
                arrays.inputStep,
                1,
                Pattern.steps(Math.min(in.height, INPUTS_AT_ONCE), lanes),
                Pattern.steps(site.groups(), in.groupStep()),
                positions,
                lanes);
        ofHidden = new Pattern(
                GATES * units,
                arrays.hiddenStep,
                1,
                Pattern.steps(Math.min(units, INPUTS_AT_ONCE), lanes),
                Pattern.steps(site.groups(), out.groupStep()),
                positions,
                lanes);
        toHidden = new Pattern(
                units,
                GATES * units,
                1,
                Pattern.steps(Math.min(GATES * units, INPUTS_AT_ONCE), lanes),
                positions,
                Pattern.steps(site.groups(), out.gradient().groupStep()),
                lanes);
    }

    void addBiases(float[] m) {
        for (int i = 0; i < GATES * units; i++) {
            m[bias.at() + i] = m[arrays.inputBias + i] + m[arrays.hiddenBias + i];
        }
    }

    void transposeInput(float[] m) {
        transpose(m, arrays.input, arrays.inputStep, in.height, inputTransposed.at());
    }

    void transposeHidden(float[] m) {
        transpose(m, arrays.hidden, arrays.hiddenStep, units, hiddenTransposed.at());
    }

    /** In squares, which stay in the first cache. */
    private void transpose(float[] m, int from, int rowStep, int columns, int to) {
        int rows = GATES * units;
        for (int row = 0; row < rows; row += 32) {
            for (int column = 0; column < columns; column += 32) {
                for (int c = column; c < Math.min(columns, column + 32); c++) {
                    for (int r = row; r < Math.min(rows, row + 32); r++) {
                        m[to + c * rows + r] = m[from + r * rowStep + c];
                    }
                }
            }
        }
    }

    int blocks() {
        return Math.ceilDiv(units, UNITS_A_TASK);
    }

    int inputBlocks() {
        return Math.ceilDiv(units, INPUTS_A_TASK);
    }

    /** The token of a step forward, of as many as the longest example has. */
    private int token(Pass pass, int step) {
        return isBackwards ? pass.tokens() - 1 - step : step;
    }

    /** The token whose state a token's step begins with. */
    int before(int token) {
        return isBackwards ? token + 1 : token - 1;
    }

    /** Whether an example of this group is at work at a token: −1 and the one after the group's last are none. */
    private static boolean isIn(Pass pass, int group, int token) {
        return token >= 0 && token < pass.tokens(group);
    }

    private int gatesAt(int token) {
        return site.isTraining() ? token * gates.plane() : 0;
    }

    private int cellsAt(int token) {
        return site.isTraining() ? token * cells.plane() : 0;
    }

    private int states(Value value, int token) {
        return token * value.plane() + firstFeature * site.lanes();
    }

    /** One step for one block of units. */
    void forward(Pass pass, int step, int block) {
        int token = token(pass, step);
        int unit = block * UNITS_A_TASK;
        int count = Math.min(UNITS_A_TASK, units - unit);
        for (int group = 0; group < pass.groups; ) {
            int end = group;
            while (end < pass.groups && end - group < GROUPS_AT_ONCE && isIn(pass, end, token)) {
                end++;
            }
            if (end == group) {
                group++;
                continue;
            }
            multiplyInput(pass, token, unit, count, group, end);
            multiplyHidden(pass, token, unit, count, group, end);
            group = end;
        }
        for (int group = 0; group < pass.groups; group++) {
            activate(pass, token, unit, count, group);
        }
    }

    private void multiplyInput(Pass pass, int token, int unit, int count, int group, int end) {
        int to = gates.at(0, 0) + gatesAt(token);
        for (int gate = 0; gate < GATES; gate++) {
            var part = new Part(gate * units + unit, count, group, end - group);
            for (int input = 0; input < in.height; input += INPUTS_AT_ONCE) {
                site.kernels()
                        .product(
                                ofInput,
                                part,
                                0,
                                Math.min(INPUTS_AT_ONCE, in.height - input),
                                pass.memory,
                                arrays.input + input,
                                input == 0 ? bias.at() : Kernels.ADD,
                                pass.memory,
                                in.at(0, 0) + token * in.plane() + input * site.lanes(),
                                to);
            }
        }
    }

    private void multiplyHidden(Pass pass, int token, int unit, int count, int group, int end) {
        int first = group;
        while (first < end && !isIn(pass, first, before(token))) {
            first++;
        }
        int last = first;
        while (last < end && isIn(pass, last, before(token))) {
            last++;
        }
        if (first == last) {
            if (first < end) {
                multiplyHidden(pass, token, unit, count, first, end);
            }
            return;
        }
        int to = gates.at(0, 0) + gatesAt(token);
        for (int gate = 0; gate < GATES; gate++) {
            var part = new Part(gate * units + unit, count, first, last - first);
            for (int input = 0; input < units; input += INPUTS_AT_ONCE) {
                site.kernels()
                        .product(
                                ofHidden,
                                part,
                                0,
                                Math.min(INPUTS_AT_ONCE, units - input),
                                pass.memory,
                                arrays.hidden + input,
                                Kernels.ADD,
                                pass.memory,
                                out.at(0, 0) + states(out, before(token)) + input * site.lanes(),
                                to);
            }
        }
        if (last < end) {
            multiplyHidden(pass, token, unit, count, last, end);
        }
    }

    private void activate(Pass pass, int token, int unit, int units, int group) {
        float[] m = pass.memory;
        int lanes = site.lanes();
        int count = units * lanes;
        int h = out.at(group, 0) + states(out, token) + unit * lanes;
        if (!isIn(pass, group, token)) {
            Arrays.fill(m, h, h + count, 0);
            return;
        }
        Stretches loops = site.kernels().stretches();
        int input = gates.at(group, 0) + gatesAt(token) + unit * lanes;
        int output = input + 3 * gateStep;
        loops.sigmoid(m, input, input, count);
        loops.sigmoid(m, input + gateStep, input + gateStep, count);
        loops.tanh(m, input + 2 * gateStep, input + 2 * gateStep, count);
        loops.sigmoid(m, output, output, count);
        int c = cells.at(group, 0) + cellsAt(token) + unit * lanes;
        int previous = previousCell(pass, group, token, unit);
        int real = mask.at(group, 0) + token * lanes;
        site.kernels().sequences().remember(m, c, input, gateStep, previous, real, units);
        loops.tanh(m, h, c, count);
        site.kernels().sequences().times(m, h, output, units);
    }

    private int previousCell(Pass pass, int group, int token, int unit) {
        return isIn(pass, group, before(token))
                ? cells.at(group, 0) + cellsAt(before(token)) + unit * site.lanes()
                : SequenceLoops.NONE;
    }

    /** The token of a step back. */
    private int tokenBack(Pass pass, int step) {
        return token(pass, pass.tokens() - 1 - step);
    }

    /** The pointwise part of a step back for one group: gates become their gradients. */
    void recall(Pass pass, int step, int group) {
        int token = tokenBack(pass, step);
        if (!isIn(pass, group, token)) {
            return;
        }
        float[] m = pass.memory;
        int real = mask.at(group, 0) + token * site.lanes();
        int after = isBackwards ? token - 1 : token + 1;
        if (!isIn(pass, group, after)) {
            Arrays.fill(m, carry.at(group, 0), carry.at(group, 0) + gateStep, 0);
        }
        site.kernels().stretches().tanh(m, bent.at(group, 0), cells.at(group, 0) + cellsAt(token), gateStep);
        site.kernels()
                .sequences()
                .recall(
                        m,
                        gates.at(group, 0) + gatesAt(token),
                        gateStep,
                        previousCell(pass, group, token, 0),
                        carry.at(group, 0),
                        bent.at(group, 0),
                        out.gradient().at(group, 0) + states(out.gradient(), token),
                        real,
                        units);
    }

    /** Adds a block of the gradient of the state before, to be met in the next step back. */
    void toStateBefore(Pass pass, int step, int block) {
        int token = tokenBack(pass, step);
        int first = block * INPUTS_A_TASK;
        int count = Math.min(INPUTS_A_TASK, units - first);
        for (int gate = 0; gate < GATES * units; gate += INPUTS_AT_ONCE) {
            for (int group = 0; group < pass.groups; ) {
                int end = group;
                while (end < pass.groups && isIn(pass, end, token) && isIn(pass, end, before(token))) {
                    end++;
                }
                if (end == group) {
                    group++;
                    continue;
                }
                site.kernels()
                        .product(
                                toHidden,
                                new Part(first, count, group, end - group),
                                0,
                                Math.min(INPUTS_AT_ONCE, GATES * units - gate),
                                pass.memory,
                                hiddenTransposed.at() + gate,
                                Kernels.ADD,
                                pass.memory,
                                gates.at(0, 0) + gatesAt(token) + gate * site.lanes(),
                                out.gradient().at(0, 0) + states(out.gradient(), before(token)));
                group = end;
            }
        }
    }
}
