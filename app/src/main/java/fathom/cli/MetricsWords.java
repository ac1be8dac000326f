package fathom.cli;

import fathom.train.Metrics;
import java.util.Locale;

/** Metrics in words, for the terminal. */
final class MetricsWords {
    private MetricsWords() {}

    /** For a narrow column: the loss, and with it the accuracy or the divergence. */
    static String brief(Metrics metrics) {
        return String.format(Locale.ROOT, "%.4f", metrics.loss())
                + metrics.accuracy()
                        .map(a -> String.format(Locale.ROOT, " %.2f%%", 100 * a))
                        .orElse("")
                + metrics.divergence()
                        .map(d -> String.format(Locale.ROOT, " (KL %.2f)", d))
                        .orElse("");
    }

    /** For a table: what one looks at first. */
    static String cell(Metrics metrics) {
        return metrics.accuracy()
                .map(a -> String.format(Locale.ROOT, "%.2f %%", 100 * a))
                .orElseGet(() -> String.format(Locale.ROOT, "%.2f nats", metrics.loss()));
    }

    /** For a sentence that begins with the name of a split. */
    static String sentence(Metrics metrics) {
        return metrics.accuracy()
                .map(a -> String.format(Locale.ROOT, "accuracy %.2f %% (loss %.4f)", 100 * a, metrics.loss()))
                .orElseGet(() -> bound(metrics));
    }

    private static String bound(Metrics metrics) {
        return String.format(
                Locale.ROOT,
                "negative ELBO %.2f nats an image (reconstruction %.2f, KL %.2f)",
                metrics.loss(),
                metrics.reconstruction().orElse(metrics.loss()),
                metrics.divergence().orElse(0.0));
    }
}
