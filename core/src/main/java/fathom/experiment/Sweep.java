package fathom.experiment;

import fathom.data.Data;
import fathom.data.DataPlaces;
import fathom.data.Dataset;
import fathom.data.Datasets;
import fathom.engine.DivergedException;
import fathom.run.Claim;
import fathom.run.Job;
import fathom.run.RunLockedException;
import fathom.run.RunStore;
import fathom.run.Spec;
import fathom.train.Event;
import fathom.train.Listener;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Trains every run of an experiment once, several at the same time, each with its own learner. Whole runs are left as they
 * are, those that were cut off are continued, one that fails holds up no other. Any number of processes may work on one
 * experiment in one store: each run is trained by one of them, and what a killed one leaves behind is taken over.
 */
public final class Sweep {
    private static final int PAUSE_MILLIS = 500;

    private final Experiment experiment;
    private final RunStore store;
    private final DataPlaces places;
    private final Plan plan;
    private final News.Listener listener;
    private final BooleanSupplier interrupted;
    private final Ledger ledger;
    private final Map<Data, Dataset> datasets = new ConcurrentHashMap<>();

    /** Cells that failed in this process: they are not tried again. */
    private final Set<Cell> failed = ConcurrentHashMap.newKeySet();

    /**
     * How to go about it.
     *
     * @param jobs how many runs at the same time, at least 1
     * @param halvings after each of these epochs, in rising order, the worse half of the variants is given up
     */
    public record Plan(int jobs, List<Integer> halvings) {
        public Plan {
            halvings = List.copyOf(halvings);
            if (jobs < 1) {
                throw new IllegalArgumentException("jobs must be at least 1, got " + jobs);
            }
            for (int i = 0; i < halvings.size(); i++) {
                if (halvings.get(i) <= (i == 0 ? 0 : halvings.get(i - 1))) {
                    throw new IllegalArgumentException("halvings must be rising epochs from 1 on, got " + halvings);
                }
            }
        }

        /** As many runs at once as there are processors; nothing is given up. */
        public static Plan usual() {
            return new Plan(Runtime.getRuntime().availableProcessors(), List.of());
        }
    }

    private Sweep(
            Experiment experiment,
            RunStore store,
            DataPlaces places,
            Plan plan,
            News.Listener listener,
            BooleanSupplier interrupted) {
        this.experiment = experiment;
        this.store = store;
        this.places = places;
        this.plan = plan;
        this.listener = listener;
        this.interrupted = interrupted;
        this.ledger = new Ledger(store, experiment.name());
    }

    /**
     * Trains what is missing, and returns when every run is whole, has failed or is given up. Runs that other processes train
     * are waited for.
     *
     * @param listener is told what happens, by several threads
     * @param interrupted asked after every step of every run; once true, all states are saved and it returns
     * @return where each run stands, in the order of {@link Experiment#cells}
     * @throws fathom.data.DataException if the data of the experiment's own spec is missing or damaged
     * @throws fathom.run.StoreException if the store cannot be read or written
     */
    public static List<Standing> run(
            Experiment experiment,
            RunStore store,
            DataPlaces places,
            Plan plan,
            News.Listener listener,
            BooleanSupplier interrupted) {
        return new Sweep(experiment, store, places, plan, listener, interrupted).run();
    }

    private List<Standing> run() {
        listener.on(new News.Opened(standings()));
        dataset(experiment.spec().data());
        var halving = new Halving(experiment, ledger);
        List<Variant> variants = experiment.variants();
        for (int epoch : plan.halvings()) {
            train(variants, epoch);
            if (interrupted.getAsBoolean()) {
                return standings();
            }
            List<Variant> kept = halving.better(variants, epoch);
            var left = new ArrayList<>(variants);
            left.removeAll(kept);
            halving.giveUp(left, variants.size(), epoch);
            listener.on(new News.GivenUp(epoch, left));
            variants = kept;
        }
        train(variants, Integer.MAX_VALUE);
        return standings();
    }

    private List<Standing> standings() {
        return experiment.cells().stream().map(ledger::look).toList();
    }

    private Dataset dataset(Data data) {
        return datasets.computeIfAbsent(data, wanted -> Datasets.open(wanted, places));
    }

    /** Brings all runs of these variants to an epoch. */
    private void train(List<Variant> variants, int epoch) {
        var open = new ArrayList<>(experiment.cells());
        open.removeIf(cell -> !variants.contains(cell.variant()));
        var round = new Round(open, epoch);
        int count = Math.min(plan.jobs(), open.size());
        try (var threads = Executors.newFixedThreadPool(
                count, Thread.ofPlatform().name("job-", 1).daemon().factory())) {
            var jobs = new ArrayList<Future<?>>();
            for (int i = 0; i < count; i++) {
                jobs.add(threads.submit(round::work));
            }
            for (Future<?> job : jobs) {
                await(job);
            }
        }
    }

    private static void await(Future<?> job) {
        try {
            job.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a job", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException exception -> throw exception;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    /** A run that this process has the right to train. */
    private record Claimed(Standing standing, Claim claim) {}

    /** All runs up to one epoch. */
    private final class Round {
        private final List<Cell> open;
        private final int epoch;
        private final Set<Cell> here = new HashSet<>();

        Round(List<Cell> open, int epoch) {
            this.open = open;
            this.epoch = epoch;
        }

        /** What one thread does: run after run, until none is left that it or another process could still bring on. */
        void work() {
            while (!interrupted.getAsBoolean()) {
                Optional<Claimed> next = next();
                if (next.isPresent()) {
                    try (Claim claim = next.get().claim()) {
                        train(next.get().standing(), claim);
                    } finally {
                        leave(next.get().standing().cell());
                    }
                } else if (isDone()) {
                    return;
                } else {
                    pause();
                }
            }
        }

        private synchronized boolean isDone() {
            return open.isEmpty();
        }

        private synchronized void leave(Cell cell) {
            here.remove(cell);
        }

        /** The first run that nobody works on; those that need nothing are struck off on the way. */
        private synchronized Optional<Claimed> next() {
            for (Cell cell : List.copyOf(open)) {
                if (here.contains(cell)) {
                    continue;
                }
                if (isThere(cell, ledger.look(cell))) {
                    open.remove(cell);
                    continue;
                }
                Optional<Claim> claim = Claim.take(ledger.claim(cell));
                if (claim.isEmpty()) {
                    continue;
                }
                Standing standing = ledger.look(cell); // the last owner may have come further since
                if (!isThere(cell, standing) && standing.state() != Standing.State.RUNNING) {
                    here.add(cell);
                    return Optional.of(new Claimed(standing, claim.get()));
                }
                claim.get().close();
            }
            return Optional.empty();
        }

        private boolean isThere(Cell cell, Standing standing) {
            boolean isGivenUp = standing.state() == Standing.State.GIVEN_UP
                    && !plan.halvings().isEmpty();
            return standing.isSettled() || standing.epochs() >= epoch || isGivenUp || failed.contains(cell);
        }

        private void train(Standing standing, Claim claim) {
            Cell cell = standing.cell();
            claim.note("");
            listener.on(new News.Begun(standing));
            try {
                train(standing);
            } catch (DivergedException _) {
                // The run says so itself.
            } catch (RunLockedException _) {
                return; // fathom resume was faster
            } catch (RuntimeException e) {
                Ledger.note(claim, cell, Ledger.Reason.FAILED, message(e));
                failed.add(cell);
            }
            listener.on(new News.Left(ledger.look(cell)));
        }

        private void train(Standing standing) {
            Cell cell = standing.cell();
            var isThere = new AtomicBoolean();
            Listener each = event -> {
                if (event instanceof Event.EpochDone done && done.epoch() >= epoch) {
                    isThere.set(true);
                }
                listener.on(new News.Trained(cell, event));
            };
            BooleanSupplier stop = () -> isThere.get() || interrupted.getAsBoolean();
            if (standing.run().isPresent()) {
                Job.resume(standing.run().get(), dataset(cell.spec().data()), each, stop);
            } else {
                Spec spec = cell.spec();
                int threads = Math.max(1, spec.compute().threads());
                Job.start(
                        spec.withCompute(spec.compute().withThreads(threads)), store, dataset(spec.data()), each, stop);
            }
        }

        private static String message(RuntimeException e) {
            return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        }

        private static void pause() {
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
