package fathom.run;

import fathom.model.Parameter;
import fathom.train.Event;
import fathom.train.Listener;
import fathom.train.Metrics;
import fathom.train.Outcome;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Writes a run while it trains: events, metrics, checkpoints, summary. Holds the run's lock from its making to {@link
 * #close}; one process at a time.
 */
public final class Recorder implements Listener, AutoCloseable {
    private static final int STEP_LINES_PER_EPOCH = 100;

    private final Run run;
    private final Disk disk;
    private final RunLock lock;
    private final List<Parameter> parameters;
    private final Resume from;
    private final AppendedFile events;
    private final AppendedFile metrics;

    private Summary summary;
    private long step;
    private int everyStep = 1;

    private Recorder(
            Run run, Disk disk, RunLock lock, List<Parameter> parameters, Checkpoints.Latest latest, Summary summary) {
        this.run = run;
        this.disk = disk;
        this.lock = lock;
        this.parameters = List.copyOf(parameters);
        this.from = latest.resume();
        this.step = from.progress().step();
        this.summary = summary;
        this.events = AppendedFile.cutTo(
                disk, run.file("events.jsonl"), latest.cursor().events());
        this.metrics = AppendedFile.cutTo(
                disk, run.file("metrics.csv"), latest.cursor().metrics());
        if (metrics.isEmpty()) {
            metrics.append(MetricsTable.HEADER);
        }
    }

    /**
     * Takes a run's lock and goes on from its newest whole checkpoint, or from the start if it has none yet. Events and
     * metrics written after that checkpoint are cut off: they will happen again.
     *
     * @param parameters of the run's network, for the sizes of saved arrays
     * @throws RunLockedException if another process writes the run
     * @throws CheckpointException if it had checkpoints and all are damaged
     * @throws StoreException if a file of the run cannot be read or written
     */
    public static Recorder open(Run run, List<Parameter> parameters) {
        return open(run, parameters, Disk.real());
    }

    static Recorder open(Run run, List<Parameter> parameters, Disk disk) {
        RunLock lock = RunLock.take(run.folder());
        boolean opened = false;
        try {
            var latest = new Checkpoints(disk, run.file(Run.CHECKPOINTS)).latest();
            Summary found = run.isSummaryReadable() ? run.summary() : Summary.of(run.manifest());
            Summary summary = found.at(latest.resume().progress(), now()).ended(Summary.End.OPEN, "", now());
            var recorder = new Recorder(run, disk, lock, parameters, latest, summary);
            opened = true;
            return recorder;
        } finally {
            if (!opened) {
                lock.close();
            }
        }
    }

    /** What the training begins from. */
    public Resume from() {
        return from;
    }

    /** @throws StoreException if it cannot be written; the checkpoints that were there still are */
    @Override
    public void on(Event event) {
        switch (event) {
            case Event.Started started -> {
                everyStep = Math.max(1, started.stepsPerEpoch() / STEP_LINES_PER_EPOCH);
                log(event);
                write(summary);
            }
            case Event.StepDone done -> {
                step = done.step();
                if (done.stepInEpoch() % everyStep == 0) {
                    log(event);
                }
            }
            case Event.EpochDone done -> {
                log(event);
                metrics.append(MetricsTable.row(done));
                summary = after(done);
            }
            case Event.Checkpoint checkpoint -> {
                save(checkpoint);
                log(event);
                write(summary);
            }
            case Event.Finished(Outcome outcome) -> {
                log(event);
                finish(outcome);
            }
            case Event.Interrupted _ -> {
                log(event);
                write(summary.ended(Summary.End.INTERRUPTED, "", now()));
            }
            case Event.Diverged diverged -> {
                log(event);
                write(summary.ended(Summary.End.DIVERGED, diverged.message(), now()));
            }
        }
    }

    private void log(Event event) {
        events.append(EventLog.line(event, step, now()));
    }

    private void save(Event.Checkpoint event) {
        var cursor = new Checkpoint.Cursor(events.force(), metrics.force());
        var checkpoint = new Checkpoint(run.id(), event.progress(), cursor, event.weights(), event.optimizerState());
        new Checkpoints(disk, run.file(Run.CHECKPOINTS)).save(checkpoint, parameters, event.best());
        summary = summary.at(event.progress(), now());
    }

    private Summary after(Event.EpochDone done) {
        return summary.with(
                finite(Optional.of(done.train())),
                finite(done.validation()),
                finite(done.test()),
                done.imagesPerSecond());
    }

    /** The speed stays what it was where a finished run is only tested again. */
    private void finish(Outcome outcome) {
        var end = outcome.end() == Outcome.End.STOPPED_EARLY ? Summary.End.STOPPED_EARLY : Summary.End.FINISHED;
        write(summary.with(
                        finite(outcome.train()),
                        finite(outcome.validation()),
                        finite(outcome.test()),
                        outcome.imagesPerSecond() > 0 ? outcome.imagesPerSecond() : summary.imagesPerSecond())
                .ended(end, "", now()));
    }

    private void write(Summary next) {
        summary = next;
        try {
            new DurableFile(disk, run.file("summary.json")).replace(Run.text(next));
        } catch (IOException e) {
            throw new StoreException(
                    "cannot write %s: %s; the last checkpoint is kept: make room, then resume"
                            .formatted(run.file("summary.json"), e),
                    e);
        }
    }

    private static Optional<Metrics> finite(Optional<Metrics> metrics) {
        return metrics.filter(Metrics::isFinite);
    }

    static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    @Override
    public void close() {
        try (lock) {
            try (metrics) {
                events.close();
            }
        }
    }
}
