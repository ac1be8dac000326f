package examples;

import static org.assertj.core.api.Assertions.assertThat;

import fathom.run.RunStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainDigitsTest {
    @TempDir
    private Path runs;

    @Test
    void theExampleOfTheReadmeTrains() {
        TrainDigits.main(new String[] {runs.toString()});
        var summary = new RunStore(runs).find("latest").summary();
        assertThat(summary.test().orElseThrow().accuracy().orElseThrow()).isGreaterThan(0.8);
    }
}
