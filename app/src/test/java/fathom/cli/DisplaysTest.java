package fathom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fathom.experiment.Experiments;
import fathom.experiment.News;
import fathom.experiment.Standing;
import fathom.train.Event;
import fathom.train.Progress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said while a training goes on, where nothing can be redrawn. */
class DisplaysTest {
    private static final Event.Started STARTED =
            new Event.Started(Progress.start(), 100, 3, 6400, 1, 1, 1, List.of("last.safetensors is damaged"));

    private final StringWriter said = new StringWriter();
    private final PrintWriter err = new PrintWriter(said);

    @Test
    void damagedCheckpointsAreSaid() {
        try (var display = new ProgressDisplay(err, false)) {
            display.on(STARTED);
        }
        assertThat(said.toString().lines()).first().isEqualTo("warning: last.safetensors is damaged");
    }

    @Test
    void ofAnExperimentTheyAreSaidWithTheRun() {
        var cell = Experiments.find("mnist-mlp").orElseThrow().cells().getFirst();
        var missing = new Standing(cell, Standing.State.MISSING, "", Optional.empty(), Optional.empty(), 0);
        try (var display = new StudyDisplay(err, false, 1)) {
            display.on(new News.Opened(List.of(missing)));
            display.on(new News.Trained(cell, STARTED));
        }
        assertThat(said.toString().lines()).contains("mnist-mlp, seed 0: warning: last.safetensors is damaged");
    }
}
