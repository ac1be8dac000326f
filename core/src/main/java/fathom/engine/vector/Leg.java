package fathom.engine.vector;

import fathom.engine.vector.Schedule.Segment;
import fathom.engine.vector.Schedule.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * Segments that a thread walks through without meeting the others, for some groups of its own. As a rule that is one. Where
 * a small layer would leave threads more time to wait for each other than to work, it is all until the next work on all
 * groups at once, and the groups are taken a bunch at a time.
 *
 * @param first the number of its first segment
 */
record Leg(int first, List<Segment> segments) {
    /** Segments that touch more floats a group than this have work enough for slices of their own. */
    private static final int LIGHT = 16_384;

    /** All segments, in legs. */
    static List<Leg> of(List<Segment> segments) {
        var legs = new ArrayList<Leg>();
        for (int i = 0; i < segments.size(); i++) {
            boolean isJoined = i > 0 && isLight(segments.get(i - 1)) && isLight(segments.get(i));
            if (!isJoined) {
                legs.add(new Leg(i, new ArrayList<>()));
            }
            legs.getLast().segments.add(segments.get(i));
        }
        return legs;
    }

    private static boolean isLight(Segment segment) {
        return switch (segment.stages().getFirst()) {
            case Stage.PerBunch _ -> true;
            case Stage.PerGroup _ -> segment.floatsOfGroup() <= LIGHT;
            case Stage.Whole _, Stage.Stepwise _ -> false;
        };
    }

    int last() {
        return first + segments.size() - 1;
    }

    void run(Pass pass, Team team) {
        if (isInBunches()) {
            team.run(pass.bunches, (bunch, worker) -> {
                int from = pass.firstGroupOfBunch(bunch);
                int end = pass.firstGroupOfBunch(bunch + 1);
                segments.forEach(segment -> run(segment, pass, from, end, worker));
            });
            return;
        }
        Segment segment = segments.getFirst();
        switch (segment.stages().getFirst()) {
            case Stage.PerGroup _ ->
                team.run(
                        pass.slices,
                        (slice, worker) ->
                                run(segment, pass, pass.firstGroup(slice), pass.firstGroup(slice + 1), worker));
            case Stage.Whole _ -> runWhole(segment, pass, team);
            case Stage.Stepwise stage -> runSteps(stage, pass, team);
            case Stage.PerBunch _ -> throw new IllegalStateException("a bunch outside bunches");
        }
    }

    private boolean isInBunches() {
        return segments.size() > 1 || segments.getFirst().stages().getFirst() instanceof Stage.PerBunch;
    }

    /** A segment for some neighbouring groups. */
    private static void run(Segment segment, Pass pass, int from, int end, int worker) {
        if (segment.stages().getFirst() instanceof Stage.PerBunch(var _, Schedule.BunchWork work)) {
            work.run(pass, from, end - from);
            return;
        }
        for (int group = from; group < end; group++) {
            for (Stage stage : segment.stages()) {
                if (stage instanceof Stage.PerGroup(var _, Schedule.Work work)) {
                    work.run(pass, group, worker);
                }
            }
        }
    }

    private static void runWhole(Segment segment, Pass pass, Team team) {
        List<Stage> stages = segment.stages();
        int[] tasks = new int[stages.size()];
        for (int s = 0; s < tasks.length; s++) {
            tasks[s] =
                    stages.get(s) instanceof Stage.Whole whole ? whole.tasks().of(pass) : 0;
        }
        var order = new Halves(tasks);
        team.run(order.count(), (number, worker) -> {
            Halves.Place place = order.place(number);
            if (stages.get(place.stage()) instanceof Stage.Whole(var _, var _, Schedule.Work work)) {
                work.run(pass, place.task(), worker);
            }
        });
    }

    private static void runSteps(Stage.Stepwise stage, Pass pass, Team team) {
        int steps = stage.steps().of(pass);
        for (int step = 0; step < steps; step++) {
            int number = step;
            for (Schedule.Phase phase : stage.phases()) {
                team.run(phase.tasks().of(pass), (task, _) -> phase.work().run(pass, number, task));
            }
        }
    }
}
