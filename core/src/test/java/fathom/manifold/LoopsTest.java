package fathom.manifold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vector loops against the plain ones, and both against sums in double. */
class LoopsTest {
    private static final Kernels PLAIN = Kernels.plain();
    private static final Kernels VECTOR = Kernels.vector();

    @Test
    void productsAndDistancesAreThoseOfTheirDefinition() {
        for (Kernels kernels : new Kernels[] {PLAIN, VECTOR}) {
            Tiles tiles = kernels.tiles();
            int width = tiles.width();
            int depth = 37;
            float[] a = Tables.noise(depth, width, 1).values();
            float[] b = Tables.noise(depth, width, 2).values();
            float[] products = new float[Tiles.ROWS * width];
            float[] distances = new float[Tiles.ROWS * width];
            tiles.addProducts(a, 0, 1, width, b, 0, depth, products, 0, width);
            tiles.addSquaredDistances(a, 0, b, 0, depth, distances, 0, width);
            for (int r = 0; r < Tiles.ROWS; r++) {
                for (int c = 0; c < width; c++) {
                    double product = 0;
                    double distance = 0;
                    for (int k = 0; k < depth; k++) {
                        double x = a[k * width + r];
                        double y = b[k * width + c];
                        product += x * y;
                        distance += (x - y) * (x - y);
                    }
                    assertThat((double) products[r * width + c]).isCloseTo(product, within(1e-4));
                    assertThat((double) distances[r * width + c]).isCloseTo(distance, within(1e-4));
                }
            }
        }
    }

    @Test
    void theNumbersNotAboveTheirLimitAreFound() {
        float[] values = Tables.noise(1, 77, 3).values();
        float[] limits = Tables.noise(1, 77, 4).values();
        values[5] = limits[5];
        int[] plain = new int[77];
        int[] vector = new int[77];
        for (int step = 0; step < 2; step++) {
            int found = PLAIN.tiles().notAbove(values, 0, 77, limits, 0, step, plain);
            assertThat(VECTOR.tiles().notAbove(values, 0, 77, limits, 0, step, vector))
                    .isEqualTo(found);
            assertThat(vector).startsWith(Arrays.copyOf(plain, found));
        }
        assertThat(plain).contains(5);
        assertThat(VECTOR.tiles().below(values, 1, 70, 0.3f))
                .isEqualTo(PLAIN.tiles().below(values, 1, 70, 0.3f));
    }

    /** Against the sum that defines it; lengths of one, two and three kinds of stages. */
    @ParameterizedTest
    @ValueSource(ints = {32, 48, 64, 96, 128, 192})
    void aTransformIsThatOfFourier(int n) {
        for (Kernels kernels : new Kernels[] {PLAIN, VECTOR}) {
            int lanes = kernels.loops().lanes();
            float[] re = Tables.noise(n, lanes, 1).values();
            float[] im = Tables.noise(n, lanes, 2).values();
            float[] wasRe = re.clone();
            float[] wasIm = im.clone();
            float[] re2 = new float[n * lanes];
            float[] im2 = new float[n * lanes];
            Twiddles twiddles = new Twiddles(n);
            kernels.loops().transform(re, im, re2, im2, twiddles, false);
            int v = lanes - 1;
            for (int k = 0; k < n; k += 5) {
                double r = 0;
                double i = 0;
                for (int j = 0; j < n; j++) {
                    double angle = -2 * Math.PI * j * k / n;
                    r += wasRe[j * lanes + v] * Math.cos(angle) - wasIm[j * lanes + v] * Math.sin(angle);
                    i += wasRe[j * lanes + v] * Math.sin(angle) + wasIm[j * lanes + v] * Math.cos(angle);
                }
                assertThat((double) re[k * lanes + v]).isCloseTo(r, within(1e-4));
                assertThat((double) im[k * lanes + v]).isCloseTo(i, within(1e-4));
            }
            kernels.loops().transform(re, im, re2, im2, twiddles, true);
            for (int i = 0; i < re.length; i++) {
                assertThat(re[i] / n).isCloseTo(wasRe[i], within(1e-5f));
                assertThat(im[i] / n).isCloseTo(wasIm[i], within(1e-5f));
            }
        }
    }

    @Test
    void aConvolutionIsTheSumOverAllNodes() {
        for (Kernels kernels : new Kernels[] {PLAIN, VECTOR}) {
            try (Team team = new Team(1)) {
                Convolution convolution = new Convolution(96, 64, kernels.loops());
                convolution.setKernel(squared -> Math.exp(-squared / 8), 1, team);
                Mesh mesh = new Mesh();
                mesh.place(30, convolution.stride(40), 0, 0, 1);
                int[] charged = {15 * mesh.stride + 20, 10 * mesh.stride + 30, 20 * mesh.stride + 7};
                for (int node : charged) {
                    mesh.values[node] = 1;
                }
                convolution.apply(mesh, team);
                // What it gives at nodes is the kernel divided twice by the spline: spread it twice to compare.
                double sum = 0;
                for (int dy = -3; dy <= 3; dy++) {
                    for (int dx = -3; dx <= 3; dx++) {
                        sum += twice(dx) * twice(dy) * mesh.values[(13 + dy) * mesh.stride + 24 + dx];
                    }
                }
                double expected = Math.exp(-(4 + 16) / 8.0) + Math.exp(-(9 + 36) / 8.0) + Math.exp(-(49 + 289) / 8.0);
                assertThat(sum).isCloseTo(expected, within(1e-4));
            }
        }
    }

    /** The cubic spline's weights (1, 4, 1) / 6 at the nodes, folded with themselves. */
    private static double twice(int at) {
        double[] folded = {18 / 36.0, 8 / 36.0, 1 / 36.0, 0};
        return folded[Math.abs(at)];
    }

    @Test
    void vectorAndPlainPairsAgree() {
        for (int dims : new int[] {2, 3}) {
            int n = 45;
            int stride = 64;
            Motion plain = new Motion(Tables.noise(n, dims, 6));
            Motion vector = new Motion(Tables.noise(n, dims, 6));
            float[] affinities = Tables.noise(n, stride, 7).values();
            for (int i = 0; i < n; i++) {
                Arrays.fill(affinities, i * stride + n, (i + 1) * stride, 0);
            }
            double[] z = new double[n];
            double[] z2 = new double[n];
            PLAIN.loops().pairs(affinities, stride, 0, n, plain.at, plain.pull, plain.push, z);
            VECTOR.loops().pairs(affinities, stride, 0, n, vector.at, vector.pull, vector.push, z2);
            for (int i = 0; i < n; i++) {
                assertThat(z2[i]).isCloseTo(z[i], within(1e-4));
                for (int c = 0; c < dims; c++) {
                    assertThat(vector.pull[c][i]).isCloseTo(plain.pull[c][i], within(1e-4f));
                    assertThat(vector.push[c][i]).isCloseTo(plain.push[c][i], within(1e-4f));
                }
            }
            float[] place = {0.3f, -0.2f, dims == 3 ? 0.5f : 0};
            float[] push = new float[3];
            float[] push2 = new float[3];
            float[][] at = Placement.padded(Tables.noise(n, dims, 6), 48);
            for (int own : new int[] {-1, 0, 44}) {
                for (int c = 0; own >= 0 && c < 3; c++) {
                    place[c] = at[c][own];
                }
                double away = PLAIN.loops().pushAway(at, 48, own, place, push);
                assertThat(VECTOR.loops().pushAway(at, 48, own, place, push2)).isCloseTo(away, within(1e-4));
                assertThat(push2).containsExactly(push, within(1e-4f));
            }
        }
    }

    /** One step by hand: v ← μv − η·g·∇, where the gain g grows by 0.2 while v and ∇ disagree and shrinks to 0.8 of itself else. */
    @Test
    void aStepFollowsMomentumAndGains() {
        Motion motion = new Motion(Matrix.of(3, 2, new float[] {0, 0, 1, 1, 2, 2}));
        motion.exaggeration = 2;
        motion.momentum = 0.5f;
        motion.rate = 0.1f;
        motion.inverseZ = 0.25f;
        motion.pull[0][1] = 3;
        motion.push[0][1] = 4;
        try (Team team = new Team(1)) {
            motion.step(team);
            // Gradient 2·3 − 4/4 = 5, gain 1.2, velocity −0.6.
            assertThat(motion.at[0][1]).isCloseTo(0.4f, within(1e-6f));
            assertThat(motion.gradientNorm()).isCloseTo(20, within(1e-5));
            motion.step(team);
            // They disagree still: gain 1.4, velocity −0.3 − 0.7, and the mean of before, 0.8, is taken off.
            assertThat(motion.at[0][1]).isCloseTo(0.4f - 1 - 0.8f, within(1e-5f));
            assertThat(motion.bounds().highX()).isCloseTo(2 - 0.8f, within(1e-5f));
        }
    }
}
