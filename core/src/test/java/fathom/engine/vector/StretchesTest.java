package fathom.engine.vector;

import static fathom.engine.vector.BothKernels.noise;
import static org.assertj.core.api.Assertions.assertThat;

import fathom.random.Draws;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every loop of {@link Stretches} against its formula in 64-bit floats. */
class StretchesTest {
    private static final int COUNT = 16 * 20;
    private static final int X = 16 + COUNT;
    private static final int Z = X + COUNT;
    private static final int U = Z + COUNT;
    private static final int Y = 16;

    /** A few roundings of 32-bit floats of size 1 to 10. */
    private static final double TOLERANCE = 2e-6;

    private final float[] m = noise(Draws.of(1, "stretches", 0), U + COUNT + 16);
    private final float[] before = m.clone();

    @ParameterizedTest
    @MethodSource("fathom.engine.vector.BothKernels#all")
    void theExponentialIsGoodTo2e7(Kernels kernels) {
        double worst = 0;
        for (int block = 0; block < 400; block++) {
            var values = new float[2 * COUNT];
            for (int i = 0; i < COUNT; i++) {
                values[i] = -87 + 175f * (block * COUNT + i) / (400 * COUNT - 1);
            }
            kernels.stretches().exponential(values, COUNT, 0, COUNT);
            for (int i = 0; i < COUNT; i++) {
                double exact = Math.exp(values[i]);
                worst = Math.max(worst, Math.abs(values[COUNT + i] - exact) / exact);
            }
        }
        assertThat(worst).isLessThan(2e-7);
    }

    @ParameterizedTest
    @MethodSource("fathom.engine.vector.BothKernels#all")
    void theExponentialIsConstantBeyond(Kernels kernels) {
        float[] ends = {-1e30f, -100, -87, 88, 100, 1e30f};
        for (int i = 0; i < COUNT; i++) {
            m[X + i] = ends[i % ends.length];
        }
        kernels.stretches().exponential(m, Y, X, COUNT);
        assertThat(m[Y]).isEqualTo(m[Y + 1]).isEqualTo(m[Y + 2]).isPositive();
        assertThat(m[Y + 5]).isEqualTo(m[Y + 4]).isEqualTo(m[Y + 3]).isLessThan(Float.POSITIVE_INFINITY);
    }

    @ParameterizedTest
    @MethodSource("fathom.engine.vector.BothKernels#all")
    void sigmoidAndTanhAreThoseOfTheBook(Kernels kernels) {
        for (int i = 0; i < COUNT; i++) {
            before[X + i] = m[X + i] *= 8;
        }
        Stretches s = kernels.stretches();
        s.sigmoid(m, Y, X, COUNT);
        expect(i -> 1 / (1 + Math.exp(-before[X + i])));
        s.tanh(m, Y, X, COUNT);
        expect(i -> Math.tanh(before[X + i]));
        s.tanh(m, X, X, COUNT); // in place
        expect(Y, i -> m[X + i]);
    }

    @ParameterizedTest
    @MethodSource("fathom.engine.vector.BothKernels#all")
    void sumsAndSlopesAreTheirFormulas(Kernels kernels) {
        Stretches s = kernels.stretches();
        s.add(m, Y, X, COUNT);
        expect(i -> (double) before[Y + i] + before[X + i]);
        s.subtract(m, Y, X, Z, COUNT);
        expect(i -> (double) before[X + i] - before[Z + i]);
        renew();
        s.max(m, Y, X, COUNT);
        expect(i -> Math.max(before[Y + i], before[X + i]));
        renew();
        s.combine(m, Y, X, COUNT, 0.5f, -3, 0.25f);
        expect(i -> 0.5 * before[Y + i] - 3.0 * before[X + i] + 0.25);
        renew();
        s.timesSigmoidSlope(m, Y, X, COUNT);
        expect(i -> before[Y + i] * slope(before[X + i], x -> x * (1 - x)));
        renew();
        s.timesTanhSlope(m, Y, X, COUNT);
        expect(i -> before[Y + i] * slope(before[X + i], x -> 1 - x * x));
    }

    private static double slope(double x, DoubleUnaryOperator of) {
        return of.applyAsDouble(x);
    }

    @ParameterizedTest
    @MethodSource("fathom.engine.vector.BothKernels#all")
    void descentFollowsItsFormula(Kernels kernels) {
        Stretches s = kernels.stretches();
        s.descend(m, Y, X, Z, COUNT, new Stretches.Descent(0.5f, 0.25f, 0, 1, 0));
        expect(i -> before[Y + i] - 0.5 * (before[X + i] + 0.25 * before[Y + i]));
        expect(Z, i -> before[Z + i]); // without momentum untouched
        renew();
        s.descend(m, Y, X, Z, COUNT, new Stretches.Descent(0.5f, 0.25f, 0.75f, 1, 0.75f));
        expect(Z, i -> 0.75 * before[Z + i] + gradient(i));
        expect(i -> before[Y + i] - 0.5 * (gradient(i) + 0.75 * (0.75 * before[Z + i] + gradient(i))));
    }

    private double gradient(int i) {
        return before[X + i] + 0.25 * before[Y + i];
    }

    @ParameterizedTest
    @MethodSource("fathom.engine.vector.BothKernels#all")
    void adamFollowsItsFormula(Kernels kernels) {
        for (int i = 0; i < COUNT; i++) {
            before[U + i] = m[U + i] = Math.abs(m[U + i]);
        }
        kernels.stretches()
                .adam(m, Y, X, Z, U, COUNT, new Stretches.AdamStep(0.125f, 0.25f, 0.875f, 0.25f, 0.5f, 2, 0.5f));
        expect(Z, this::mean);
        expect(U, this::square);
        expect(i -> 0.875 * before[Y + i] - 0.125 * mean(i) / (Math.sqrt(square(i)) * 2 + 0.5));
    }

    @ParameterizedTest
    @MethodSource("fathom.engine.vector.BothKernels#all")
    void runningSumsOfNothingEndAtZeroAndAreNeverSubnormal(Kernels kernels) {
        Arrays.fill(m, X, X + COUNT, 0);
        for (int i = 0; i < COUNT; i++) {
            m[U + i] = Math.abs(m[U + i]);
        }
        var adam = new Stretches.AdamStep(1e-3f, 0, 1, 0.1f, 0.1f, 1, 1e-8f);
        var descent = new Stretches.Descent(1e-3f, 0, 0.9f, 0, 1);
        for (int step = 0; step < 1000; step++) {
            kernels.stretches().adam(m, Y, X, Z, U, COUNT, adam);
            assertThat(subnormal(Z) + subnormal(U)).as("step %d", step).isZero();
        }
        assertThat(Arrays.copyOfRange(m, Z, U + COUNT)).containsOnly(0);
        renew();
        Arrays.fill(m, X, X + COUNT, 0);
        for (int step = 0; step < 1000; step++) {
            kernels.stretches().descend(m, Y, X, Z, COUNT, descent);
            assertThat(subnormal(Z)).as("step %d", step).isZero();
        }
        assertThat(Arrays.copyOfRange(m, Z, U)).containsOnly(0);
    }

    private long subnormal(int at) {
        return IntStream.range(at, at + COUNT)
                .filter(i -> m[i] != 0 && Math.abs(m[i]) < Float.MIN_NORMAL)
                .count();
    }

    private double mean(int i) {
        return before[Z + i] + 0.25 * (gradient(i) - before[Z + i]);
    }

    private double square(int i) {
        return before[U + i] + 0.5 * (gradient(i) * gradient(i) - before[U + i]);
    }

    private void expect(IntToDoubleFunction formula) {
        expect(Y, formula);
        for (int i = 0; i < Y; i++) { // nothing before or behind
            assertThat(m[i]).isEqualTo(before[i]);
            assertThat(m[U + COUNT + i]).isEqualTo(before[U + COUNT + i]);
        }
    }

    private void expect(int at, IntToDoubleFunction formula) {
        for (int i = 0; i < COUNT; i++) {
            double expected = formula.applyAsDouble(i);
            assertThat(Math.abs(m[at + i] - expected))
                    .as("number %d is %s, expected %s", i, m[at + i], expected)
                    .isLessThanOrEqualTo(TOLERANCE * Math.max(1, Math.abs(expected)));
        }
    }

    private void renew() {
        System.arraycopy(before, 0, m, 0, m.length);
    }
}
