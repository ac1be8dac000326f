package fathom.manifold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fathom.manifold.Embedding.Ending;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TsneTest {
    private static final Tsne QUICK =
            Tsne.DEFAULT.withThreads(2).withIterations(300).withExaggeration(12, 100);

    private static int[] labels(int n, int clouds) {
        int[] labels = new int[n];
        Arrays.setAll(labels, i -> i % clouds);
        return labels;
    }

    @ParameterizedTest
    @EnumSource(
            value = Method.class,
            names = {"EXACT", "MESH"})
    void cloudsStayApart(Method method) {
        Matrix points = Tables.clouds(600, 10, 5, 5, 1);
        Embedding embedding = QUICK.withMethod(method).fit(points);
        assertThat(embedding.method()).isEqualTo(method);
        assertThat(embedding.iterations()).isEqualTo(300);
        assertThat(embedding.ending()).isEqualTo(Ending.FINISHED);
        assertThat(Quality.labelAccuracy(embedding.map(), labels(600, 5), 10, 1))
                .isEqualTo(1);
        assertThat(Quality.trustworthiness(points, embedding.map(), 12, 1)).isGreaterThan(0.95);
    }

    @Test
    void theKlOfTheExactMethodIsTheExactKl() {
        Matrix points = Tables.clouds(400, 10, 5, 2, 1);
        Embedding embedding = QUICK.fit(points);
        assertThat(embedding.kl()).isCloseTo(Quality.divergence(points, embedding.map(), 30, 1), within(1e-4));
    }

    @Test
    void theKlOfTheMeshMethodIsTheExactKl() {
        Matrix points = Tables.clouds(2300, 10, 5, 2, 1);
        Embedding embedding = QUICK.fit(points);
        assertThat(embedding.method()).isEqualTo(Method.MESH);
        assertThat(embedding.kl()).isCloseTo(Quality.divergence(points, embedding.map(), 30, 2), within(1e-3));
    }

    /**
     * scikit-learn 1.2.1, TSNE(perplexity=10, init="pca", method="exact"), reached 0.294, 0.285 and 0.272 for seeds 0, 1, 2.
     */
    @Test
    void theOptimumIsAsGoodAsThatOfScikitLearn() {
        Embedding embedding = Tsne.DEFAULT.withPerplexity(10).withThreads(1).fit(Tables.waves(60, 7));
        assertThat(embedding.kl()).isLessThan(0.295);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 2300})
    void theSameToTheLastBitAgainAndForAnyNumberOfThreads(int n) {
        Matrix points = Tables.clouds(n, 10, 5, 3, 2);
        float[] one = QUICK.withThreads(1).withIterations(150).fit(points).map().values();
        for (int threads : new int[] {1, 2, 4}) {
            assertThat(QUICK.withThreads(threads)
                            .withIterations(150)
                            .fit(points)
                            .map()
                            .values())
                    .isEqualTo(one);
        }
    }

    @Test
    void warmingUpChangesNoMap() throws InterruptedException {
        Matrix points = Tables.clouds(2300, 10, 5, 3, 2);
        Tsne tsne = QUICK.withIterations(20);
        float[] before = tsne.fit(points).map().values();
        tsne.warmUp(2300);
        assertThat(tsne.fit(points).map().values()).isEqualTo(before);
        for (Kernels kernels : new Kernels[] {Kernels.plain(), Kernels.vector()}) {
            Thread rehearsal = Thread.ofPlatform().start(new Rehearsal(kernels));
            rehearsal.join(60_000);
            assertThat(rehearsal.isAlive()).isFalse();
        }
    }

    @Test
    void anotherSeedGivesAnotherMapFromARandomStart() {
        Matrix points = Tables.clouds(200, 10, 5, 3, 2);
        Tsne random = QUICK.withStart(new Start.Random());
        float[] first = random.withSeed(1).fit(points).map().values();
        assertThat(random.withSeed(1).fit(points).map().values()).isEqualTo(first);
        assertThat(random.withSeed(2).fit(points).map().values()).isNotEqualTo(first);
    }

    @Test
    void aMapInSpaceHasThreeCoordinatesAndSeparatesClouds() {
        Embedding embedding = QUICK.withDims(3).fit(Tables.clouds(300, 10, 6, 5, 1));
        assertThat(embedding.map().columns()).isEqualTo(3);
        assertThat(Quality.labelAccuracy(embedding.map(), labels(300, 6), 5, 1)).isEqualTo(1);
        assertThatThrownBy(() -> QUICK.withDims(3).withMethod(Method.MESH))
                .hasMessageContaining("the mesh method makes maps of 2 dimensions, got dims = 3");
    }

    @Test
    void theListenerSeesKlFallAndTheMapMove() {
        List<Watch.Snapshot> seen = new ArrayList<>();
        Embedding embedding = QUICK.fit(Tables.clouds(300, 10, 5, 2, 1), Watch.every(50, seen::add));
        assertThat(seen).hasSize(6);
        assertThat(seen.getFirst().iteration()).isEqualTo(49);
        assertThat(seen.getLast().kl()).isLessThan(seen.getFirst().kl());
        assertThat(seen.getLast().kl()).isCloseTo(embedding.kl(), within(1e-2));
        assertThat(seen.getLast().gradientNorm()).isPositive();
        assertThat(seen.getLast().map().rows()).isEqualTo(300);
        assertThat(seen.get(0).map().values()).isNotEqualTo(seen.get(1).map().values());
    }

    /** numpy: 4 Σ (p − q) w (y_i − y_j) for P of scikit-learn at perplexity 10 and the first two columns as map. */
    @Test
    void theGradientNormIsThatOfTheDefinition() {
        Matrix points = Tables.waves(60, 7);
        Matrix map = Matrix.zeros(60, 2);
        for (int i = 0; i < 60; i++) {
            map.values()[2 * i] = points.at(i, 0);
            map.values()[2 * i + 1] = points.at(i, 1);
        }
        List<Watch.Snapshot> seen = new ArrayList<>();
        Tsne.DEFAULT
                .withPerplexity(10)
                .warmFrom(map)
                .withIterations(2)
                .withLearningRate(1e-9)
                .fit(points, Watch.every(1, seen::add));
        assertThat(seen.getFirst().kl()).isCloseTo(1.2203802609332617, within(1e-4));
        assertThat(seen.getFirst().gradientNorm()).isCloseTo(0.06297143015134754, within(1e-5));
    }

    @Test
    void cancellingEndsWithinOneIterationWithTheMapAsItStands() {
        AtomicInteger asked = new AtomicInteger();
        var watch = new Watch(1000, snapshot -> {}, () -> asked.incrementAndGet() > 120);
        Embedding embedding = QUICK.fit(Tables.clouds(300, 10, 5, 2, 1), watch);
        assertThat(embedding.ending()).isEqualTo(Ending.CANCELLED);
        assertThat(embedding.iterations()).isEqualTo(120);
        assertThat(embedding.map().values()).isNotEqualTo(new float[600]);
    }

    @Test
    void aWarmStartGoesOnWhereTheMapWas() {
        Matrix points = Tables.clouds(300, 10, 5, 2, 1);
        Embedding half = QUICK.fit(points);
        Embedding whole = QUICK.warmFrom(half.map()).withIterations(200).fit(points);
        assertThat(whole.kl()).isLessThan(half.kl());
        assertThat(Procrustes.align(whole.map(), half.map()).disparity()).isLessThan(0.1);
        assertThat(QUICK.warmFrom(half.map())
                        .withIterations(0)
                        .fit(points)
                        .map()
                        .values())
                .containsExactly(half.map().values(), within(1e-4f));
        assertThatThrownBy(() -> QUICK.warmFrom(Matrix.zeros(299, 2)).fit(points))
                .hasMessage("the given start is 299 × 2, but the map is to be 300 × 2");
    }

    @Test
    void aSettledMapEndsEarly() {
        Embedding embedding = QUICK.withIterations(5000).withSettledBelow(0.01).fit(Tables.clouds(300, 10, 5, 2, 1));
        assertThat(embedding.ending()).isEqualTo(Ending.SETTLED);
        assertThat(embedding.iterations()).isLessThan(2000);
    }

    @Test
    void newPointsComeToLieAmongTheirOwnKindWhereverTheOthersGo() {
        Matrix all = Tables.clouds(700, 10, 5, 5, 1);
        int[] old = new int[600];
        Arrays.setAll(old, i -> i);
        int[] fresh = new int[100];
        Arrays.setAll(fresh, i -> 600 + i);
        Matrix points = all.select(old);
        Matrix map = QUICK.fit(points).map();
        Matrix placed = QUICK.place(all.select(fresh), points, map);
        Neighbors nearest = Neighbors.of(placed, map, 1, 1);
        for (int i = 0; i < 100; i++) {
            assertThat(nearest.index(i, 0) % 5).isEqualTo((600 + i) % 5);
        }
        Matrix alone = QUICK.place(all.select(new int[] {650}), points, map);
        assertThat(alone.values()).isEqualTo(placed.row(50));
    }

    @Test
    void anOldPointIsPlacedWhereItIs() {
        Matrix points = Tables.clouds(500, 10, 5, 3, 1);
        Matrix map = QUICK.withIterations(800).fit(points).map();
        Matrix placed = QUICK.place(points, points, map);
        assertThat(Procrustes.align(placed, map).disparity()).isLessThan(0.01);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 20, 60})
    void fewPointsGiveAFiniteMap(int n) {
        for (Method method : Method.values()) {
            Embedding embedding = QUICK.withMethod(method).fit(Tables.noise(n, 5, 3));
            assertThat(embedding.map().finite("the map").rows()).isEqualTo(n);
            assertThat(embedding.kl()).isBetween(-1e-5, 10.0);
            assertThat(embedding.perplexity()).isBetween(1.0, Math.max(1, (n - 1) / 3.0));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 2500})
    void equalPointsStayWhereTheyAre(int n) {
        Matrix points = Matrix.of(n, 4, new float[n * 4]);
        assertThat(QUICK.fit(points).map().values()).containsOnly(0);
        assertThat(QUICK.withStart(new Start.Random())
                        .fit(points)
                        .map()
                        .finite("the map")
                        .rows())
                .isEqualTo(n);
    }

    @Test
    void aConstantFirstColumnIsNoMatter() {
        Matrix points = Tables.clouds(2200, 6, 4, 5, 1);
        for (int i = 0; i < 2200; i++) {
            points.values()[i * 6] = 3;
        }
        Embedding embedding = QUICK.fit(points);
        // As in the points themselves, where the clouds touch, but for two in a hundred that two dimensions have no
        // room for.
        assertThat(Quality.labelAccuracy(embedding.map(), labels(2200, 4), 10, 1))
                .isGreaterThan(Quality.labelAccuracy(points, labels(2200, 4), 10, 1) - 0.02);
    }

    @Test
    void oneColumnGivesAMapOfTwo() {
        Embedding embedding = QUICK.fit(Tables.noise(200, 1, 1));
        assertThat(embedding.map().columns()).isEqualTo(2);
        assertThat(Quality.trustworthiness(Tables.noise(200, 1, 1), embedding.map(), 10, 1))
                .isGreaterThan(0.95);
    }

    @ParameterizedTest
    @EnumSource(
            value = Method.class,
            names = {"EXACT", "MESH"})
    void pointsOnALineMayLeaveIt(Method method) {
        Matrix points = Tables.noise(300, 2, 1);
        for (int i = 0; i < 300; i++) {
            points.values()[2 * i + 1] = 3;
        }
        Matrix map = QUICK.withMethod(method).fit(points).map();
        double[] variances = Pca.fit(map, 2, 1).variances();
        assertThat(variances[1]).isGreaterThan(1e-6 * variances[0]);
    }

    @ParameterizedTest
    @EnumSource(
            value = Method.class,
            names = {"EXACT", "MESH"})
    void aMapThatFliesApartIsRefused(Method method) {
        Matrix points = Tables.clouds(300, 10, 5, 3, 1);
        for (double rate : new double[] {1e30, 1e300}) {
            assertThatThrownBy(() ->
                            QUICK.withMethod(method).withLearningRate(rate).fit(points))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the map flew apart at iteration")
                    .hasMessageContaining("choose a smaller learning rate, or a start nearer 0");
        }
        Matrix start = Tables.scaled(Tables.noise(300, 2, 1), 1e25f);
        assertThatThrownBy(() -> QUICK.withMethod(method).warmFrom(start).fit(points))
                .hasMessageContaining("the map flew apart at iteration 0");
    }

    @Test
    void aPerplexityBetweenWholeNumbersIsUsedAsItIs() {
        Embedding embedding = QUICK.withMethod(Method.MESH)
                .withPerplexity(10.5)
                .withIterations(1)
                .fit(Tables.noise(200, 3, 1));
        assertThat(embedding.perplexity()).isEqualTo(10.5);
    }

    @Test
    void twoFarCloudsAreTwoIslands() {
        Matrix points = Tables.noise(2400, 5, 1);
        for (int i = 0; i < 2400; i += 2) {
            points.values()[i * 5] += 1e5f;
        }
        Embedding embedding = QUICK.fit(points);
        assertThat(Quality.labelAccuracy(embedding.map(), labels(2400, 2), 10, 1))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(floats = {1e-30f, 1e30f})
    void theScaleOfTheDataIsNoMatter(float scale) {
        Matrix points = Tables.clouds(200, 6, 4, 5, 1);
        Embedding embedding = QUICK.fit(Tables.scaled(points, scale));
        assertThat(embedding.kl()).isCloseTo(QUICK.fit(points).kl(), within(0.05));
    }

    @Test
    void aHundredThousandDuplicatesAreMapped() {
        Matrix points = Tables.noise(500, 3, 1);
        int[] chosen = new int[100_000];
        Arrays.setAll(chosen, i -> i % 500);
        Embedding embedding = QUICK.withPerplexity(5).withIterations(5).fit(points.select(chosen));
        assertThat(embedding.map().finite("the map").rows()).isEqualTo(100_000);
    }

    @Test
    void tooLittleMemoryIsSaidBeforeAnyIsTaken() {
        Matrix points = Matrix.of(1_000_000, 2, new float[2_000_000]);
        assertThat(Tsne.DEFAULT.memory(1_000_000, 2)).isBetween(1L << 30, 6L << 30);
        assertThatThrownBy(() -> Tsne.DEFAULT.withPerplexity(500).fit(points))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1000000 × 2 points needs about")
                .hasMessageContaining("-Xmx");
        Matrix many = Matrix.zeros(46_337, 1);
        assertThatThrownBy(() -> Tsne.DEFAULT.withDims(3).fit(many))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the exact method takes at most 46336 points, got 46337: use the mesh method, which makes maps of"
                                + " 2 dimensions");
        assertThatThrownBy(() -> Tsne.DEFAULT.withDims(3).fit(Matrix.zeros(46_336, 1)))
                .hasMessageContaining("needs about 8")
                .hasMessageContaining("-Xmx");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        Matrix points = Tables.noise(10, 2, 1);
        points.values()[5] = Float.NaN;
        assertThatThrownBy(() -> QUICK.fit(points)).hasMessageContaining("NaN at row 2, column 1 (from 0)");
        assertThatThrownBy(() -> QUICK.withPerplexity(0.5)).hasMessage("perplexity must be at least 1, got 0.5");
        assertThatThrownBy(() -> QUICK.withLearningRate(-1)).hasMessage("the learning rate must be positive, got -1.0");
        assertThatThrownBy(() -> QUICK.withDims(4)).hasMessage("dims must be 2 or 3, got 4");
        assertThatThrownBy(() -> QUICK.withThreads(0)).hasMessage("threads must be at least 1, got 0");
    }
}
