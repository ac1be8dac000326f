package fathom.engine.vector;

import fathom.model.Shape;
import java.util.Arrays;

/**
 * Gradients of weights that all tokens share: sums over tokens and examples of the outputs' gradients times the inputs. The
 * outputs' gradients are the numbers and the inputs the vectors, turned to rows, so that lanes are inputs. The rows lie in
 * strips of four vectors, so that what is read for one sum lies together.
 */
final class TokenGradients {
    private static final int VECTORS_A_STRIP = 4;
    private static final int OUTPUTS_A_TASK = 96;

    /** Long sums cost less to begin and end; so many keep a task's numbers in the second cache. */
    private static final int TOKENS_AT_ONCE = 16;

    private final Site site;
    private final String title;
    private final int tokens;

    TokenGradients(Site site, String title, int tokens) {
        this.site = site;
        this.title = title;
        this.tokens = tokens;
    }

    /** Some features of each token as rows, one an example. */
    record Rows(Buffer buffer, int features) {}

    private int strip() {
        return VECTORS_A_STRIP * site.lanes();
    }

    /** Where the rows of a token begin, in the first strip. */
    private int rowsAt(int group, int token) {
        return (group * tokens + token) * site.lanes() * strip();
    }

    private int stripStep() {
        return rowsAt(site.groups(), 0);
    }

    /** Plans the turning of a value's features to rows. */
    Rows rows(Schedule schedule, Value value, int first, int features) {
        int lanes = site.lanes();
        int strips = Math.ceilDiv(features, strip());
        var buffer = new Buffer("rows of " + value, (long) strips * stripStep());
        var square = new Value("square", Shape.of(lanes), lanes, false);
        int[] whole = Pattern.steps(strip(), lanes);
        int[] last = Pattern.steps(features - (strips - 1) * strip(), lanes);
        schedule.perGroup(
                title + ", rows",
                (pass, group, worker) -> {
                    for (int token = 0; token < pass.tokens(group); token++) {
                        int from = value.at(group, worker) + token * value.plane() + first * lanes;
                        int to = buffer.at() + rowsAt(group, token);
                        for (int strip = 0; strip < strips; strip++) {
                            int[] places = strip == strips - 1 ? last : whole;
                            float[] m = pass.memory;
                            int begin = to + strip * stripStep();
                            int source = from + strip * strip() * lanes;
                            if (places.length < strip()) {
                                Arrays.fill(m, begin, begin + lanes * strip(), 0);
                            }
                            site.kernels()
                                    .toRows(m, source, places, lanes, m, begin, strip(), square.at(group, worker));
                        }
                    }
                },
                value,
                square,
                buffer);
        return new Rows(buffer, features);
    }

    /**
     * Plans a gradient.
     *
     * @param outputs gradients of the outputs, one token after the other
     * @param weights where the weights lie, a row an output
     * @param shift from a token to the one whose input its output is made of; one that is not there is no summand
     */
    void plan(Schedule schedule, Value outputs, Rows inputs, int weights, int shift) {
        int lanes = site.lanes();
        int rowStep = Parameters.padded(inputs.features, lanes);
        int[] starts = Pattern.steps(VECTORS_A_STRIP, lanes);
        int taps = TOKENS_AT_ONCE * lanes;
        var numbers = new Buffer("numbers", (long) outputs.height * taps);
        var pattern = new Pattern(outputs.height, taps, 1, Pattern.steps(taps, strip()), starts, starts, rowStep);
        int gradient = weights + site.parameters().gradientShift();
        schedule.whole(
                title + ", weight gradient",
                _ -> Math.ceilDiv(outputs.height, OUTPUTS_A_TASK),
                (pass, task, _) -> {
                    int first = task * OUTPUTS_A_TASK;
                    int count = Math.min(OUTPUTS_A_TASK, outputs.height - first);
                    Arrays.fill(pass.memory, gradient + first * rowStep, gradient + (first + count) * rowStep, 0);
                    for (int group = 0; group < pass.groups; group++) {
                        int begin = Math.max(0, -shift);
                        int end = pass.tokens(group) - Math.max(0, shift);
                        for (int token = begin; token < end; token += TOKENS_AT_ONCE) {
                            int tokens = Math.min(TOKENS_AT_ONCE, end - token);
                            gather(pass.memory, outputs, group, token, tokens, first, count, numbers.at());
                            int rows = inputs.buffer.at() + rowsAt(group, token + shift);
                            addTokens(pass.memory, pattern, tokens, first, count, numbers.at(), rows, gradient);
                        }
                    }
                },
                outputs,
                inputs.buffer,
                numbers);
    }

    /** Brings the numbers of each output together: token after token, example after example. */
    private void gather(float[] m, Value outputs, int group, int token, int tokens, int first, int count, int numbers) {
        int lanes = site.lanes();
        int step = TOKENS_AT_ONCE * lanes;
        for (int t = 0; t < tokens; t++) {
            int from = outputs.at(group, 0) + (token + t) * outputs.plane() + first * lanes;
            int to = numbers + first * step + t * lanes;
            site.kernels().sequences().spread(m, to, step, from, count);
        }
    }

    private void addTokens(
            float[] m, Pattern pattern, int tokens, int first, int count, int numbers, int rows, int gradient) {
        int vectors = pattern.plane / site.lanes();
        for (int vector = 0; vector < vectors; vector += VECTORS_A_STRIP) {
            int strip = vector / VECTORS_A_STRIP;
            site.kernels()
                    .product(
                            pattern,
                            new Part(first, count, 0, Math.min(VECTORS_A_STRIP, vectors - vector)),
                            0,
                            tokens * site.lanes(),
                            m,
                            numbers,
                            Kernels.ADD,
                            m,
                            rows + strip * stripStep(),
                            gradient + strip * strip());
        }
    }

    /** Plans the gradient of biases, which is the same for all of them. */
    void planBiases(Schedule schedule, Value outputs, int... biases) {
        int lanes = site.lanes();
        var sums = new Buffer("bias sums", (long) outputs.height * lanes);
        schedule.whole(
                title + ", bias gradient",
                _ -> Math.ceilDiv(outputs.height, OUTPUTS_A_TASK),
                (pass, task, _) -> {
                    float[] m = pass.memory;
                    int first = task * OUTPUTS_A_TASK;
                    int count = Math.min(OUTPUTS_A_TASK, outputs.height - first);
                    int at = sums.at() + first * lanes;
                    Arrays.fill(m, at, at + count * lanes, 0);
                    for (int group = 0; group < pass.groups; group++) {
                        for (int token = 0; token < pass.tokens(group); token++) {
                            int from = outputs.at(group, 0) + token * outputs.plane() + first * lanes;
                            site.kernels().stretches().add(m, at, from, count * lanes);
                        }
                    }
                    for (int output = 0; output < count; output++) {
                        double sum = 0;
                        for (int lane = 0; lane < lanes; lane++) {
                            sum += m[at + output * lanes + lane];
                        }
                        for (int bias : biases) {
                            m[bias + site.parameters().gradientShift() + first + output] = (float) sum;
                        }
                    }
                },
                outputs,
                sums);
    }
}
