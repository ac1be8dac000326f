package fathom.engine.vector;

import fathom.data.Batch;
import fathom.engine.Sampling;
import fathom.model.Layer;
import fathom.model.Network;
import fathom.model.Shape;
import fathom.random.Draws;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The engine's products and convolutions as a training step runs them, all that belongs to each, on one thread. An operation
 * is a multiplication or an addition, so operations a nanosecond are GFLOP/s; beside them belongs {@code
 * ceilingOfMultiplying} of {@link fathom.manifold.KernelBench}, what the processor gives when nothing has to be read.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
public class LayerKernelBench {
    private static final int EXAMPLES = 256;
    private static final int PICTURES = 64;
    private static final int UNITS = 512;
    private static final int CHANNELS = 64;
    private static final int SIDE = 14;
    private static final String FORWARD = "layer ";

    private final Kernels kernels = new VectorKernels();
    private Piece dense = new Piece(Layer.linear(UNITS), Shape.of(UNITS), EXAMPLES);
    private Piece convolution = new Piece(Layer.convSame(CHANNELS, 3), Shape.of(CHANNELS, SIDE, SIDE), PICTURES);

    /** One layer with its memory. */
    private final class Piece {
        private final List<Schedule.Stage> stages;
        private final Pass pass;

        Piece(Layer layer, Shape shape, int examples) {
            var schedule = new Schedule();
            int lanes = kernels.lanes();
            int groups = examples / lanes;
            var network = Network.of(Layer.chain(Layer.relu(), layer), shape); // not the first, which reads rows
            var parameters = new Parameters(network, Workspace.BEGIN, lanes, List.of(), false);
            var site = new Site(kernels, parameters, groups, 1, true);
            var in = new Value("in", shape, lanes, true);
            var out = new Value("out", network.output(), lanes, true);
            Operation operation = layer instanceof Layer.Linear
                    ? new Dense(site, FORWARD, "1.weight", "1.bias", in, out)
                    : convolution(site, parameters, in, out);
            operation.forward(schedule);
            operation.backward(schedule);
            for (Value value : List.of(in, out, in.gradient(), out.gradient())) {
                schedule.keep(value);
            }
            int end = Math.toIntExact(schedule.place(parameters.end(), groups, 1));
            stages = schedule.legs().stream()
                    .flatMap(leg -> leg.segments().stream())
                    .flatMap(segment -> segment.stages().stream())
                    .toList();
            var memory = new float[end];
            var draws = Draws.of(1, "bench", 0);
            for (int i = 0; i < end; i++) {
                memory[i] = (float) draws.nextGaussian();
            }
            var batch = new Batch(shape, new float[examples * shape.count()], new int[examples]);
            pass = new Pass(memory, batch, 0, examples, lanes, 1, 0, Sampling.TRAINING);
        }

        private Operation convolution(Site site, Parameters parameters, Value in, Value out) {
            var geometry = new Convolution.Geometry(3, 1, 1, parameters.at("1.weight"), parameters.at("1.bias"));
            return new Convolution(site, FORWARD, in, out, geometry, false);
        }

        /** Runs every stage that has one of these words in its title; without words those of the way forward. */
        float[] run(String... words) {
            for (Schedule.Stage stage : stages) {
                if (isMeant(stage.title(), words)) {
                    run(stage);
                }
            }
            return pass.memory;
        }

        private void run(Schedule.Stage stage) {
            switch (stage) {
                case Schedule.Stage.PerGroup(var _, Schedule.Work work) -> run(work, pass.groups);
                case Schedule.Stage.Whole(var _, Schedule.Tasks tasks, Schedule.Work work) -> run(work, tasks.of(pass));
                case Schedule.Stage.PerBunch(var _, Schedule.BunchWork work) -> work.run(pass, 0, pass.groups);
                case Schedule.Stage.Stepwise _ -> throw new IllegalStateException("neither layer has steps");
            }
        }

        private void run(Schedule.Work work, int count) {
            for (int number = 0; number < count; number++) {
                work.run(pass, number, 0);
            }
        }

        private static boolean isMeant(String title, String... words) {
            if (words.length == 0) {
                return title.equals(FORWARD);
            }
            return List.of(words).stream().anyMatch(title::contains);
        }
    }

    /** Fails if a name above no longer finds its stages. */
    @Setup
    public void check() {
        for (Piece piece : List.of(dense, convolution)) {
            long stages = piece.stages.stream()
                    .filter(stage -> Piece.isMeant(stage.title()) || Piece.isMeant(stage.title(), "gradient"))
                    .count();
            if (stages < 3) {
                throw new IllegalStateException("found only %d stages".formatted(stages));
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(2 * EXAMPLES * UNITS * UNITS)
    public float[] linearForward() {
        return dense.run();
    }

    @Benchmark
    @OperationsPerInvocation(2 * EXAMPLES * UNITS * UNITS)
    public float[] linearInputGradient() {
        return dense.run("input gradient");
    }

    @Benchmark
    @OperationsPerInvocation(2 * EXAMPLES * UNITS * UNITS)
    public float[] linearWeightGradient() {
        return dense.run("rows", "weight gradient");
    }

    @Benchmark
    @OperationsPerInvocation(2 * PICTURES * CHANNELS * CHANNELS * 9 * SIDE * SIDE)
    public float[] convolutionForward() {
        return convolution.run();
    }

    @Benchmark
    @OperationsPerInvocation(2 * PICTURES * CHANNELS * CHANNELS * 9 * SIDE * SIDE)
    public float[] convolutionInputGradient() {
        return convolution.run("input gradient");
    }

    @Benchmark
    @OperationsPerInvocation(2 * PICTURES * CHANNELS * CHANNELS * 9 * SIDE * SIDE)
    public float[] convolutionWeightGradient() {
        return convolution.run("weight gradient", "add slices");
    }
}
