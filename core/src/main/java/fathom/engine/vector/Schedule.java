package fathom.engine.vector;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What runs when. Stages that work group by group and follow each other form a segment: a group walks through all of them
 * while its numbers are in the cache, and threads share out slices of groups. Stages that need all groups at once stand
 * alone. Threads meet between legs ({@link Leg}), which are segments as a rule.
 */
final class Schedule {
    /** One piece of work. */
    interface Work {
        /**
         * @param number the group, or the task
         * @param worker which thread works, from 0
         */
        void run(Pass pass, int number, int worker);
    }

    /** One piece of work on neighbouring groups. */
    interface BunchWork {
        void run(Pass pass, int firstGroup, int groups);
    }

    /** One piece of work that is done step by step. */
    interface StepWork {
        void run(Pass pass, int step, int task);
    }

    /** A part of each step, in tasks that may run at the same time. */
    record Phase(Tasks tasks, StepWork work) {}

    /** How many tasks there are for this pass. */
    interface Tasks {
        int of(Pass pass);
    }

    /** Work that is shared out by groups, or by tasks of its own. */
    sealed interface Stage {
        String title();

        record PerGroup(String title, Work work) implements Stage {}

        record PerBunch(String title, BunchWork work) implements Stage {}

        record Whole(String title, Tasks tasks, Work work) implements Stage {}

        /** The phases in turn, again and again; all threads meet after each. */
        record Stepwise(String title, Tasks steps, List<Phase> phases) implements Stage {}
    }

    /** Stages that a group walks through at once, or that run at the same time, and what they touch. */
    record Segment(List<Stage> stages, Set<Placed> touched) {
        Segment(Stage first) {
            this(new ArrayList<>(List.of(first)), new HashSet<>());
        }

        boolean isPerGroup() {
            return stages.getFirst() instanceof Stage.PerGroup;
        }

        /** How many floats of one group it touches. */
        int floatsOfGroup() {
            return touched.stream()
                    .map(Placed::storage)
                    .distinct()
                    .filter(storage -> storage.copies != Storage.Copies.ONE)
                    .mapToInt(storage -> storage.floats)
                    .sum();
        }
    }

    private static final int FOR_EVER = Integer.MAX_VALUE - 1;

    private final List<Segment> segments = new ArrayList<>();
    private final Set<Placed> values = new LinkedHashSet<>();
    private final Map<Value, Recipe> recipes = new HashMap<>();

    /** What has been made anew in the last segment. */
    private final Set<Placed> made = new HashSet<>();

    private final List<Stage.Whole> preliminaries = new ArrayList<>();
    private final List<Consumer<Pass>> beginnings = new ArrayList<>();
    private final List<Runnable> preparations = new ArrayList<>();

    /** Work that waits for the next work on all groups. */
    private final List<Later> waiting = new ArrayList<>();

    private List<Leg> legs = List.of();

    private record Later(Stage.Whole stage, List<Placed> touched) {}

    /** Work on one group after the other. */
    void perGroup(String title, Work work, Placed... touched) {
        if (segments.isEmpty() || !segments.getLast().isPerGroup()) {
            segments.add(new Segment(new ArrayList<>(), new HashSet<>()));
            made.clear();
        }
        make(touched);
        segments.getLast().stages().add(new Stage.PerGroup(title, work));
        touch(touched);
    }

    /** Work on a few neighbouring groups at a time, so little that it is not worth a meeting of threads. */
    void perBunch(String title, BunchWork work, Placed... touched) {
        segments.add(new Segment(new Stage.PerBunch(title, work)));
        touch(touched);
    }

    /**
     * A value that is cheaper to compute than to keep: it is made anew, in each thread's own room, in every segment that
     * touches it. Only work by groups may touch it.
     */
    void eachTime(Value result, String title, Work work, Placed... inputs) {
        recipes.put(result, new Recipe(new Stage.PerGroup(title, work), List.of(inputs)));
    }

    private record Recipe(Stage.PerGroup stage, List<Placed> inputs) {}

    /** Makes what is to be made anew and has not been made in this segment. */
    private void make(Placed... touched) {
        for (Placed value : touched) {
            Recipe recipe = value instanceof Value known ? recipes.get(known) : null;
            if (recipe != null && made.add(value)) {
                segments.getLast().stages().add(recipe.stage());
                touch(recipe.inputs().toArray(new Placed[0]));
            }
        }
    }

    /** Work on all groups, in tasks that may run at the same time. */
    void whole(String title, Tasks tasks, Work work, Placed... touched) {
        segments.add(new Segment(new Stage.Whole(title, tasks, work)));
        touch(touched);
        waiting.forEach(later -> beside(later.stage, later.touched.toArray(new Placed[0])));
        waiting.clear();
    }

    /** Work as {@link #whole}, at the same time as the whole stage before it, of which it needs nothing. */
    void beside(String title, Tasks tasks, Work work, Placed... touched) {
        beside(new Stage.Whole(title, tasks, work), touched);
    }

    private void beside(Stage.Whole stage, Placed... touched) {
        segments.getLast().stages().add(stage);
        touch(touched);
    }

    /** Work as {@link #whole} that nothing else of the schedule needs: it is done beside the next such work, or at the end. */
    void later(String title, Tasks tasks, Work work, Placed... touched) {
        waiting.add(new Later(new Stage.Whole(title, tasks, work), List.of(touched)));
    }

    /** Work where each step needs the one before: so many steps, each in these phases. */
    void stepwise(String title, Tasks steps, List<Phase> phases, Placed... touched) {
        segments.add(new Segment(new Stage.Stepwise(title, steps, phases)));
        touch(touched);
    }

    /** Work that one thread does while the others wait. */
    void once(String title, Work work, Placed... touched) {
        whole(title, _ -> 1, work, touched);
    }

    /** Keeps what a value holds after the last stage that touches it until the end. */
    void keep(Placed value) {
        values.add(value);
        value.storage().touch(FOR_EVER);
    }

    /** Something to do at the beginning of each pass. */
    void atStart(Consumer<Pass> work) {
        beginnings.add(work);
    }

    /**
     * Work that needs nothing of the batch, done before all else; its results are kept for all parts of a batch.
     */
    void preliminary(String title, Tasks tasks, Work work, Buffer result) {
        preliminaries.add(new Stage.Whole(title, tasks, work));
        values.add(result);
        result.storage().touch(0);
        keep(result);
    }

    /** Begins a pass. */
    void begin(Pass pass, Team team) {
        beginnings.forEach(work -> work.accept(pass));
        if (pass.firstExample == 0) {
            for (Stage.Whole stage : preliminaries) {
                team.run(stage.tasks().of(pass), (task, worker) -> stage.work().run(pass, task, worker));
            }
        }
    }

    /** Something to do once every value has its place. */
    void whenPlaced(Runnable preparation) {
        preparations.add(preparation);
    }

    private void touch(Placed... touched) {
        for (Placed value : touched) {
            values.add(value);
            value.storage().touch(segments.size() - 1);
            segments.getLast().touched().add(value);
        }
    }

    List<Stage.Whole> preliminaries() {
        return preliminaries;
    }

    /** What runs, once every value has its place. */
    List<Leg> legs() {
        return legs;
    }

    /** The storages of all values that are touched, sized for the borders that were asked for until now. */
    Set<Storage> storages() {
        var storages = new LinkedHashSet<Storage>();
        values.forEach(value -> storages.add(value.storage()));
        return storages;
    }

    /**
     * Gives every value its place.
     *
     * @return the first place free behind all of them
     */
    long place(long from, int groups, int workers) {
        doWhatWaits();
        var storages = storages();
        recipes.keySet().forEach(value -> value.storage().copies = Storage.Copies.WORKERS);
        for (Storage storage : storages) {
            boolean isBrief =
                    storage.first == storage.last && segments.get(storage.first).isPerGroup();
            if (isBrief && storage.copies == Storage.Copies.GROUPS) {
                storage.copies = Storage.Copies.WORKERS;
            }
        }
        legs = Leg.of(segments);
        // Threads are in different segments of a leg at the same time, so nobody gives a place away before its end.
        for (Storage storage : storages) {
            for (Leg leg : legs) {
                storage.touchAll(leg.first(), leg.last());
            }
        }
        long end = Layout.place(storages, from, groups, workers);
        if (end < Integer.MAX_VALUE) {
            preparations.forEach(Runnable::run);
        }
        return end;
    }

    private void doWhatWaits() {
        if (!waiting.isEmpty()) {
            Later first = waiting.removeFirst();
            whole(first.stage.title(), first.stage.tasks(), first.stage.work(), first.touched.toArray(new Placed[0]));
        }
    }

    /** Runs all of it; threads meet after each leg. */
    void run(Pass pass, Team team) {
        for (Leg leg : legs) {
            leg.run(pass, team);
        }
    }
}
