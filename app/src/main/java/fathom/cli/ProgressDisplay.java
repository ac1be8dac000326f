package fathom.cli;

import fathom.train.Event;
import fathom.train.Listener;
import fathom.train.Metrics;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Training as it goes: a bar with loss, accuracy, speed and time left on a terminal; a plain line an epoch anywhere. */
final class ProgressDisplay implements Listener, AutoCloseable {
    /** What stands around lines that are drawn again in place: between them a line is cut off at the edge, not wrapped. */
    static final String CUT = "\u001b[?7l";

    static final String WRAP = "\u001b[?7h";

    private static final int WIDTH = 110;
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private final PrintWriter err;
    private final boolean terminal;
    private int epochs;
    private int stepsPerEpoch;
    private @Nullable ProgressBar bar;

    /** @param terminal whether {@code err} can redraw a line */
    ProgressDisplay(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    /**
     * Whether a person looks on: standard input, output and, where the system tells, error are a terminal that can redraw.
     */
    static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
                && !"dumb".equals(System.getenv("TERM"))
                && mayBeTerminal(STANDARD_ERROR);
    }

    /** Whether a link in /proc leads to a terminal, or there is no such link. */
    static boolean mayBeTerminal(Path link) {
        try {
            return Files.readSymbolicLink(link).toString().matches("/dev/(pts/.*|tty.*|console)");
        } catch (NoSuchFileException _) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** A line in the place of the one that the cursor is on. */
    static String inPlace(String line) {
        return "\r" + CUT + line + "\u001b[K" + WRAP;
    }

    @Override
    public void on(Event event) {
        switch (event) {
            case Event.Started started -> start(started);
            case Event.StepDone step -> step(step);
            case Event.EpochDone epoch -> line(epoch(epoch));
            case Event.Checkpoint _ -> {}
            case Event.Finished _ -> close();
            case Event.Interrupted(var progress) -> {
                close();
                err.println("stopped after step %d; the state is saved".formatted(progress.step()));
            }
            case Event.Diverged _ -> close();
        }
    }

    private void start(Event.Started started) {
        epochs = started.epochs();
        stepsPerEpoch = started.stepsPerEpoch();
        started.warnings().forEach(warning -> err.println("warning: " + warning));
        err.println(String.format(
                Locale.ROOT,
                "%,d parameters, %,d training examples, %d epochs of %d steps, %s%s%s",
                started.parameters(),
                started.trainExamples(),
                epochs,
                stepsPerEpoch,
                started.threads() == 1 ? "1 thread" : started.threads() + " threads",
                started.memory() == 0 ? "" : ", %,d MiB".formatted(started.memory() >> 20),
                started.from().step() == 0
                        ? ""
                        : ", from step " + started.from().step()));
        err.flush();
        if (terminal) {
            bar = new ProgressBarBuilder()
                    .setTaskName("training")
                    .setInitialMax((long) epochs * stepsPerEpoch)
                    .startsFrom(started.from().step(), java.time.Duration.ZERO)
                    .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                    .setUpdateIntervalMillis(200)
                    .hideEta()
                    .setConsumer(new DelegatingProgressBarConsumer(this::redraw, WIDTH))
                    .build();
        }
    }

    private void step(Event.StepDone step) {
        if (bar != null) {
            long left = (long) epochs * stepsPerEpoch - step.step();
            bar.stepTo(step.step());
            bar.setExtraMessage(String.format(
                    Locale.ROOT,
                    "epoch %d/%d loss %.3f%s %s %s left",
                    step.epoch() + 1,
                    epochs,
                    step.soFar().loss(),
                    step.soFar()
                            .accuracy()
                            .map(a -> String.format(Locale.ROOT, " acc %.1f%%", 100 * a))
                            .orElse(""),
                    speed(step.imagesPerSecond(), step.tokensPerSecond()),
                    Pace.clock(left * step.secondsPerStep())));
        }
    }

    private String epoch(Event.EpochDone epoch) {
        return String.format(
                Locale.ROOT,
                "epoch %d/%d  train %s  validation %s  test %s  %s  %.1f s%s",
                epoch.epoch(),
                epochs,
                metrics(Optional.of(epoch.train())),
                metrics(epoch.validation()),
                metrics(epoch.test()),
                speed(epoch.imagesPerSecond(), epoch.tokensPerSecond()),
                epoch.seconds(),
                epoch.best() && epoch.validation().isPresent() ? "  best so far" : "");
    }

    private static String metrics(Optional<Metrics> metrics) {
        return metrics.map(MetricsWords::brief).orElse("-");
    }

    /** Words of sentences, else pictures. */
    private static String speed(double imagesPerSecond, double tokensPerSecond) {
        return tokensPerSecond > 0
                ? String.format(Locale.ROOT, "%,.0f tokens/s", tokensPerSecond)
                : String.format(Locale.ROOT, "%,.0f images/s", imagesPerSecond);
    }

    private synchronized void redraw(String line) {
        err.print(inPlace(line));
        err.flush();
    }

    private synchronized void line(String text) {
        err.println(terminal ? "\r" + text + "\u001b[K" : text);
        err.flush();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
            err.println();
            err.flush();
        }
    }
}
