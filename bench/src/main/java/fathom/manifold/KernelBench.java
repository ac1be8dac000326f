package fathom.manifold;

import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
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
 * The inner loops of the package, one thread. An operation is a floating-point operation, so operations a nanosecond are
 * GFLOP/s; for {@code ceilingOfReading} it is a byte, and they are GB/s. {@code ceilingOfMultiplying} is what the processor
 * gives when nothing has to be read.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class KernelBench {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int ROWS = 64;
    private static final int COLUMNS = 256;
    private static final int DEPTH = 256;
    private static final int COMPONENTS = 50;
    private static final int POINTS = 10_000;
    private static final int NEIGHBORS = 128;
    private static final int FEW = 512;
    private static final int SIGNAL = 256;
    private static final int MULTIPLICATIONS = 1 << 16;
    private static final int BYTES = 1 << 26;

    private final Kernels kernels = Kernels.vector();
    private final int width = kernels.tiles().width();
    private final int lanes = kernels.loops().lanes();
    private final float[] panels = new float[COLUMNS * DEPTH];
    private final float[] table = new float[ROWS * COLUMNS];
    private final float[] affinities = new float[FEW * FEW];
    private final float[] large = new float[BYTES / Float.BYTES];
    private final float[][] signals = new float[4][SIGNAL * lanes];
    private final Twiddles twiddles = new Twiddles(SIGNAL);
    private final double[] sums = new double[FEW];
    private Motion many = new Motion(Matrix.zeros(POINTS, 2));
    private Motion few = new Motion(Matrix.zeros(FEW, 2));
    private Edges edges = new Edges(1, new int[1]);

    /** Points scattered over a map of ordinary size, each with neighbours anywhere near it in memory. */
    @Setup
    public void fill() {
        var noise = new Noise(1);
        for (float[] array : new float[][] {panels, affinities, large, signals[0], signals[1]}) {
            for (int i = 0; i < array.length; i++) {
                array[i] = (float) noise.gaussian();
            }
        }
        many = new Motion(scattered(POINTS, noise));
        few = new Motion(scattered(FEW, noise));
        int[] starts = new int[POINTS + 1];
        for (int i = 0; i <= POINTS; i++) {
            starts[i] = i * NEIGHBORS;
        }
        edges = new Edges(lanes, starts);
        for (int e = 0; e < POINTS * NEIGHBORS; e++) {
            edges.set(e, (int) ((e / NEIGHBORS + e * 7_919L % 1_024) % POINTS), 1e-6f);
        }
    }

    private static Matrix scattered(int points, Noise noise) {
        Matrix map = Matrix.zeros(points, 2);
        for (int i = 0; i < map.values().length; i++) {
            map.values()[i] = (float) (20 * noise.gaussian());
        }
        return map;
    }

    /** Products of 64 × 256 vectors of 256 numbers: a multiplication and an addition each. */
    @Benchmark
    @OperationsPerInvocation(2 * ROWS * COLUMNS * DEPTH)
    public float[] products() {
        for (int c = 0; c < COLUMNS; c += width) {
            for (int r = 0; r < ROWS; r += Tiles.ROWS) {
                int row = r / width * width * DEPTH + r % width;
                kernels.tiles()
                        .addProducts(panels, row, 1, width, panels, c * DEPTH, DEPTH, table, r * COLUMNS + c, COLUMNS);
            }
        }
        return table;
    }

    /** Squared distances of 64 × 256 points of 50 numbers: a difference, a multiplication and an addition each. */
    @Benchmark
    @OperationsPerInvocation(3 * ROWS * COLUMNS * COMPONENTS)
    public float[] distances() {
        for (int c = 0; c < COLUMNS; c += width) {
            for (int r = 0; r < ROWS; r += Tiles.ROWS) {
                int row = r / width * width * COMPONENTS + r % width;
                kernels.tiles()
                        .addSquaredDistances(
                                panels, row, panels, c * COMPONENTS, COMPONENTS, table, r * COLUMNS + c, COLUMNS);
            }
        }
        return table;
    }

    /** Attraction along 128 edges of each of 10,000 points: eleven operations an edge, a division among them. */
    @Benchmark
    @OperationsPerInvocation(11 * POINTS * NEIGHBORS)
    public float[][] attraction() {
        kernels.loops().attract(edges, 0, POINTS, many.packed, many.at, many.pull);
        return many.pull;
    }

    /** All pairs of 512 points: eighteen operations a pair, a division among them. */
    @Benchmark
    @OperationsPerInvocation(18 * FEW * FEW)
    public float[][] pairs() {
        kernels.loops().pairs(affinities, FEW, 0, FEW, few.at, few.pull, few.push, sums);
        return few.push;
    }

    /** Transforms of 256 numbers, there and back, by the usual count of 5 n log₂ n, for a vector of 16 signals. */
    @Benchmark
    @OperationsPerInvocation(2 * 5 * SIGNAL * 8 * 16)
    public float[][] transforms() {
        kernels.loops().transform(signals[0], signals[1], signals[2], signals[3], twiddles, false);
        kernels.loops().transform(signals[0], signals[1], signals[2], signals[3], twiddles, true);
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < signals[i].length; j++) {
                signals[i][j] /= SIGNAL;
            }
        }
        return signals;
    }

    /** Twelve sums of products that stay in registers. Counts 16 lanes: divide by 2 or 4 where a vector has 8 or 4. */
    @Benchmark
    @OperationsPerInvocation(2 * 16 * 12 * MULTIPLICATIONS)
    public float ceilingOfMultiplying() {
        var x = FloatVector.broadcast(SPECIES, table[0] * 1e-3f);
        var y = FloatVector.broadcast(SPECIES, 0.999f);
        var s0 = x;
        var s1 = x.add(1);
        var s2 = x.add(2);
        var s3 = x.add(3);
        var s4 = x.add(4);
        var s5 = x.add(5);
        var s6 = x.add(6);
        var s7 = x.add(7);
        var s8 = x.add(8);
        var s9 = x.add(9);
        var s10 = x.add(10);
        var s11 = x.add(11);
        for (int i = 0; i < MULTIPLICATIONS; i++) {
            s0 = s0.fma(y, x);
            s1 = s1.fma(y, x);
            s2 = s2.fma(y, x);
            s3 = s3.fma(y, x);
            s4 = s4.fma(y, x);
            s5 = s5.fma(y, x);
            s6 = s6.fma(y, x);
            s7 = s7.fma(y, x);
            s8 = s8.fma(y, x);
            s9 = s9.fma(y, x);
            s10 = s10.fma(y, x);
            s11 = s11.fma(y, x);
        }
        var first = s0.add(s1).add(s2.add(s3)).add(s4.add(s5));
        var second = s6.add(s7).add(s8.add(s9)).add(s10.add(s11));
        return VectorLoops.sum(first.add(second));
    }

    /** Reads 64 MiB once. */
    @Benchmark
    @OperationsPerInvocation(BYTES)
    public float ceilingOfReading() {
        var s0 = FloatVector.zero(SPECIES);
        var s1 = s0;
        int step = 2 * SPECIES.length();
        for (int i = 0; i < large.length; i += step) {
            s0 = s0.add(FloatVector.fromArray(SPECIES, large, i));
            s1 = s1.add(FloatVector.fromArray(SPECIES, large, i + step / 2));
        }
        return VectorLoops.sum(s0.add(s1));
    }
}
