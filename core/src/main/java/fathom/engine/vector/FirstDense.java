package fathom.engine.vector;

import fathom.model.Layer;
import fathom.model.Network;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A linear layer that reads the batch: y = W x + b. There the examples are rows, which would have to be turned for {@link
 * Dense}. So the lanes are units here, both ways, the numbers are inputs as they come, and the weights lie as columns, one
 * for each input. Nothing but y and its gradient, much the smaller side as a rule, is ever turned.
 *
 * <p>The inputs' two halves are summed apart, and added when y is turned. So a thread ({@link Team}) has to do with the same
 * half of the inputs, weights and gradients forward, back and in the update, and they stay near its processor.
 */
final class FirstDense implements Operation {
    private static final int VECTORS_A_TASK = 4;
    private static final int EXAMPLES_A_TASK = 96;
    private static final int INPUTS_A_TASK = 102;

    /** With fewer inputs the second sum costs more than it spares. */
    private static final int FEWEST_INPUTS_TO_HALVE = 256;

    /** So many inputs' weights, for four vectors of units, stay in the first cache. */
    private static final int INPUTS_AT_ONCE = 102;

    /** So many examples' gradients, for four vectors of units, likewise. */
    private static final int EXAMPLES_AT_ONCE = 128;

    /** Examples or inputs whose sums a kernel holds at once. */
    private static final int TILE = 6;

    private final Site site;
    private final String title;
    private final Value out;
    private final int inputs;
    private final int weights;
    private final int step;
    private final int vectors;
    private final int bias;

    /** The inputs whose weights' gradients are a task. */
    private final Shares shares;

    /** The inputs that are summed apart. */
    private final Shares halves;

    FirstDense(Site site, String title, String weight, @Nullable String bias, int inputs, Value out) {
        this.site = site;
        this.title = title;
        this.out = out;
        this.inputs = inputs;
        weights = site.parameters().at(weight);
        step = site.parameters().rowStep(weight);
        vectors = Math.ceilDiv(out.channels, site.lanes());
        this.bias = bias == null ? Kernels.ZERO : site.parameters().at(bias);
        shares = Shares.of(inputs, INPUTS_A_TASK, TILE);
        halves = new Shares(inputs, inputs < FEWEST_INPUTS_TO_HALVE ? inputs : shares.first((shares.count() + 1) / 2));
    }

    /** The path of the layer that this is for, if the network begins with one. */
    static Optional<String> path(Network network) {
        return network.isOfSequences() ? Optional.empty() : path(network.root(), "");
    }

    private static Optional<String> path(Layer layer, String path) {
        return switch (layer) {
            case Layer.Named(var _, Layer inner) -> path(inner, path);
            case Layer.Linear _ -> Optional.of(path);
            case Layer.Chain(List<Layer> layers)
            when !layers.isEmpty() -> {
                int first = isFlatten(layers.getFirst()) && layers.size() > 1 ? 1 : 0;
                Layer child = layers.get(first);
                yield path(child, Network.childPath(path, child, String.valueOf(first)));
            }
            default -> Optional.empty();
        };
    }

    private static boolean isFlatten(Layer layer) {
        return layer instanceof Layer.Flatten || (layer instanceof Layer.Named(var _, Layer inner) && isFlatten(inner));
    }

    @Override
    public Value result() {
        return out;
    }

    @Override
    public void forward(Schedule schedule) {
        int lanes = site.lanes();
        var rows = new ExampleRows(site, out, step, halves.count());
        rows.plan(schedule);
        var pattern = new Pattern(
                site.groups() * lanes,
                inputs,
                1,
                Pattern.steps(inputs, step),
                Pattern.steps(vectors, lanes),
                Pattern.steps(vectors, lanes),
                step);
        schedule.whole(
                title,
                pass -> halves.count() * across() * examples(pass).count(),
                (pass, task, _) -> {
                    int tasks = across() * examples(pass).count();
                    int half = task / tasks;
                    var part = part(task % tasks, examples(pass));
                    int start = half == 0 ? begin(pass.memory, part, rows.at()) : Kernels.ZERO;
                    var sum = new Summands(halves.first(half), halves.lengthOf(half), INPUTS_AT_ONCE);
                    multiply(pass, pattern, part, sum, start, weights, rows.at(half));
                },
                rows.buffer());
        schedule.perGroup(title + ", lanes", rows::read, rows.touched());
    }

    /** Lets the sums begin at the bias, if there is one. */
    private int begin(float[] m, Part part, int rows) {
        if (bias < 0) {
            return Kernels.ZERO;
        }
        int first = part.firstPosition() * site.lanes();
        for (int example = part.firstChannel(); example < part.firstChannel() + part.channels(); example++) {
            System.arraycopy(m, bias + first, m, rows + example * step + first, part.positions() * site.lanes());
        }
        return Kernels.ADD;
    }

    private static Shares examples(Pass pass) {
        return Shares.of(pass.examples, EXAMPLES_A_TASK, TILE);
    }

    private int across() {
        return Math.ceilDiv(vectors, VECTORS_A_TASK);
    }

    /** The part of a pattern that a task computes. */
    private Part part(int task, Shares channels) {
        int vector = task % across() * VECTORS_A_TASK;
        int share = task / across();
        return new Part(
                channels.first(share), channels.lengthOf(share), vector, Math.min(VECTORS_A_TASK, vectors - vector));
    }

    /** What is summed over, inputs or examples: so many at once of {@code count} from the {@code first} on. */
    private record Summands(int first, int count, int atOnce) {}

    private void multiply(Pass pass, Pattern pattern, Part part, Summands sum, int start, int from, int to) {
        int end = sum.first() + sum.count();
        for (int first = sum.first(); first < end; first += sum.atOnce()) {
            site.kernels()
                    .product(
                            pattern,
                            part,
                            first,
                            Math.min(sum.atOnce(), end - first),
                            pass.batch.inputs(),
                            pass.firstExample * inputs,
                            first == sum.first() ? start : Kernels.ADD,
                            pass.memory,
                            from,
                            to);
        }
    }

    @Override
    public void backward(Schedule schedule) {
        int lanes = site.lanes();
        var rows = new ExampleRows(site, out.gradient(), step);
        rows.plan(schedule);
        var pattern = new Pattern(
                inputs,
                1,
                inputs,
                Pattern.steps(site.groups() * lanes, step),
                Pattern.steps(vectors, lanes),
                Pattern.steps(vectors, lanes),
                step);
        schedule.perGroup(title + ", rows", rows::write, rows.touched());
        int shift = site.parameters().gradientShift();
        int tasks = across() * shares.count();
        schedule.whole(
                title + ", weight gradient",
                _ -> tasks + 1,
                (pass, task, _) -> {
                    if (task < tasks) {
                        var sum = new Summands(0, pass.examples, EXAMPLES_AT_ONCE);
                        multiply(pass, pattern, part(task, shares), sum, Kernels.ZERO, rows.at(), weights + shift);
                    } else if (bias >= 0) {
                        rows.sum(pass, bias + shift);
                    }
                },
                rows.buffer());
    }
}
