package fathom.engine.vector;

import fathom.engine.AveragesChecks;
import fathom.engine.BoundChecks;
import fathom.engine.GoldenChecks;
import fathom.engine.LearnerChecks;
import fathom.engine.ModelChecks;
import fathom.engine.OptimizerChecks;
import fathom.engine.ReferenceChecks;
import fathom.engine.SequenceChecks;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What holds for every engine, of this one. */
class VectorLearnerTest {
    private static final VectorEngine ENGINE = new VectorEngine();

    @TestFactory
    Stream<DynamicTest> itDoesWhatEveryLearnerDoes() {
        return LearnerChecks.of(ENGINE);
    }

    @TestFactory
    Stream<DynamicTest> itReadsSequences() {
        return SequenceChecks.of(ENGINE);
    }

    @TestFactory
    Stream<DynamicTest> itTrainsEveryNamedNetwork() {
        return ModelChecks.of(ENGINE);
    }

    @TestFactory
    Stream<DynamicTest> itAgreesWithTheReference() {
        return ReferenceChecks.of(ENGINE);
    }

    @TestFactory
    Stream<DynamicTest> itsOptimizersFollowTheirFormulas() {
        return OptimizerChecks.of(ENGINE);
    }

    @TestFactory
    Stream<DynamicTest> itsAveragesFollowTheirFormula() {
        return AveragesChecks.of(ENGINE);
    }

    @TestFactory
    Stream<DynamicTest> itTrainsAutoencoders() {
        return BoundChecks.of(ENGINE);
    }

    @TestFactory
    Stream<DynamicTest> itAgreesWithPyTorch() {
        return GoldenChecks.of(ENGINE);
    }
}
