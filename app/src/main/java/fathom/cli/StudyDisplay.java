package fathom.cli;

import fathom.experiment.Cell;
import fathom.experiment.News;
import fathom.experiment.Standing;
import fathom.experiment.Variant;
import fathom.train.Event;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * An experiment as it is trained: on a terminal a table of all runs, drawn again and again in place, with progress and the time
 * left of the whole; anywhere else a line when a run begins or ends, and now and then one about all.
 */
final class StudyDisplay implements News.Listener, AutoCloseable {
    private static final long REDRAW_NANOS = 250_000_000L;
    private static final long LINE_NANOS = 15_000_000_000L;

    /** With a line above, a line below and the cursor's own on a terminal of 24 lines. */
    private static final int MOST_ROWS = 20;

    private final PrintWriter err;
    private final boolean terminal;
    private final Pace pace;
    private final Map<Cell, RunProgress> runs = new LinkedHashMap<>();
    private long lastDrawn = System.nanoTime();
    private int drawnLines;

    /** @param terminal whether {@code err} can redraw lines */
    StudyDisplay(PrintWriter err, boolean terminal, int jobs) {
        this.err = err;
        this.terminal = terminal;
        this.pace = new Pace(jobs);
    }

    @Override
    public synchronized void on(News news) {
        switch (news) {
            case News.Opened(List<Standing> standings) -> {
                standings.forEach(standing -> runs.put(standing.cell(), RunProgress.of(standing)));
                line(runs.size() + (runs.size() == 1 ? " run, " : " runs, ") + counts());
            }
            case News.Begun(Standing standing) -> {
                runs.put(standing.cell(), RunProgress.of(standing).begun());
                String from = standing.epochs() > 0 ? " goes on after epoch " + standing.epochs() : " begins";
                plain(standing.cell().title() + from);
            }
            case News.Trained(Cell cell, Event event) -> {
                if (event instanceof Event.Started started) {
                    started.warnings().forEach(warning -> line(cell.title() + ": warning: " + warning));
                }
                runs.computeIfPresent(cell, (_, progress) -> progress.after(event));
            }
            case News.Left(Standing standing) -> {
                var progress = RunProgress.of(standing);
                runs.put(standing.cell(), progress);
                String text = standing.cell().title() + ": " + progress.end();
                if (standing.message().isEmpty()) {
                    plain(text);
                } else {
                    line(text);
                }
            }
            case News.GivenUp(int epoch, List<Variant> variants) -> {
                variants.forEach(variant -> runs.replaceAll(
                        (cell, progress) -> cell.variant().equals(variant) ? progress.givenUp() : progress));
                line("after epoch %d given up: %s"
                        .formatted(epoch, variants.stream().map(Variant::name).collect(Collectors.joining(", "))));
            }
        }
        drawNowAndThen(news instanceof News.Trained);
    }

    private void drawNowAndThen(boolean mayWait) {
        long now = System.nanoTime();
        if (terminal && (!mayWait || now - lastDrawn > REDRAW_NANOS)) {
            draw();
            lastDrawn = now;
        } else if (!terminal && now - lastDrawn > LINE_NANOS) {
            line(head());
            lastDrawn = now;
        }
    }

    private String counts() {
        var counts = new LinkedHashMap<String, Integer>();
        runs.values().forEach(progress -> counts.merge(progress.state(), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    private String head() {
        return counts()
                + pace.left(runs.values()).map(left -> ", " + left + " left").orElse("");
    }

    private void draw() {
        erase();
        var lines = new ArrayList<String>(List.of(head()));
        int width = runs.keySet().stream()
                .mapToInt(cell -> cell.title().length())
                .max()
                .orElse(0);
        var shown = shown();
        shown.forEach(cell -> lines.add(("  %-" + Math.min(44, Math.max(1, width)) + "s  %s")
                .formatted(cell.title(), Objects.requireNonNull(runs.get(cell)).line())));
        if (shown.size() < runs.size()) {
            lines.add("  and %d more".formatted(runs.size() - shown.size()));
        }
        err.print(ProgressDisplay.CUT);
        lines.forEach(text -> err.print(text + "\u001b[K\n"));
        err.print(ProgressDisplay.WRAP);
        drawnLines = lines.size();
        err.flush();
    }

    /** All runs, or where they are too many those that are being trained and the next ones. */
    private List<Cell> shown() {
        if (runs.size() <= MOST_ROWS) {
            return List.copyOf(runs.keySet());
        }
        var open = runs.entrySet().stream()
                .filter(entry -> !entry.getValue().isOver())
                .sorted((a, b) ->
                        Boolean.compare(b.getValue().isHere(), a.getValue().isHere()))
                .map(Map.Entry::getKey)
                .limit(MOST_ROWS)
                .toList();
        return open;
    }

    /** Puts the cursor where the table begins and clears from there on. */
    private void erase() {
        if (drawnLines > 0) {
            err.print(String.format(Locale.ROOT, "\u001b[%dA\u001b[J", drawnLines));
            drawnLines = 0;
        }
    }

    /** A line that only those need who see no table. */
    private void plain(String text) {
        if (!terminal) {
            line(text);
        }
    }

    /** A line that stays. */
    private void line(String text) {
        if (terminal) {
            erase();
        }
        err.println(text);
        err.flush();
    }

    @Override
    public synchronized void close() {
        if (terminal && !runs.isEmpty()) {
            draw();
        }
    }
}
