package fathom.experiment;

import fathom.config.Binder;
import fathom.config.ConfigException;
import fathom.config.Document;
import fathom.config.Json;
import fathom.run.Claim;
import fathom.run.Run;
import fathom.run.RunStore;
import fathom.run.Spec;
import fathom.run.StoreException;
import fathom.run.Summary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which runs of an experiment there are, found by looking at the runs themselves: a run whose spec is a cell's is that
 * cell's, whoever trained it. Safe for several threads.
 */
final class Ledger {
    private static final Binder PLAIN = new Binder();

    private final RunStore store;
    private final String experiment;

    /** The specs of runs, which never change. */
    private final Map<String, Spec> specs = new ConcurrentHashMap<>();

    Ledger(RunStore store, String experiment) {
        this.store = store;
        this.experiment = experiment;
    }

    /** Why there is no whole run of a cell. */
    enum Reason {
        FAILED,
        GIVEN_UP
    }

    /** {@code note.json} beside a cell's lock. */
    record Note(int format, String variant, long seed, Reason reason, String message) {}

    /** The folder by which processes agree on who trains a cell. */
    Path claim(Cell cell) {
        return store.root().resolve(experiment).resolve(".claims").resolve(cell.folder());
    }

    static void note(Claim claim, Cell cell, Reason reason, String message) {
        var note = new Note(1, cell.variant().name(), cell.seed(), reason, message);
        claim.note(Json.indented(PLAIN.write(note, Note.class)));
    }

    private Optional<Note> note(Cell cell) {
        try {
            return Claim.note(claim(cell)).map(text -> PLAIN.read(Document.parse("note.json", text), Note.class));
        } catch (ConfigException _) {
            return Optional.empty(); // it only explains
        }
    }

    /**
     * What there is of a cell.
     *
     * @throws StoreException if the experiment's folder cannot be read
     */
    Standing look(Cell cell) {
        var found = new ArrayList<Standing>();
        for (Run run : runs()) {
            Spec spec = specs.get(run.id());
            if (spec != null && cell.isOf(spec)) {
                standing(cell, run).ifPresent(found::add);
            }
        }
        Optional<Standing> best = Optional.empty();
        for (Standing each : found) {
            if (best.isEmpty() || each.isBetterThan(best.get())) {
                best = Optional.of(each);
            }
        }
        Standing standing = best.orElse(Standing.missing(cell)).withTwins(Math.max(0, found.size() - 1));
        return standing.isSettled() || standing.state() == Standing.State.RUNNING
                ? standing
                : note(cell).map(standing::with).orElse(standing);
    }

    private List<Run> runs() {
        List<Run> runs = store.of(experiment);
        for (Run run : runs) {
            if (!specs.containsKey(run.id())) {
                try {
                    specs.put(run.id(), run.spec());
                } catch (StoreException _) {
                    // Without a spec it is nobody's run; fathom runs lists it as damaged.
                }
            }
        }
        return runs;
    }

    private static Optional<Standing> standing(Cell cell, Run run) {
        try {
            Summary summary = run.summary();
            var state = switch (run.state()) {
                case RUNNING -> Standing.State.RUNNING;
                case FINISHED, STOPPED_EARLY -> Standing.State.FINISHED;
                case INTERRUPTED -> Standing.State.INTERRUPTED;
                case DIVERGED -> Standing.State.DIVERGED;
            };
            return Optional.of(new Standing(cell, state, summary.message(), Optional.of(run), Optional.of(summary), 0));
        } catch (StoreException _) {
            return Optional.empty();
        }
    }
}
