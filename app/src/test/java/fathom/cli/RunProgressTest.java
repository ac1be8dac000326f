package fathom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fathom.experiment.Cell;
import fathom.experiment.Experiments;
import fathom.experiment.Standing;
import fathom.run.Summary;
import fathom.train.Event;
import fathom.train.Metrics;
import fathom.train.Progress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunProgressTest {
    private static final int STEPS = 100;
    private static final int EPOCHS = 3;
    private static final Metrics METRICS = Metrics.ofClasses(0.5, 0.9);

    private RunProgress run = RunProgress.of(standing(Standing.State.MISSING, Optional.empty()))
            .begun()
            .after(new Event.Started(Progress.start(), STEPS, EPOCHS, 6400, 1, 1, 1, List.of()));

    /** The first steps wait for the compiler: what they took says little of those to come. */
    @Test
    void theFirstEpochIsJudgedByAllItsStepsSoFar() {
        step(1, 10);
        assertThat(run.secondsPerEpoch()).isCloseTo(1000, within(1e-9));
        step(50, 0.3);
        assertThat(run.secondsPerEpoch()).isCloseTo(30, within(1e-9));
        assertThat(new Pace(1).left(List.of(run))).contains("1:15"); // two and a half epochs of 30 seconds
    }

    @Test
    void laterOnesAreJudgedByTheLastWholeEpochEvaluationIncluded() {
        step(100, 0.2);
        run = run.after(
                new Event.EpochDone(1, STEPS, METRICS, Optional.of(METRICS), Optional.empty(), 0.1, 24, 300, 0, true));
        step(101, 5);
        assertThat(run.secondsPerEpoch()).isEqualTo(24);
        step(150, 0.2);
        assertThat(new Pace(1).left(List.of(run))).contains("0:36");
    }

    @Test
    void theAccuracyIsThatOfTheTrainingSoFarAndThenOfTheLastValidation() {
        step(1, 0.1, 0.1);
        step(50, 0.1, 0.6);
        assertThat(run.accuracy()).contains(0.6);
        var validation = Optional.of(Metrics.ofClasses(0.5, 0.8));
        run = run.after(new Event.EpochDone(1, STEPS, METRICS, validation, Optional.empty(), 0.1, 24, 300, 0, true));
        step(101, 0.1, 0.95);
        assertThat(run.accuracy()).contains(0.8);
    }

    @Test
    void aRunThatGoesOnBeginsWithTheAccuracyItHad() {
        var validation = Optional.of(Metrics.ofClasses(0.5, 0.7));
        var summary = new Summary(
                "id",
                "mnist-mlp",
                0,
                "",
                "",
                Summary.End.INTERRUPTED,
                "",
                1,
                EPOCHS,
                STEPS,
                1,
                Optional.of(METRICS),
                validation,
                Optional.empty(),
                300,
                24);
        run = RunProgress.of(standing(Standing.State.INTERRUPTED, Optional.of(summary)));
        step(STEPS + 1, 0.1, 0.95);
        assertThat(run.accuracy()).contains(0.7);
    }

    private static Standing standing(Standing.State state, Optional<Summary> summary) {
        var variant = Experiments.find("mnist-mlp").orElseThrow().variants().getFirst();
        return new Standing(new Cell(variant, 0), state, "", Optional.empty(), summary, 0);
    }

    private void step(long step, double secondsPerStep) {
        step(step, secondsPerStep, 0.9);
    }

    private void step(long step, double secondsPerStep, double accuracy) {
        run = run.after(new Event.StepDone(
                step,
                (int) ((step - 1) / STEPS),
                (int) ((step - 1) % STEPS),
                0.5,
                Metrics.ofClasses(0.5, accuracy),
                0.1,
                300,
                0,
                secondsPerStep));
    }
}
