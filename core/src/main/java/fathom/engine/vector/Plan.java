package fathom.engine.vector;

import fathom.model.Loss;
import fathom.model.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/**
 * A network's operations in order, with every value in its place. There is one plan for training and one for each way to
 * evaluate; all work in the same memory, one at a time.
 */
final class Plan {
    private final Schedule schedule = new Schedule();
    private final List<Operation> operations;
    private final SequencedMap<String, Value> tapped;
    private final Objective objective;
    private final int groups;
    private final boolean hasBorders;
    private final long end;

    private Plan(Site site, Network network, Loss loss, Set<String> taps, boolean goesBack, long from, int workers) {
        var result = Planner.plan(site, network, loss, taps);
        operations = result.operations();
        tapped = result.tapped();
        groups = site.groups();
        objective = switch (loss) {
            case Loss.OfClasses ofClasses ->
                new CrossEntropy(site, result.scores(), goesBack ? smoothing(ofClasses) : 0);
            case Loss.Elbo elbo ->
                new Bound(site, elbo, result.input(), result.scores(), result.output(), draws(operations));
            case Loss.None _ -> new NoLoss(result.output());
        };
        operations.forEach(operation -> operation.forward(schedule));
        objective.forward(schedule);
        if (goesBack) {
            objective.backward(schedule);
            for (Operation operation : operations.reversed()) {
                operation.backward(schedule);
            }
        }
        if (!goesBack) {
            schedule.keep(objective.answer());
        }
        tapped.values().forEach(schedule::keep);
        hasBorders = schedule.storages().stream().anyMatch(storage -> storage.hasBorder);
        end = schedule.place(from, groups, workers);
    }

    private static List<Draw> draws(List<Operation> operations) {
        return operations.stream()
                .filter(Draw.class::isInstance)
                .map(Draw.class::cast)
                .toList();
    }

    private static double smoothing(Loss.OfClasses loss) {
        return loss instanceof Loss.CrossEntropy(double labelSmoothing) ? labelSmoothing : 0;
    }

    /** A plan to train on up to so many groups of examples; memory is used from {@code from} on. */
    static Plan training(Site site, Network network, Loss loss, long from, int workers) {
        return new Plan(site, network, loss, Set.of(), true, from, workers);
    }

    /** A plan to go forward only; what stands at the taps can be read after it. */
    static Plan forward(Site site, Network network, Loss loss, Set<String> taps, long from, int workers) {
        return new Plan(site, network, loss, taps, false, from, workers);
    }

    /** How many groups of examples it takes at once. */
    int groups() {
        return groups;
    }

    /** The first place in memory behind all of the plan's; {@link Long#MAX_VALUE} if there are not as many. */
    long end() {
        return end;
    }

    /** Whether it relies on zeros around some value. */
    boolean hasBorders() {
        return hasBorders;
    }

    void run(Pass pass, Team team) {
        schedule.begin(pass, team);
        schedule.run(pass, team);
    }

    void updateAverages(Pass pass) {
        for (Operation operation : operations) {
            if (operation instanceof Finish finish) {
                finish.updateAverages(pass);
            }
        }
    }

    Objective objective() {
        return objective;
    }

    /** The values at the places that were asked for. */
    SequencedMap<String, Value> tapped() {
        return tapped;
    }

    /** One line a stage, for people: legs are numbered, and all threads meet after each. */
    List<String> lines() {
        var lines = new ArrayList<String>();
        schedule.preliminaries().forEach(stage -> lines.add("%3d  %-10s  %s".formatted(0, "at first", stage.title())));
        for (int i = 0; i < schedule.legs().size(); i++) {
            for (var segment : schedule.legs().get(i).segments()) {
                String way = way(segment.stages().getFirst());
                for (var stage : segment.stages()) {
                    lines.add("%3d  %-10s  %s".formatted(i + 1, way, stage.title()));
                }
            }
        }
        return lines;
    }

    private static String way(Schedule.Stage stage) {
        return switch (stage) {
            case Schedule.Stage.PerGroup _ -> "by groups";
            case Schedule.Stage.PerBunch _ -> "by bunches";
            case Schedule.Stage.Whole _ -> "all groups";
            case Schedule.Stage.Stepwise _ -> "by tokens";
        };
    }
}
