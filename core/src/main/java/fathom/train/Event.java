package fathom.train;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** What happens in a training, in order; every listener hears the same. */
public sealed interface Event {

    /**
     * Before the first step of this process.
     *
     * @param from where it begins: the very start, or a checkpoint
     * @param memory bytes that the engine needs for a step, as {@link fathom.engine.Learner#memory}
     * @param warnings what was found damaged and put aside before, for people to read
     */
    record Started(
            Progress from,
            int stepsPerEpoch,
            int epochs,
            int trainExamples,
            long parameters,
            int threads,
            long memory,
            List<String> warnings)
            implements Event {
        public Started {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * After each step.
     *
     * @param step counted from 1 over the whole training
     * @param loss of this batch, before the step
     * @param soFar training metrics of the epoch so far
     * @param imagesPerSecond examples, of this process in this epoch
     * @param tokensPerSecond words of sentences, likewise, padding not counted; 0 for pictures
     * @param secondsPerStep likewise, a mean
     */
    record StepDone(
            long step,
            int epoch,
            int stepInEpoch,
            double loss,
            Metrics soFar,
            double rate,
            double imagesPerSecond,
            double tokensPerSecond,
            double secondsPerStep)
            implements Event {}

    /**
     * After each epoch.
     *
     * @param epoch counted from 1
     * @param train mean over the epoch's batches, in training mode
     * @param rate of the last step
     * @param seconds of this epoch in this process, evaluation included
     * @param imagesPerSecond examples of the training steps, evaluation not included
     * @param tokensPerSecond words of sentences, likewise, padding not counted; 0 for pictures
     * @param best whether these are the weights to keep so far, as {@link Training.Keep} says
     */
    record EpochDone(
            int epoch,
            long step,
            Metrics train,
            Optional<Metrics> validation,
            Optional<Metrics> test,
            double rate,
            double seconds,
            double imagesPerSecond,
            double tokensPerSecond,
            boolean best)
            implements Event {}

    /**
     * State that can be kept and resumed from: after each epoch, every so many steps, and on interruption.
     *
     * @param best whether these are also the weights to keep so far
     */
    record Checkpoint(
            Progress progress,
            SequencedMap<String, float[]> weights,
            SequencedMap<String, float[]> optimizerState,
            boolean best)
            implements Event {}

    /** After the last step; the metrics of the kept weights. */
    record Finished(Outcome outcome) implements Event {}

    /** Asked to stop; a {@link Checkpoint} came just before. */
    record Interrupted(Progress progress) implements Event {}

    /** The loss left the numbers; the last checkpoint is still good. */
    record Diverged(Progress progress, String message) implements Event {}
}
