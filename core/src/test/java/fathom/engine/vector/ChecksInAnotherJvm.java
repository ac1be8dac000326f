package fathom.engine.vector;

import fathom.engine.AveragesChecks;
import fathom.engine.BoundChecks;
import fathom.engine.GoldenChecks;
import fathom.engine.LearnerChecks;
import fathom.engine.OptimizerChecks;
import fathom.engine.ReferenceChecks;
import fathom.engine.SequenceChecks;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** A process of its own that says which kernels it has and checks the engine with them; it fails with what was wrong. */
final class ChecksInAnotherJvm {
    /** What it prints at the end. */
    static final String GOOD = "all checks passed";

    private static final int RANDOM_NETWORKS = 20;

    private ChecksInAnotherJvm() {}

    public static void main(String[] arguments) throws Throwable {
        var engine = new VectorEngine();
        System.out.println(engine.facts());
        List<DynamicTest> checks = Stream.of(
                        LearnerChecks.of(engine),
                        SequenceChecks.of(engine),
                        OptimizerChecks.of(engine),
                        AveragesChecks.of(engine),
                        GoldenChecks.of(engine),
                        BoundChecks.of(engine),
                        ReferenceChecks.ofLayers(engine))
                .flatMap(some -> some)
                .toList();
        for (DynamicTest check : checks) {
            check.getExecutable().execute();
        }
        ReferenceChecks.checkRandomNetworks(engine, RANDOM_NETWORKS);
        ReferenceChecks.checkRandomSequences(engine, RANDOM_NETWORKS);
        System.out.println(GOOD);
    }
}
