package fathom.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import fathom.data.Augmentation;
import fathom.engine.Optimizer;
import fathom.experiment.Experiments;
import fathom.inspect.History.Epoch;
import fathom.inspect.History.Reached;
import fathom.run.Spec;
import fathom.train.Metrics;
import fathom.train.Schedule;
import fathom.train.Training;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Curves, and how specs differ. */
class HistoryTest {
    private static final History HISTORY =
            new History(List.of(epoch(1, 0.7, true), epoch(2, 0.85, true), epoch(3, 0.84, false)));

    private static Epoch epoch(int number, double accuracy, boolean best) {
        var test = Optional.of(Metrics.ofClasses(1 - accuracy, accuracy));
        return new Epoch(number, Optional.empty(), Optional.empty(), test, 10 * number, best);
    }

    @Test
    void theKeptEpochIsTheLastThatWasBest() {
        assertThat(HISTORY.best().orElseThrow().number()).isEqualTo(2);
        assertThat(new History(List.of()).best()).isEmpty();
    }

    @Test
    void aLevelIsReachedAtTheEndOfTheFirstEpochThatHasIt() {
        assertThat(HISTORY.reached(0.7)).contains(new Reached(1, 10));
        assertThat(HISTORY.reached(0.84)).contains(new Reached(2, 30));
        assertThat(HISTORY.reached(0.9)).isEmpty();
        assertThat(HISTORY.secondsPerEpoch()).isEqualTo(20);
    }

    @Test
    void specsDifferByTheirValuesAndByTheirNetworksAsAWhole() {
        Spec plain = spec("fashion-lenet");
        assertThat(Difference.between(List.of(plain, plain.withSeed(9))))
                .containsExactly(new Difference("seed", List.of("0", "9")));
        var differences = Difference.between(List.of(plain, spec("fashion-lenet-wide")));
        assertThat(differences)
                .extracting(Difference::path)
                .containsExactly("experiment", "training.epochs", "model.classifier.network");
        assertThat(differences.getLast().values().getFirst())
                .startsWith("{\"chain\":[{\"conv\":{\"channels\":6,\"kernel\":5}},\"relu\"");
    }

    @Test
    void whatIsOfAnotherKindDiffersAsAWhole() {
        var training = Training.of(10, 64, Optimizer.sgd(0.1));
        Spec plain = spec("mnist-mlp").withTraining(training);
        Spec other = plain.withTraining(Training.of(10, 64, new Optimizer.AdamW(2e-3, 0.9, 0.99, 1e-8, 0.01))
                .withSchedule(new Schedule.Step(10, 0.5)));
        assertThat(Difference.between(List.of(plain, other)))
                .containsExactly(
                        new Difference(
                                "training.optimizer",
                                List.of("{\"sgd\":{\"rate\":0.1}}", "{\"adamW\":{\"rate\":0.002,\"beta2\":0.99}}")),
                        new Difference("training.schedule", List.of("constant", "{\"step\":{\"every\":10}}")));
    }

    @Test
    void listsOfDifferentLengthsDifferAsAWhole() {
        Spec plain = spec("mnist-cnn");
        Spec turned = plain.withData(plain.data().withAugmentation(new Augmentation.Affine(15, 0.15, 0.2, 2.5)));
        assertThat(Difference.between(List.of(plain, turned)))
                .containsExactly(new Difference(
                        "data.augmentation",
                        List.of(
                                "[{\"shift\":{\"pixels\":2}},{\"rotate\":{\"degrees\":10}}]",
                                "[{\"affine\":{\"degrees\":15,\"zoom\":0.15,\"shear\":0.2,\"pixels\":2.5}}]")));
    }

    private static Spec spec(String name) {
        return Experiments.find(name).orElseThrow().spec();
    }
}
