package fathom.report;

import static org.assertj.core.api.Assertions.assertThat;

import fathom.inspect.Comparison.Pair;
import fathom.inspect.McNemar;
import org.junit.jupiter.api.Test;

class CompareTablesTest {
    @Test
    void aRunIsBetterOnlyByWhatIsLeftOfThePAfterTheCorrection() {
        McNemar test = McNemar.of(10, 24); // p 0.026
        assertThat(CompareTables.verdict(new Pair(0, 2, test, test.p()))).isEqualTo("C is better");
        assertThat(CompareTables.verdict(new Pair(0, 2, test, 0.078))).isEqualTo("may be chance");
    }
}
