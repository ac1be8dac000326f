package fathom.train;

import fathom.data.Dataset;
import fathom.data.Examples;
import fathom.data.Split;
import fathom.engine.DivergedException;
import fathom.engine.Learner;
import fathom.random.Draws;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;

/**
 * The training loop: epochs of steps, an evaluation after each, the best weights by validation loss tested at the end.
 *
 * <p>Everything random is named by the seed and a step, so a loop that begins from a checkpoint does exactly what an
 * uninterrupted one would have done.
 */
public final class Trainer {
    private static final int EVALUATION_BATCH = 500;

    private final Learner learner;
    private final Dataset dataset;
    private final Training training;
    private final long seed;
    private final Listener listener;
    private final BooleanSupplier interrupted;
    private final Examples examples;
    private final int stepsPerEpoch;

    private Progress progress;
    private SequencedMap<String, float[]> bestWeights;
    private long trainedExamples;
    private double trainingSeconds;

    /**
     * A loop that has not begun.
     *
     * @param learner holds the state that belongs to {@code from}
     * @param bestWeights the best so far; empty at the very start
     * @param interrupted asked after every step; once true, the loop checkpoints and returns
     * @throws IllegalArgumentException if there is nothing to train on
     */
    public Trainer(
            Learner learner,
            Dataset dataset,
            Training training,
            long seed,
            Progress from,
            SequencedMap<String, float[]> bestWeights,
            Listener listener,
            BooleanSupplier interrupted) {
        this.learner = learner;
        this.dataset = dataset;
        this.training = training;
        this.seed = seed;
        this.progress = from;
        this.bestWeights = bestWeights;
        this.listener = listener;
        this.interrupted = interrupted;
        this.examples = dataset.examples(Split.TRAIN);
        this.stepsPerEpoch = training.stepsPerEpoch(examples.size());
        if (stepsPerEpoch == 0) {
            throw new IllegalArgumentException(dataset.name() + " has no training examples");
        }
    }

    /**
     * Trains to the end, or until interrupted.
     *
     * @throws DivergedException if the loss leaves the numbers, after telling the listener
     */
    public Outcome train(long parameters) {
        listener.on(new Event.Started(
                progress, stepsPerEpoch, training.epochs(), examples.size(), parameters, learner.threads()));
        try {
            while (progress.epoch() < training.epochs() && !outOfPatience()) {
                if (!runEpoch()) {
                    listener.on(new Event.Interrupted(progress));
                    return outcome(Outcome.End.INTERRUPTED, Optional.empty(), Optional.empty());
                }
            }
        } catch (DivergedException e) {
            listener.on(new Event.Diverged(progress, e.reason()));
            throw e;
        }
        return finish();
    }

    /** One epoch from where it stands; false if interrupted within. */
    private boolean runEpoch() {
        long began = System.nanoTime();
        double before = trainingSeconds;
        long examplesBefore = trainedExamples;
        int epoch = progress.epoch();
        int[] order = Draws.of(seed, "order", epoch).permutation(examples.size());
        try (var feed = new BatchFeed(
                examples,
                order,
                training.batch(),
                progress.stepInEpoch(),
                stepsPerEpoch,
                (batch, number) -> dataset.augment(batch, seed, (long) epoch * stepsPerEpoch + number))) {
            while (feed.hasNext()) {
                step(feed, examplesBefore, before);
                if (interrupted.getAsBoolean()) {
                    checkpoint(false);
                    return false;
                }
                if (isCheckpointDue()) {
                    checkpoint(false);
                }
            }
        }
        double speed = (trainedExamples - examplesBefore) / Math.max(1e-9, trainingSeconds - before);
        finishEpoch(speed, began);
        return true;
    }

    private void step(BatchFeed feed, long examplesBefore, double secondsBefore) {
        long start = System.nanoTime();
        var batch = feed.next();
        double rate = rate(progress.step());
        var score = learner.step(batch, progress.step(), rate);
        double seconds = (System.nanoTime() - start) * 1e-9;
        trainingSeconds += seconds;
        trainedExamples += batch.size();
        progress = progress.afterStep(score.loss(), score.correct(), batch.size(), seconds);
        listener.on(new Event.StepDone(
                progress.step(),
                progress.epoch(),
                progress.stepInEpoch(),
                score.loss(),
                progress.train(),
                rate,
                (trainedExamples - examplesBefore) / Math.max(1e-9, trainingSeconds - secondsBefore)));
    }

    private double rate(long step) {
        long steps = (long) stepsPerEpoch * training.epochs();
        return training.optimizer().rate() * training.schedule().factor(step, stepsPerEpoch, steps);
    }

    private boolean isCheckpointDue() {
        int every = training.checkpointEvery();
        return every > 0 && progress.step() % every == 0 && progress.stepInEpoch() < stepsPerEpoch;
    }

    private void finishEpoch(double imagesPerSecond, long began) {
        long evaluating = System.nanoTime();
        var train = progress.train();
        var validation = evaluate(Split.VALIDATION);
        var test = training.trackTest() ? evaluate(Split.TEST) : Optional.<Metrics>empty();
        double loss = validation.map(Metrics::loss).orElse(Double.POSITIVE_INFINITY);
        if (Double.isNaN(loss)) {
            throw new DivergedException(
                    progress.step(), "the validation loss is not a number after step " + progress.step());
        }
        boolean best = validation.isEmpty() || loss < progress.bestLoss() || progress.bestEpoch() < 0;
        long now = System.nanoTime();
        progress = progress.afterEpoch(loss, best, (now - evaluating) * 1e-9);
        listener.on(new Event.EpochDone(
                progress.epoch(),
                progress.step(),
                train,
                validation,
                test,
                rate(progress.step() - 1),
                (now - began) * 1e-9,
                imagesPerSecond,
                best));
        checkpoint(best);
    }

    private void checkpoint(boolean best) {
        var weights = learner.weights();
        if (best) {
            bestWeights = weights;
        }
        listener.on(new Event.Checkpoint(progress, weights, learner.optimizerState(), best));
    }

    private boolean outOfPatience() {
        return switch (training.stop()) {
            case Stop.Never _ -> false;
            case Stop.Patience(int epochs) -> progress.epoch() - 1 - progress.bestEpoch() >= epochs;
        };
    }

    private Outcome finish() {
        var end = progress.epoch() < training.epochs() ? Outcome.End.STOPPED_EARLY : Outcome.End.FINISHED;
        learner.restore(bestWeights, new LinkedHashMap<>(), progress.step());
        var outcome = outcome(end, evaluate(Split.VALIDATION), evaluate(Split.TEST));
        listener.on(new Event.Finished(outcome));
        return outcome;
    }

    private Outcome outcome(Outcome.End end, Optional<Metrics> validation, Optional<Metrics> test) {
        return new Outcome(
                end,
                progress.epoch(),
                progress.step(),
                progress.bestEpoch() + 1,
                progress.lastTrain(),
                validation,
                test,
                trainedExamples / Math.max(1e-9, trainingSeconds),
                progress.seconds());
    }

    private Optional<Metrics> evaluate(Split split) {
        return Evaluation.of(learner, dataset.examples(split), EVALUATION_BATCH);
    }
}
