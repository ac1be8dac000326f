package fathom.train;

import fathom.data.Batch;
import fathom.data.Dataset;
import fathom.data.Examples;
import fathom.data.Split;
import fathom.engine.Averages;
import fathom.engine.DivergedException;
import fathom.engine.Learner;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * The training loop: epochs of steps, an evaluation after each, the weights that are kept ({@link
 * Training.Keep}) tested at the end.
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
    private final Clock whole = new Clock();

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
     * @param parameters how many numbers are trained, for the listener
     * @param warnings what the listener should tell people first
     * @throws DivergedException if the loss leaves the numbers, after telling the listener
     */
    public Outcome train(long parameters, List<String> warnings) {
        listener.on(new Event.Started(
                progress,
                stepsPerEpoch,
                training.epochs(),
                examples.size(),
                parameters,
                learner.threads(),
                learner.memory(Math.min(training.batch(), examples.size())),
                warnings));
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
        var clock = new Clock();
        int epoch = progress.epoch();
        int[][] batches = Batches.shuffled(examples, training.batch(), stepsPerEpoch, seed, epoch);
        try (var feed = new BatchFeed(
                examples,
                batches,
                progress.stepInEpoch(),
                (batch, number) -> augment(batch, (long) epoch * stepsPerEpoch + number))) {
            while (feed.hasNext()) {
                step(feed, clock);
                if (interrupted.getAsBoolean()) {
                    checkpointNow();
                    return false;
                }
                if (isCheckpointDue()) {
                    checkpointNow();
                }
            }
        }
        finishEpoch(clock);
        return true;
    }

    private void augment(Batch batch, long step) {
        dataset.augment(batch, seed, step, (double) step / ((long) stepsPerEpoch * training.epochs()));
    }

    private void step(BatchFeed feed, Clock clock) {
        long start = System.nanoTime();
        double rate = rate(progress.step());
        var batch = feed.next();
        var score = learner.step(batch, progress.step(), rate);
        double seconds = (System.nanoTime() - start) * 1e-9;
        clock.add(batch, seconds);
        whole.add(batch, seconds);
        progress = progress.afterStep(score, batch.size(), seconds);
        listener.on(new Event.StepDone(
                progress.step(),
                progress.epoch(),
                progress.stepInEpoch(),
                score.loss(),
                progress.train(),
                rate,
                clock.imagesPerSecond(),
                clock.tokensPerSecond(),
                clock.secondsPerStep()));
    }

    /** Time spent on steps, their batches included, evaluation not. */
    private static final class Clock {
        private final long began = System.nanoTime();
        private long images;
        private long tokens;
        private long steps;
        private double seconds;

        void add(Batch batch, double time) {
            images += batch.size();
            tokens += IntStream.of(batch.lengths()).asLongStream().sum();
            steps++;
            seconds += time;
        }

        double imagesPerSecond() {
            return images / Math.max(1e-9, seconds);
        }

        double tokensPerSecond() {
            return tokens / Math.max(1e-9, seconds);
        }

        double secondsPerStep() {
            return seconds / Math.max(1, steps);
        }

        double sinceBegun() {
            return (System.nanoTime() - began) * 1e-9;
        }
    }

    private double rate(long step) {
        long steps = (long) stepsPerEpoch * training.epochs();
        return training.optimizer().rate() * training.schedule().factor(step, stepsPerEpoch, steps);
    }

    private boolean isCheckpointDue() {
        int every = training.checkpointEvery();
        return every > 0 && progress.step() % every == 0 && progress.stepInEpoch() < stepsPerEpoch;
    }

    private void finishEpoch(Clock clock) {
        long evaluating = System.nanoTime();
        var train = progress.train();
        var state = new State(learner.weights(), learner.optimizerState());
        if (training.averaging() > 0) {
            learner.restore(state.judged(), new LinkedHashMap<>(), progress.step());
        }
        var validation = evaluate(Split.VALIDATION);
        var test = training.trackTest() ? evaluate(Split.TEST) : Optional.<Metrics>empty();
        if (training.averaging() > 0) {
            learner.restore(state.weights(), state.optimizerState(), progress.step());
        }
        double loss = validation.map(this::criterion).orElse(Double.POSITIVE_INFINITY);
        if (Double.isNaN(loss)) {
            throw new DivergedException(
                    progress.step(), "the validation loss is not a number after step " + progress.step());
        }
        boolean best = validation.isEmpty()
                || training.keep() == Training.Keep.LAST
                || loss < progress.bestLoss()
                || progress.bestEpoch() < 0;
        progress = progress.afterEpoch(loss, best, (System.nanoTime() - evaluating) * 1e-9);
        listener.on(new Event.EpochDone(
                progress.epoch(),
                progress.step(),
                train,
                validation,
                test,
                rate(progress.step() - 1),
                clock.sinceBegun(),
                clock.imagesPerSecond(),
                clock.tokensPerSecond(),
                best));
        checkpoint(state, best);
    }

    /** What the kept weights have least of. */
    private double criterion(Metrics metrics) {
        return training.keep() == Training.Keep.HIGHEST_ACCURACY && !Double.isNaN(metrics.loss())
                ? -metrics.accuracy().orElse(-metrics.loss())
                : metrics.loss();
    }

    /** The learner's arrays at one moment. */
    private record State(SequencedMap<String, float[]> weights, SequencedMap<String, float[]> optimizerState) {
        SequencedMap<String, float[]> judged() {
            return Averages.orWeights(weights, optimizerState);
        }
    }

    private void checkpointNow() {
        checkpoint(new State(learner.weights(), learner.optimizerState()), false);
    }

    private void checkpoint(State state, boolean best) {
        if (best) {
            bestWeights = state.judged();
        }
        listener.on(new Event.Checkpoint(progress, state.weights(), state.optimizerState(), best));
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
                whole.imagesPerSecond(),
                progress.seconds());
    }

    private Optional<Metrics> evaluate(Split split) {
        return Evaluation.of(learner, dataset.examples(split), EVALUATION_BATCH);
    }
}
