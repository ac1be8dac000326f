package fathom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fathom.experiment.Experiments;
import fathom.experiment.News;
import fathom.experiment.Standing;
import fathom.train.Event;
import fathom.train.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is drawn in place must fit a terminal of 80 columns and 24 lines; elsewhere what matters is said in lines. */
class DisplayTest {
    private static final Event.Started STARTED =
            new Event.Started(Progress.start(), 100, 3, 6400, 1, 1, 1, List.of("last.safetensors is damaged"));

    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();
    private final PrintWriter printer = new PrintWriter(err);

    @Test
    void aTableOfManyRunsFitsTheScreenAndWrapsNowhere() {
        var study = Experiments.find("mnist-weight-decay").orElseThrow().withSeeds(0, 1, 2, 3, 4, 5, 6);
        var standings = study.cells().stream()
                .map(cell -> new Standing(cell, Standing.State.MISSING, "", Optional.empty(), Optional.empty(), 0))
                .toList();
        try (var display = new StudyDisplay(printer, true, 2)) {
            display.on(new News.Opened(standings));
        }
        String drawn = err.toString();
        String table = drawn.substring(
                drawn.lastIndexOf(ProgressDisplay.CUT) + ProgressDisplay.CUT.length(),
                drawn.lastIndexOf(ProgressDisplay.WRAP));
        assertThat(table.lines())
                .hasSize(22)
                .last()
                .asString()
                .contains("and %d more".formatted(standings.size() - 20));
        assertThat(drawn).endsWith(ProgressDisplay.WRAP);
    }

    @Test
    void barsWrapNowhere() {
        try (var display = new ProgressDisplay(printer, true)) {
            display.on(STARTED);
        }
        try (var progress = new MapProgress(printer, true, 1000)) {
            assertThat(progress.every()).isLessThan(100);
        }
        assertThat(err.toString())
                .contains(
                        "\r" + ProgressDisplay.CUT + "training",
                        "\r" + ProgressDisplay.CUT + "t-SNE",
                        "\u001b[K" + ProgressDisplay.WRAP);
    }

    @Test
    void standardErrorIsATerminalIfItsLinkSaysSoOrThereIsNone() throws IOException {
        assertThat(ProgressDisplay.mayBeTerminal(link("a", "/dev/pts/3"))).isTrue();
        assertThat(ProgressDisplay.mayBeTerminal(link("b", "/dev/tty1"))).isTrue();
        assertThat(ProgressDisplay.mayBeTerminal(link("c", "/dev/console"))).isTrue();
        assertThat(ProgressDisplay.mayBeTerminal(folder.resolve("none"))).isTrue();
        assertThat(ProgressDisplay.mayBeTerminal(link("d", "/home/me/log"))).isFalse();
        assertThat(ProgressDisplay.mayBeTerminal(link("e", "pipe:[4711]"))).isFalse();
        assertThat(ProgressDisplay.mayBeTerminal(link("f", "/dev/null"))).isFalse();
    }

    @Test
    void damagedCheckpointsAreSaid() {
        try (var display = new ProgressDisplay(printer, false)) {
            display.on(STARTED);
        }
        assertThat(err.toString().lines()).first().isEqualTo("warning: last.safetensors is damaged");
    }

    @Test
    void ofAnExperimentTheyAreSaidWithTheRun() {
        var cell = Experiments.find("mnist-mlp").orElseThrow().cells().getFirst();
        var missing = new Standing(cell, Standing.State.MISSING, "", Optional.empty(), Optional.empty(), 0);
        try (var display = new StudyDisplay(printer, false, 1)) {
            display.on(new News.Opened(List.of(missing)));
            display.on(new News.Trained(cell, STARTED));
        }
        assertThat(err.toString().lines()).contains("mnist-mlp, seed 0: warning: last.safetensors is damaged");
    }

    private Path link(String name, String target) throws IOException {
        return Files.createSymbolicLink(folder.resolve(name), Path.of(target));
    }
}
