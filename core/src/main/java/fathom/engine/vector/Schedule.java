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
 * alone. Between segments all threads meet.
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

        record Whole(String title, Tasks tasks, Work work) implements Stage {}

        /** The phases in turn, again and again; all threads meet after each. */
        record Stepwise(String title, Tasks steps, List<Phase> phases) implements Stage {}
    }

    /** Stages without a meeting of threads between them. */
    record Segment(List<Stage> stages) {
        boolean isPerGroup() {
            return stages.getFirst() instanceof Stage.PerGroup;
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
    private boolean mustBegin = true;

    /** Work on one group after the other. */
    void perGroup(String title, Work work, Placed... touched) {
        if (mustBegin || !segments.getLast().isPerGroup()) {
            segments.add(new Segment(new ArrayList<>()));
            mustBegin = false;
            made.clear();
        }
        make(touched);
        segments.getLast().stages().add(new Stage.PerGroup(title, work));
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
        segments.add(new Segment(new ArrayList<>(List.of(new Stage.Whole(title, tasks, work)))));
        touch(touched);
    }

    /** Work as {@link #whole}, at the same time as the whole stage before it, of which it needs nothing. */
    void beside(String title, Tasks tasks, Work work, Placed... touched) {
        segments.getLast().stages().add(new Stage.Whole(title, tasks, work));
        touch(touched);
    }

    /** Work where each step needs the one before: so many steps, each in these phases. */
    void stepwise(String title, Tasks steps, List<Phase> phases, Placed... touched) {
        segments.add(new Segment(new ArrayList<>(List.of(new Stage.Stepwise(title, steps, phases)))));
        touch(touched);
    }

    /** Work that one thread does while the others wait. */
    void once(String title, Work work, Placed... touched) {
        whole(title, _ -> 1, work, touched);
    }

    /** Lets the next stage begin a segment; returns its number. */
    int mark() {
        mustBegin = true;
        return segments.size();
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
        }
    }

    List<Stage.Whole> preliminaries() {
        return preliminaries;
    }

    List<Segment> segments() {
        return segments;
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
        var storages = storages();
        recipes.keySet().forEach(value -> value.storage().copies = Storage.Copies.WORKERS);
        for (Storage storage : storages) {
            boolean isBrief =
                    storage.first == storage.last && segments.get(storage.first).isPerGroup();
            if (isBrief && storage.copies == Storage.Copies.GROUPS) {
                storage.copies = Storage.Copies.WORKERS;
            }
        }
        long end = Layout.place(storages, from, groups, workers);
        if (end < Integer.MAX_VALUE) {
            preparations.forEach(Runnable::run);
        }
        return end;
    }

    /** Runs the segments {@code from … to − 1}. */
    void run(int from, int to, Pass pass, Team team) {
        for (Segment segment : segments.subList(from, to)) {
            switch (segment.stages().getFirst()) {
                case Stage.PerGroup _ ->
                    team.run(pass.slices, (slice, worker) -> runSlice(segment, pass, slice, worker));
                case Stage.Whole _ -> runWhole(segment, pass, team);
                case Stage.Stepwise stage -> runSteps(stage, pass, team);
            }
        }
    }

    private static void runWhole(Segment segment, Pass pass, Team team) {
        int all = 0;
        for (Stage stage : segment.stages()) {
            all += tasks(stage, pass);
        }
        team.run(all, (number, worker) -> {
            int task = number;
            for (Stage stage : segment.stages()) {
                int tasks = tasks(stage, pass);
                if (task < tasks && stage instanceof Stage.Whole(var _, var _, Work work)) {
                    work.run(pass, task, worker);
                    return;
                }
                task -= tasks;
            }
        });
    }

    private static int tasks(Stage stage, Pass pass) {
        return stage instanceof Stage.Whole whole ? whole.tasks().of(pass) : 0;
    }

    private static void runSteps(Stage.Stepwise stage, Pass pass, Team team) {
        int steps = stage.steps().of(pass);
        for (int step = 0; step < steps; step++) {
            int number = step;
            for (Phase phase : stage.phases()) {
                team.run(phase.tasks().of(pass), (task, _) -> phase.work().run(pass, number, task));
            }
        }
    }

    private static void runSlice(Segment segment, Pass pass, int slice, int worker) {
        for (int group = pass.firstGroup(slice); group < pass.firstGroup(slice + 1); group++) {
            for (Stage stage : segment.stages()) {
                if (stage instanceof Stage.PerGroup(var _, Work work)) {
                    work.run(pass, group, worker);
                }
            }
        }
    }
}
