package fathom.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import fathom.model.Loss;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongToDoubleFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Loss, divergence, gradients, running averages and reconstructions of random autoencoders on any engine, against {@link
 * ReferenceBound}. Seed and step name the noise, so the bound is a
 * function of the weights, and finite differences of it are as good an oracle as of any other loss. {@link
 * EngineChecks#TOLERANCE} holds here, too: the draw adds one exponential and two products, and although the loss is a sum
 * over the numbers of an example, its gradients grow with it, against which errors are measured. Cases near a bend are
 * left out; L1 has one in every number.
 */
final class RandomBoundChecks {
    private static final long SEED = 1;
    private static final int AUTOENCODERS = 40;

    private RandomBoundChecks() {}

    /** A check for each reconstruction. */
    static Stream<DynamicTest> of(Engine engine) {
        return Stream.of(Loss.Reconstruction.values())
                .map(kind -> dynamicTest(
                        "random autoencoders agree with the reference: " + kind,
                        () -> check(new Learners(engine), kind)));
    }

    private static void check(Learners learners, Loss.Reconstruction kind) {
        var cases = LongStream.range(0, 4L * AUTOENCODERS)
                .mapToObj(seed -> smooth(RandomNetworks.drawAutoencoder(seed, kind), seed))
                .flatMap(Optional::stream)
                .limit(AUTOENCODERS)
                .toList();
        assertThat(cases).hasSize(AUTOENCODERS);
        cases.forEach(it -> agreesWithTheReference(learners, it));
    }

    /** A case and the step it is checked at. */
    private record Stepped(RandomNetworks.Case it, long step) {
        ReferenceBound reference(Map<String, double[]> weights) {
            return ReferenceBound.of(it, weights, noise(Sampling.TRAINING, step), true);
        }

        @Override
        public String toString() {
            return "step %d of %s on %d × %s, %s"
                    .formatted(
                            step,
                            it.network().root(),
                            it.batch().size(),
                            it.batch().shape(),
                            it.loss());
        }
    }

    private static LongToDoubleFunction noise(Sampling sampling, long step) {
        return sampling == Sampling.NONE ? _ -> 0 : sampling.noise(SEED, "sample", step)::at;
    }

    /** Every other one with enough examples for several groups; some in the warm-up, some after it. */
    private static Optional<Stepped> smooth(RandomNetworks.Case it, long seed) {
        var sized = seed % 2 == 0 ? it : it.withExamples((int) (2 + seed % 40), seed);
        var stepped = new Stepped(sized, seed % 13);
        double margin = stepped.reference(RandomNetworks.doubles(it.weights())).margin();
        return margin > EngineChecks.MARGIN ? Optional.of(stepped) : Optional.empty();
    }

    private static void agreesWithTheReference(Learners learners, Stepped stepped) {
        var it = stepped.it();
        var loss = (Loss.Elbo) it.loss();
        String name = stepped.toString();
        var weights = RandomNetworks.doubles(it.weights());
        try (var learner = learners.open(it.network(), loss, Optimizer.sgd(0.1), 0, SEED, 1)) {
            learner.restore(it.weights(), new LinkedHashMap<>(), 0);
            EngineChecks.checkGradients(
                    learner.gradients(it.batch(), stepped.step()),
                    it,
                    changed -> {
                        var bound = stepped.reference(changed);
                        return bound.reconstruction() + loss.weight(stepped.step()) * bound.divergence();
                    },
                    name);
            assertScore(
                    learner.evaluate(it.batch()),
                    ReferenceBound.of(it, weights, noise(Sampling.EVALUATION, 0), false),
                    name + ": evaluation");
            EngineChecks.checkClose(
                    learner.predict(it.batch(), List.of()).getFirst(),
                    ReferenceBound.of(it, weights, noise(Sampling.NONE, 0), false)
                            .decoded()
                            .result(),
                    name + ": reconstructions");
            var bound = stepped.reference(weights);
            assertScore(learner.step(it.batch(), stepped.step(), 0.1), bound, name + ": a step");
            var after = learner.weights();
            bound.averages()
                    .forEach((array, values) -> EngineChecks.checkClose(
                            Learners.array(after, array), new double[][] {values}, name + ": " + array));
        }
    }

    private static void assertScore(Learner.Score score, ReferenceBound bound, String what) {
        double divergence = score.divergence().orElseThrow();
        assertThat(EngineChecks.relative(score.loss(), bound.reconstruction() + bound.divergence()))
                .as(what)
                .isLessThan(EngineChecks.TOLERANCE);
        assertThat(EngineChecks.relative(divergence, bound.divergence()))
                .as("%s: divergence", what)
                .isLessThan(EngineChecks.TOLERANCE);
    }
}
