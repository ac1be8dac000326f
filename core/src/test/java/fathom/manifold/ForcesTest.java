package fathom.manifold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Affinities and forces against their definitions, summed in double over all pairs. */
class ForcesTest {
    @Test
    void theEntropyOfACalibratedRowIsTheLogarithmOfThePerplexity() {
        float[] squared = new float[90];
        for (int i = 0; i < 90; i++) {
            squared[i] = 3 + 0.1f * i * i;
        }
        double[] p = new Calibration(30, 90).calibrate(squared, 0);
        double entropy = 0;
        double sum = 0;
        for (double value : p) {
            entropy -= value * Math.log(value);
            sum += value;
        }
        assertThat(Math.exp(entropy)).isCloseTo(30, within(1e-4));
        assertThat(sum).isCloseTo(1, within(1e-12));
        assertThat(p[0]).isGreaterThan(p[1]);
    }

    @Test
    void rowsThatNoBandwidthCanCalibrateHaveTheirLimit() {
        assertThat(new Calibration(30, 10).calibrate(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 0))
                .containsOnly(0.1);
        assertThat(new Calibration(2, 4).calibrate(new float[] {0, 0, 0, 0}, 0)).containsOnly(0.25);
        assertThat(new Calibration(2, 5).calibrate(new float[] {0, 0, 0, 7, 9}, 0))
                .containsExactly(1 / 3.0, 1 / 3.0, 1 / 3.0, 0, 0);
        double[] far = new Calibration(1.5, 4).calibrate(new float[] {1, 1e30f, 1e30f, 1e30f}, 0);
        assertThat(far[0] + far[1] + far[2] + far[3]).isCloseTo(1, within(1e-9));
        double[] near = new Calibration(2.9, 3).calibrate(new float[] {1e-30f, 2e-30f, 4e-30f}, 0);
        assertThat(near[0]).isBetween(1 / 3.0, 0.5);
    }

    /** Numbers from scikit-learn 1.2.1, sklearn.manifold._t_sne._joint_probabilities with perplexity 10. */
    @Test
    void theFullPIsThatOfScikitLearn() {
        Matrix points = Tables.waves(60, 7);
        try (Team team = new Team(2)) {
            Distances distances = PairForces.distances(points, new VectorTiles(), team);
            Affinities.dense(distances.squared(), 60, distances.stride(), 10, team);
            float[] p = distances.squared();
            assertThat(p[1]).isCloseTo(8.79399e-5f, within(2e-8f));
            assertThat(p[3]).isCloseTo(0.00214752f, within(2e-7f));
            assertThat(p[5 * distances.stride()]).isCloseTo(0.000479487f, within(1e-7f));
            double sum = 0;
            for (float value : p) {
                sum += value;
            }
            assertThat(sum).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void theSparsePIsSymmetricAndSumsToOne() {
        Matrix points = Tables.clouds(700, 5, 4, 2, 3);
        try (Team team = new Team(2)) {
            Tiles tiles = new VectorTiles();
            Edges edges = Affinities.sparse(Neighbors.among(points, 30, tiles, team), 10, 16, team);
            double[][] p = dense(edges);
            double sum = 0;
            for (int i = 0; i < 700; i++) {
                assertThat(p[i][i]).isZero();
                for (int j = 0; j < 700; j++) {
                    assertThat(p[i][j]).isCloseTo(p[j][i], within(1e-10));
                    sum += p[i][j];
                }
            }
            assertThat(sum).isCloseTo(1, within(1e-5));
        }
    }

    private static double[][] dense(Edges edges) {
        double[][] p = new double[edges.points()][edges.points()];
        for (int i = 0; i < p.length; i++) {
            for (int e = edges.start(i); e < edges.end(i); e++) {
                p[i][edges.columns()[e]] += edges.weight(e);
            }
        }
        return p;
    }

    /** Maps from the very small one at the start to one so large that the mesh is coarse. */
    @ParameterizedTest
    @CsvSource({"0.0001, 2e-4", "0.01, 2e-4", "1, 2e-4", "4, 1e-3", "12, 1e-3", "40, 1e-3", "150, 1e-3"})
    void meshForcesAreThoseOfAllPairs(float size, double tolerance) {
        Matrix map = Tables.scaled(Tables.clouds(2500, 2, 12, 3, 5), size / 18);
        Matrix points = Tables.clouds(2500, 8, 12, 3, 6);
        for (Kernels kernels : new Kernels[] {Kernels.vector(), Kernels.plain()}) {
            Motion motion = new Motion(map);
            try (Team team = new Team(2)) {
                Neighbors neighbors = Neighbors.among(points, 30, kernels.tiles(), team);
                Edges edges = Affinities.sparse(neighbors, 10, kernels.loops().lanes(), team);
                MeshForces forces = new MeshForces(edges, kernels.loops());
                double z = forces.evaluate(motion, team);
                Exact exact = new Exact(map, dense(edges));
                assertThat(z / exact.z).isCloseTo(1, within(1e-4));
                assertThat(exact.errorOfPush(motion)).isLessThan(tolerance);
                assertThat(exact.errorOfPull(motion)).isLessThan(1e-5);
                assertThat(forces.divergence(motion, z, team)).isCloseTo(exact.kl, within(1e-4 * exact.kl));
            }
        }
    }

    /** A map 40 times longer than high, and one on a single line. */
    @Test
    void flatMapsAreNoMatter() {
        for (float flatness : new float[] {0.025f, 0}) {
            Matrix map = Tables.scaled(Tables.noise(2200, 2, 5), 20);
            for (int i = 0; i < 2200; i++) {
                map.values()[2 * i + 1] *= flatness;
            }
            Motion motion = new Motion(map);
            try (Team team = new Team(1)) {
                Neighbors neighbors = Neighbors.among(map, 5, new VectorTiles(), team);
                Edges edges = Affinities.sparse(neighbors, 1.5, new VectorLoops().lanes(), team);
                new MeshForces(edges, new VectorLoops()).evaluate(motion, team);
                assertThat(new Exact(map, dense(edges)).errorOfPush(motion)).isLessThan(1e-3);
            }
        }
    }

    /** Maps of an ordinary size, and ones so wide that Z is far less than the 1 of a point beside itself. */
    @ParameterizedTest
    @ValueSource(floats = {4, 4e5f})
    void pairForcesAreThoseOfTheDefinitionInPlaneAndSpace(float size) {
        for (int dims : new int[] {2, 3}) {
            Matrix map = Tables.scaled(Tables.noise(333, dims, 5), size);
            Matrix points = Tables.clouds(333, 6, 4, 2, 6);
            Motion motion = new Motion(map);
            try (Team team = new Team(2)) {
                Distances distances = PairForces.distances(points, new VectorTiles(), team);
                float[] p = distances.squared();
                PairForces forces = PairForces.of(distances, 333, 10, new VectorLoops(), team);
                double[][] dense = new double[333][333];
                for (int i = 0; i < 333; i++) {
                    for (int j = 0; j < 333; j++) {
                        dense[i][j] = p[i * distances.stride() + j];
                    }
                }
                double z = forces.evaluate(motion, team);
                Exact exact = new Exact(map, dense);
                assertThat(z / exact.z).isCloseTo(1, within(1e-6));
                assertThat(exact.errorOfPush(motion)).isLessThan(1e-5);
                assertThat(exact.errorOfPull(motion)).isLessThan(1e-5);
                assertThat(forces.divergence(motion, z, team)).isCloseTo(exact.kl, within(1e-5));
                assertThat(Quality.divergence(points, map, 10, 2)).isCloseTo(exact.kl, within(1e-5));
            }
        }
    }

    private static final class Exact {
        final double[][] pull;
        final double[][] push;
        final double z;
        final double kl;

        Exact(Matrix map, double[][] p) {
            int n = map.rows();
            int dims = map.columns();
            pull = new double[dims][n];
            push = new double[dims][n];
            double sum = 0;
            double attraction = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    if (i == j) {
                        continue;
                    }
                    double w = 1 / (1 + Tables.squaredDistance(map, i, j));
                    sum += w;
                    for (int c = 0; c < dims; c++) {
                        double difference = (double) map.at(i, c) - map.at(j, c);
                        pull[c][i] += p[i][j] * w * difference;
                        push[c][i] += w * w * difference;
                    }
                    attraction += p[i][j] > 0 ? p[i][j] * Math.log(p[i][j] / w) : 0;
                }
            }
            z = sum;
            kl = attraction + Math.log(z);
        }

        double errorOfPush(Motion motion) {
            return error(push, motion.push);
        }

        double errorOfPull(Motion motion) {
            return error(pull, motion.pull);
        }

        private static double error(double[][] expected, float[][] found) {
            double off = 0;
            double all = 0;
            for (int c = 0; c < expected.length; c++) {
                for (int i = 0; i < expected[c].length; i++) {
                    off += Math.pow(found[c][i] - expected[c][i], 2);
                    all += Math.pow(expected[c][i], 2);
                }
            }
            return Math.sqrt(off / all);
        }
    }
}
