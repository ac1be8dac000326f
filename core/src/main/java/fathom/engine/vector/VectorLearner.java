package fathom.engine.vector;

import fathom.data.Batch;
import fathom.engine.Assignment;
import fathom.engine.DivergedException;
import fathom.engine.EngineException;
import fathom.engine.Fit;
import fathom.engine.Learner;
import fathom.engine.Sampling;
import fathom.model.Layer;
import fathom.model.Network;
import fathom.model.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

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

    /** Sequences have a plan for each length. */
    private static final int PLANS_OF_SEQUENCES_KEPT = 100;

    private final Assignment assignment;
    private final Network network;
    private final Kernels kernels;
    private final Parameters parameters;
    private final Update update;
    private final Team team;
    private final Company company = new Company();
    private final Workspace workspace = new Workspace();
    private final Map<Asked, Plan> forwardPlans = new LinkedHashMap<>();
    private final Map<Shape, Plan> trainingPlans = new LinkedHashMap<>();

    /** What a plan to go forward is for. */
    private record Asked(Set<String> taps, Shape shape) {}

    VectorLearner(Assignment assignment, Kernels kernels, int threads) {
        this.assignment = assignment;
        this.kernels = kernels;
        network = assignment.network();
        var kinds = Update.kinds(assignment.optimizer());
        boolean isAveraging = assignment.averaging() > 0;
        parameters = new Parameters(network, Workspace.BEGIN, kernels.lanes(), kinds, isAveraging);
        update = new Update(assignment, parameters, kernels.stretches());
        workspace.keep(parameters.end());
        parameters.writeWeights(workspace.memory(), network.initialWeights(assignment.seed()));
        parameters.beginAverages(workspace.memory());
        team = new Team(threads);
    }

    @Override
    public Score step(Batch batch, long step, double rate) {
        // Sequences differ in length, so their steps do not tell by their time who is faster.
        if (team.threads() == 1 || network.isOfSequences()) {
            return stepOn(batch, step, rate);
        }
        team.setAlone(company.isAlone());
        try {
            long began = System.nanoTime();
            Score score = stepOn(batch, step, rate);
            company.took(System.nanoTime() - began, batch.size());
            return score;
        } finally {
            team.setAlone(false);
        }
    }

    private Score stepOn(Batch batch, long step, double rate) {
        Plan plan = trainingPlan(batch);
        Pass pass = pass(plan, batch, 0, batch.size(), step, Sampling.TRAINING);
        Score score = forwardAndBackward(plan, pass, step);
        update.apply(pass.memory, team, rate, clipping(pass, step));
        plan.updateAverages(pass);
        update.average(pass.memory, team);
        return score;
    }

    private Score forwardAndBackward(Plan plan, Pass pass, long step) {
        plan.run(pass, team);
        Score score = plan.objective().score(plan.objective().sums(pass), pass.examples);
        if (!(score.loss() < HOPELESS)) {
            throw diverged(step, "the loss became " + (float) score.loss() + " " + whereItBegan(pass));
        }
        return score;
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
        Pass pass = pass(plan, batch, 0, batch.size(), step, Sampling.TRAINING);
        forwardAndBackward(plan, pass, step);
        return parameters.gradients(pass.memory);
    }

    @Override
    public Score evaluate(Batch batch) {
        Plan plan = forwardPlan(batch, Set.of());
        var sums = Objective.Sums.NOTHING;
        int atOnce = plan.groups() * kernels.lanes();
        for (int first = 0; first < batch.size(); first += atOnce) {
            Pass pass = pass(plan, batch, first, Math.min(atOnce, batch.size() - first), 0, Sampling.EVALUATION);
            plan.run(pass, team);
            sums = sums.plus(plan.objective().sums(pass));
        }
        return plan.objective().score(sums, batch.size());
    }

    @Override
    public List<float[]> predict(Batch batch, List<String> taps) {
        taps.forEach(network::at); // explains an unknown path
        Plan plan = forwardPlan(batch, new LinkedHashSet<>(taps));
        var values = new ArrayList<Value>();
        Value output = plan.objective().answer();
        values.add(output);
        taps.forEach(tap -> values.add(plan.tapped().getOrDefault(tap, output)));
        var answer = new ArrayList<float[]>();
        values.forEach(value -> answer.add(new float[Math.multiplyExact(batch.size(), value.count())]));
        int atOnce = plan.groups() * kernels.lanes();
        for (int first = 0; first < batch.size(); first += atOnce) {
            Pass pass = pass(plan, batch, first, Math.min(atOnce, batch.size() - first), 0, Sampling.NONE);
            plan.run(pass, team);
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
        if (optimizerState.isEmpty()) {
            parameters.beginAverages(m);
        }
    }

    @Override
    public long memory(int examples) {
        return Workspace.bytes(trainingPlan(examples, network.input()).end());
    }

    /** How a step on so many examples runs. */
    List<String> plan(int examples) {
        return trainingPlan(examples, network.input()).lines();
    }

    @Override
    public int threads() {
        return team.threads();
    }

    @Override
    public void close() {
        team.close();
    }

    private Pass pass(Plan plan, Batch batch, int first, int examples, long step, Sampling sampling) {
        return new Pass(
                workspace.memoryFor(plan), batch, first, examples, kernels.lanes(), assignment.seed(), step, sampling);
    }

    private Plan trainingPlan(Batch batch) {
        check(batch);
        if (batch.size() == 1) {
            requireSeveralNumbersAChannel();
        }
        return trainingPlan(batch.size(), batch.shape());
    }

    private Plan trainingPlan(int examples, Shape shape) {
        int groups = Math.ceilDiv(examples, kernels.lanes());
        Plan plan = trainingPlans.get(shape);
        if (plan == null || plan.groups() < groups) {
            plan = Plan.training(
                    site(groups, true), network.on(shape), assignment.loss(), parameters.end(), team.threads());
            keep(trainingPlans, shape, plan);
        }
        return plan;
    }

    private <K> void keep(Map<K, Plan> plans, K key, Plan plan) {
        plans.remove(key);
        if (plans.size() >= (network.isOfSequences() ? PLANS_OF_SEQUENCES_KEPT : PLANS_KEPT)) {
            plans.remove(plans.keySet().iterator().next());
        }
        plans.put(key, plan);
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
        var asked = new Asked(taps, batch.shape());
        Plan plan = forwardPlans.get(asked);
        Network met = network.on(batch.shape());
        int groups = Math.min(Math.ceilDiv(batch.size(), kernels.lanes()), groupsAtOnce(met));
        if (plan == null || plan.groups() < groups) {
            plan = Plan.forward(site(groups, false), met, assignment.loss(), taps, parameters.end(), team.threads());
            keep(forwardPlans, asked, plan);
        }
        return plan;
    }

    private int groupsAtOnce(Network met) {
        long floats =
                met.leaves().stream().mapToLong(place -> place.out().count()).sum();
        return Math.clamp(FLOATS_AT_ONCE / (floats * kernels.lanes()), LEAST_GROUPS_AT_ONCE, MOST_GROUPS_AT_ONCE);
    }

    private Site site(int groups, boolean isTraining) {
        int longest = network.isOfSequences() ? network.input().count() : 1;
        return new Site(kernels, parameters, groups, longest, isTraining);
    }

    private void check(Batch batch) {
        Fit.require(network, assignment.loss(), batch);
    }

    private static DivergedException diverged(long step, String what) {
        return new DivergedException(
                step, "%s at step %d: try a smaller learning rate or gradient clipping".formatted(what, step));
    }

    private String whereItBegan(Pass bad) {
        try {
            return firstBadLayer(bad);
        } catch (EngineException e) {
            return "(too little memory to tell in which layer)";
        }
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
                site(bad.groups, true),
                network.on(bad.batch.shape()),
                assignment.loss(),
                paths,
                parameters.end(),
                team.threads());
        Pass pass = pass(plan, bad.batch, 0, bad.examples, bad.step, bad.sampling);
        plan.run(pass, team);
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
