package fathom.cli;

import fathom.manifold.Watch;
import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A map as it forms: a bar with KL on a terminal, a plain line now and then anywhere else. */
final class MapProgress implements AutoCloseable {
    private static final int WIDTH = 90;
    private static final int OFTEN = 25;
    private static final int SELDOM = 250;

    private final PrintWriter err;
    private final int iterations;
    private @Nullable ProgressBar bar;

    MapProgress(PrintWriter err, boolean terminal, int iterations) {
        this.err = err;
        this.iterations = iterations;
        if (terminal) {
            bar = new ProgressBarBuilder()
                    .setTaskName("t-SNE")
                    .setInitialMax(iterations)
                    .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                    .setUpdateIntervalMillis(200)
                    .setConsumer(new DelegatingProgressBarConsumer(this::redraw, WIDTH))
                    .build();
        }
    }

    /** How many iterations lie between two looks. */
    int every() {
        return bar == null ? SELDOM : OFTEN;
    }

    void show(Watch.Snapshot snapshot) {
        String kl = String.format(Locale.ROOT, "KL %.4f", snapshot.kl());
        if (bar == null) {
            err.println("iteration %d/%d  %s".formatted(snapshot.iteration() + 1, iterations, kl));
            err.flush();
        } else {
            bar.stepTo(snapshot.iteration() + 1);
            bar.setExtraMessage(kl);
        }
    }

    private synchronized void redraw(String line) {
        err.print(ProgressDisplay.inPlace(line));
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
