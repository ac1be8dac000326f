package fathom.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fathom.data.Batch;
import fathom.data.Dataset;
import fathom.data.Examples;
import fathom.data.Split;
import fathom.engine.DivergedException;
import fathom.engine.Optimizer;
import fathom.model.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class TrainerTest {
    private static final Clouds CLOUDS = new Clouds(330, 90, 300);
    private static final Training TRAINING =
            Training.of(5, 32, Optimizer.sgd(0.05)).withCheckpointEvery(3);

    private final List<Event> events = new ArrayList<>();
    private final SoftmaxRegression learner = new SoftmaxRegression(4, 3);

    @Test
    void theCloudsAreLearntAndTheBestWeightsAreTested() {
        var outcome = train(TRAINING, Progress.start(), () -> false);
        assertThat(outcome.end()).isEqualTo(Outcome.End.FINISHED);
        assertThat(outcome.test().orElseThrow().accuracy().orElseThrow()).isGreaterThan(0.75);
        assertThat(outcome.steps()).isEqualTo(5 * 11);
        var best = epochs().stream().filter(Event.EpochDone::best).toList().getLast();
        assertThat(outcome.bestEpoch()).isEqualTo(best.epoch());
        assertThat(outcome.validation()).isEqualTo(best.validation());
        assertThat(outcome.test()).isEqualTo(best.test());
    }

    @Test
    void weightsMayBeKeptByAccuracy() {
        var outcome =
                train(TRAINING.withEpochs(9).withKeep(Training.Keep.HIGHEST_ACCURACY), Progress.start(), () -> false);
        double highest = epochs().stream()
                .mapToDouble(
                        epoch -> epoch.validation().orElseThrow().accuracy().orElseThrow())
                .max()
                .orElseThrow();
        assertThat(outcome.validation().orElseThrow().accuracy()).contains(highest);
        var first = epochs().stream()
                .filter(epoch -> epoch.validation().orElseThrow().accuracy().orElseThrow() == highest)
                .toList()
                .getFirst();
        assertThat(outcome.bestEpoch()).isEqualTo(first.epoch());
    }

    @Test
    void eachBatchIsAugmentedKnowingItsStepAndHowMuchIsDone() {
        var done = new ConcurrentSkipListMap<Long, Double>(); // batches are made ahead, on a thread of their own
        new Trainer(
                        learner,
                        new Watched(done),
                        TRAINING,
                        7,
                        Progress.start(),
                        new LinkedHashMap<>(),
                        events::add,
                        () -> false)
                .train(12, List.of());
        assertThat(done).hasSize(5 * 11);
        done.forEach((step, part) -> assertThat(part).isEqualTo(step / 55.0));
    }

    /** The clouds, and what {@link Dataset#augment} was told: how much was done at which step. */
    private record Watched(Map<Long, Double> done) implements Dataset {
        @Override
        public void augment(Batch batch, long seed, long step, double part) {
            done.put(step, part);
        }

        @Override
        public String name() {
            return CLOUDS.name();
        }

        @Override
        public Shape shape() {
            return CLOUDS.shape();
        }

        @Override
        public List<String> classes() {
            return CLOUDS.classes();
        }

        @Override
        public Examples examples(Split split) {
            return CLOUDS.examples(split);
        }

        @Override
        public SequencedMap<String, String> provenance() {
            return CLOUDS.provenance();
        }
    }

    @Test
    void fromAnyCheckpointTheEndIsTheSameToTheBit() {
        var whole = train(TRAINING, Progress.start(), () -> false);
        var checkpoints = checkpoints();
        assertThat(checkpoints).hasSize(17 + 5);
        var last = checkpoints.getLast();
        for (int i = 0; i < checkpoints.size(); i++) {
            var from = checkpoints.get(i);
            events.clear();
            learner.restore(
                    from.weights(), from.optimizerState(), from.progress().step());
            var bestSoFar = checkpoints.subList(0, i + 1).stream()
                    .filter(Event.Checkpoint::best)
                    .toList();
            var outcome = new Trainer(
                            learner,
                            CLOUDS,
                            TRAINING,
                            7,
                            from.progress(),
                            bestSoFar.isEmpty()
                                    ? new LinkedHashMap<>()
                                    : bestSoFar.getLast().weights(),
                            events::add,
                            () -> false)
                    .train(12, List.of());
            assertThat(outcome.test()).isEqualTo(whole.test());
            assertThat(outcome.train()).isEqualTo(whole.train());
            if (i < checkpoints.size() - 1) {
                assertThat(checkpoints().getLast().weights().get("weight"))
                        .isEqualTo(last.weights().get("weight"));
                assertThat(checkpoints().getLast().progress().tally())
                        .isEqualTo(last.progress().tally());
            }
        }
    }

    @Test
    void theLastWeightsAreKeptIfAskedFor() {
        var overfitting = Training.of(6, 32, Optimizer.sgd(5)).withKeep(Training.Keep.LAST);
        var outcome = train(overfitting, Progress.start(), () -> false);
        assertThat(epochs()).allMatch(Event.EpochDone::best);
        assertThat(outcome.bestEpoch()).isEqualTo(6);
        assertThat(outcome.test()).isEqualTo(epochs().getLast().test());
        assertThatThrownBy(() -> new Training(
                        5,
                        32,
                        Optimizer.sgd(1),
                        new Schedule.Constant(),
                        new Stop.Patience(2),
                        0,
                        0,
                        0,
                        true,
                        Training.Keep.LAST))
                .hasMessageContaining("patience waits for a lower validation loss");
    }

    @Test
    void anInterruptedLoopCheckpointsAfterTheStepAndReturns() {
        var outcome = train(
                TRAINING,
                Progress.start(),
                () -> events.stream().filter(Event.StepDone.class::isInstance).count() >= 15);
        assertThat(outcome.end()).isEqualTo(Outcome.End.INTERRUPTED);
        assertThat(checkpoints().getLast().progress().step()).isEqualTo(15);
        assertThat(checkpoints().getLast().progress().stepInEpoch()).isEqualTo(4);
        assertThat(events.getLast()).isInstanceOf(Event.Interrupted.class);
    }

    @Test
    void patienceEndsATrainingThatNoLongerImproves() {
        var hopeless = new Training(
                50,
                32,
                Optimizer.sgd(1e-9),
                new Schedule.Constant(),
                new Stop.Patience(3),
                0,
                0,
                0,
                false,
                Training.Keep.LOWEST_LOSS);
        var outcome = train(hopeless, Progress.start(), () -> false);
        assertThat(outcome.end()).isEqualTo(Outcome.End.FINISHED);
        events.clear();
        var wild = new Training(
                50,
                32,
                Optimizer.sgd(50),
                new Schedule.Constant(),
                new Stop.Patience(3),
                0,
                0,
                0,
                false,
                Training.Keep.LOWEST_LOSS);
        outcome = train(wild, Progress.start(), () -> false);
        assertThat(outcome.end()).isEqualTo(Outcome.End.STOPPED_EARLY);
        assertThat(outcome.epochs()).isEqualTo(outcome.bestEpoch() + 3);
    }

    @Test
    void aLossThatIsNoNumberStopsTheTrainingAndIsTold() {
        var training = Training.of(3, 32, Optimizer.sgd(1e6));
        assertThatThrownBy(() -> train(training, Progress.start(), () -> false)).isInstanceOf(DivergedException.class);
        assertThat(events.getLast()).isInstanceOf(Event.Diverged.class);
    }

    @Test
    void aLeftOverSingleExampleIsNoBatch() {
        assertThat(TRAINING.stepsPerEpoch(64)).isEqualTo(2);
        assertThat(TRAINING.stepsPerEpoch(65)).isEqualTo(2);
        assertThat(TRAINING.stepsPerEpoch(66)).isEqualTo(3);
        assertThat(TRAINING.stepsPerEpoch(1)).isEqualTo(1);
        assertThat(TRAINING.stepsPerEpoch(0)).isZero();
    }

    @Test
    void nothingToTrainOnIsRefused() {
        assertThatThrownBy(() -> new Trainer(
                        learner,
                        new Clouds(0, 1, 1),
                        TRAINING,
                        1,
                        Progress.start(),
                        new LinkedHashMap<>(),
                        events::add,
                        () -> false))
                .hasMessage("clouds has no training examples");
    }

    @Test
    void everyExampleIsSeenOnceAnEpoch() {
        train(TRAINING, Progress.start(), () -> false);
        assertThat(checkpoints().stream().filter(c -> c.progress().stepInEpoch() == 9))
                .allMatch(c -> c.progress().tally().seen() == 9 * 32);
        assertThat(epochs())
                .hasSize(5)
                .allMatch(e -> e.validation().isPresent() && e.test().isPresent());
    }

    private Outcome train(Training training, Progress from, BooleanSupplier interrupted) {
        return new Trainer(learner, CLOUDS, training, 7, from, new LinkedHashMap<>(), events::add, interrupted)
                .train(12, List.of());
    }

    private List<Event.EpochDone> epochs() {
        return events.stream()
                .filter(Event.EpochDone.class::isInstance)
                .map(Event.EpochDone.class::cast)
                .toList();
    }

    private List<Event.Checkpoint> checkpoints() {
        return events.stream()
                .filter(Event.Checkpoint.class::isInstance)
                .map(Event.Checkpoint.class::cast)
                .toList();
    }
}
