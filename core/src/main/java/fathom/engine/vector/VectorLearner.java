package fathom.engine.vector;

import fathom.data.Batch;
import fathom.engine.Assignment;
import fathom.engine.DivergedException;
import fathom.engine.Learner;
import fathom.model.Layer;
import fathom.model.Network;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A network in plain memory, with a plan for each thing that is asked of it. */
final class VectorLearner implements Learner {
    /** A loss beyond this has diverged. */
    private static final double HOPELESS = 1e30;

    /** Evaluation takes as many groups at once as fit into about this many floats. */
    private static final int FLOATS_AT_ONCE = 1 << 23;

    private static final int MOST_GROUPS_AT_ONCE = 16;

    /** Fewer would leave threads without work; most of what a large network needs is each thread's own in any case. */
    private static final int LEAST_GROUPS_AT_ONCE = 4;

    private static final int PLANS_KEPT = 4;

    private final Assignment assignment;
    private final Network network;
    private final Kernels kernels;
    private final Parameters parameters;
    private final Update update;
    private final Team team;
    private final Workspace workspace = new Workspace();
    private final Map<Set<String>, Plan> forwardPlans = new LinkedHashMap<>();
    private @Nullable Plan trainingPlan;

    VectorLearner(Assignment assignment, Kernels kernels, int threads) {
        this.assignment = assignment;
        this.kernels = kernels;
        network = assignment.network();
        var kinds = Update.kinds(assignment.optimizer());
        parameters = new Parameters(network, Workspace.BEGIN, kernels.lanes(), kinds);
        update = new Update(assignment.optimizer(), parameters, kernels.stretches());
        workspace.keep(parameters.end());
        parameters.writeWeights(workspace.memory(), network.initialWeights(assignment.seed()));
        team = new Team(threads);
    }

    @Override
    public Score step(Batch batch, long step, double rate) {
        Plan plan = trainingPlan(batch);
        Pass pass = pass(plan, batch, 0, batch.size(), step);
        Score score = forwardAndBackward(plan, pass, step);
        update.apply(pass.memory, team, rate, clipping(pass, step));
        plan.updateAverages(pass);
        return score;
    }

    private Score forwardAndBackward(Plan plan, Pass pass, long step) {
        plan.runForward(pass, team);
        double loss = plan.loss().loss(pass) / pass.examples;
        if (!(loss < HOPELESS)) {
            throw diverged(step, "the loss became " + (float) loss + " " + firstBadLayer(pass));
        }
        int correct = plan.loss().correct(pass);
        plan.runBackward(pass, team);
        return new Score(loss, correct);
    }

    /** What the gradients are multiplied by so that their norm stays within what was asked for. */
    private double clipping(Pass pass, long step) {
        double most = assignment.gradientNorm();
        if (most == 0) {
            return 1;
        }
        double norm = update.gradientNorm(pass.memory, team);
        if (!Double.isFinite(norm)) {
            throw diverged(step, "the gradients became " + norm);
        }
        return Math.min(1, most / (norm + 1e-6));
    }

    @Override
    public SequencedMap<String, float[]> gradients(Batch batch, long step) {
        Plan plan = trainingPlan(batch);
        Pass pass = pass(plan, batch, 0, batch.size(), step);
        forwardAndBackward(plan, pass, step);
        return parameters.gradients(pass.memory);
    }

    @Override
    public Score evaluate(Batch batch) {
        Plan plan = forwardPlan(batch, Set.of());
        double loss = 0;
        int correct = 0;
        int atOnce = plan.groups() * kernels.lanes();
        for (int first = 0; first < batch.size(); first += atOnce) {
            Pass pass = pass(plan, batch, first, Math.min(atOnce, batch.size() - first), 0);
            plan.runForward(pass, team);
            loss += plan.loss().loss(pass);
            correct += plan.loss().correct(pass);
        }
        return new Score(loss / batch.size(), correct);
    }

    @Override
    public List<float[]> predict(Batch batch, List<String> taps) {
        taps.forEach(network::at); // explains an unknown path
        Plan plan = forwardPlan(batch, new LinkedHashSet<>(taps));
        var values = new ArrayList<Value>();
        values.add(plan.loss().logs());
        taps.forEach(
                tap -> values.add(plan.tapped().getOrDefault(tap, plan.loss().logs())));
        var answer = new ArrayList<float[]>();
        values.forEach(value -> answer.add(new float[Math.multiplyExact(batch.size(), value.count())]));
        int atOnce = plan.groups() * kernels.lanes();
        for (int first = 0; first < batch.size(); first += atOnce) {
            Pass pass = pass(plan, batch, first, Math.min(atOnce, batch.size() - first), 0);
            plan.runForward(pass, team);
            for (int i = 0; i < values.size(); i++) {
                read(pass, values.get(i), answer.get(i));
            }
        }
        return answer;
    }

    /** Turns what a pass left of a value to rows, one an example. */
    private void read(Pass pass, Value value, float[] rows) {
        int lanes = kernels.lanes();
        int count = value.count();
        int[] places = value.places();
        for (int group = 0; group < pass.groups; group++) {
            int to = (pass.firstExample + group * lanes) * count;
            Transpose.toRows(lanes, pass.memory, value.at(group, 0), places, pass.examplesIn(group), rows, to, count);
        }
    }

    @Override
    public SequencedMap<String, float[]> weights() {
        return parameters.weights(workspace.memory());
    }

    @Override
    public SequencedMap<String, float[]> optimizerState() {
        return parameters.state(workspace.memory());
    }

    @Override
    public void restore(
            SequencedMap<String, float[]> weights, SequencedMap<String, float[]> optimizerState, long stepsDone) {
        float[] m = workspace.memory();
        parameters.checkWeights(m, weights);
        if (optimizerState.isEmpty()) {
            parameters.clearState(m);
            update.setSteps(0);
        } else {
            parameters.writeState(m, optimizerState);
            update.setSteps(stepsDone);
        }
        parameters.writeWeights(m, weights);
    }

    @Override
    public long memory(int examples) {
        return Workspace.bytes(trainingPlan(examples).end());
    }

    /** How a step on so many examples runs. */
    List<String> plan(int examples) {
        return trainingPlan(examples).lines();
    }

    @Override
    public int threads() {
        return team.threads();
    }

    @Override
    public void close() {
        team.close();
    }

    private Pass pass(Plan plan, Batch batch, int first, int examples, long step) {
        return new Pass(workspace.memoryFor(plan), batch, first, examples, kernels.lanes(), assignment.seed(), step);
    }

    private Plan trainingPlan(Batch batch) {
        check(batch);
        if (batch.size() == 1) {
            requireSeveralNumbersAChannel();
        }
        return trainingPlan(batch.size());
    }

    private Plan trainingPlan(int examples) {
        int groups = Math.ceilDiv(examples, kernels.lanes());
        Plan plan = trainingPlan;
        if (plan == null || plan.groups() < groups) {
            plan = Plan.training(site(groups, true), network, assignment.loss(), parameters.end(), team.threads());
            trainingPlan = plan;
        }
        return plan;
    }

    private void requireSeveralNumbersAChannel() {
        for (Network.Place place : network.leaves()) {
            if (place.layer() instanceof Layer.BatchNorm
                    && place.in().count() == place.in().size(0)) {
                throw new IllegalArgumentException(
                        "layer %s (batchNorm) cannot train on a batch of one example: it has one number a channel, so no variance"
                                .formatted(place.path()));
            }
        }
    }

    private Plan forwardPlan(Batch batch, Set<String> taps) {
        check(batch);
        int groups = Math.min(Math.ceilDiv(batch.size(), kernels.lanes()), groupsAtOnce());
        Plan plan = forwardPlans.get(taps);
        if (plan == null || plan.groups() < groups) {
            plan = Plan.forward(
                    site(groups, false), network, assignment.loss(), taps, parameters.end(), team.threads());
            if (forwardPlans.size() >= PLANS_KEPT) {
                forwardPlans.remove(forwardPlans.keySet().iterator().next());
            }
            forwardPlans.put(taps, plan);
        }
        return plan;
    }

    private int groupsAtOnce() {
        long floats = network.leaves().stream()
                .mapToLong(place -> place.out().count())
                .sum();
        return Math.clamp(FLOATS_AT_ONCE / (floats * kernels.lanes()), LEAST_GROUPS_AT_ONCE, MOST_GROUPS_AT_ONCE);
    }

    private Site site(int groups, boolean isTraining) {
        return new Site(kernels, parameters, groups, isTraining);
    }

    private void check(Batch batch) {
        if (!batch.shape().equals(network.input())) {
            throw new IllegalArgumentException(
                    "this network takes examples of shape %s, got %s".formatted(network.input(), batch.shape()));
        }
        int classes = network.output().count();
        for (int label : batch.labels()) {
            if (label < 0 || label >= classes) {
                throw new IllegalArgumentException(
                        "a label must be in 0 … %d for this network, got %d".formatted(classes - 1, label));
            }
        }
    }

    private static DivergedException diverged(long step, String what) {
        return new DivergedException(
                step, "%s at step %d: try a smaller learning rate or gradient clipping".formatted(what, step));
    }

    /** Runs the pass again with every place in sight and says which layer is the first to give out a number that is not finite. */
    private String firstBadLayer(Pass bad) {
        for (float input : bad.batch.inputs()) {
            if (!Float.isFinite(input)) {
                return "because the batch holds numbers that are not finite,";
            }
        }
        var paths = new LinkedHashSet<String>();
        network.leaves().forEach(place -> paths.add(place.path()));
        Plan plan = Plan.forward(
                site(bad.groups, true), network, assignment.loss(), paths, parameters.end(), team.threads());
        Pass pass = pass(plan, bad.batch, 0, bad.examples, bad.step);
        plan.runForward(pass, team);
        for (String path : paths) {
            Value value = plan.tapped().get(path);
            if (value != null && !isFinite(pass, value)) {
                return "first in layer " + path;
            }
        }
        return "though every layer's output is finite,";
    }

    private boolean isFinite(Pass pass, Value value) {
        var rows = new float[Math.multiplyExact(pass.examples, value.count())];
        read(pass, value, rows);
        for (float number : rows) {
            if (!Float.isFinite(number)) {
                return false;
            }
        }
        return true;
    }
}
