package fathom.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import fathom.experiment.Experiments;
import fathom.inspect.History.Epoch;
import fathom.inspect.History.Reached;
import fathom.run.Spec;
import fathom.train.Metrics;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Curves, and how specs differ. */
class HistoryTest {
    private static final History HISTORY =
            new History(List.of(epoch(1, 0.7, true), epoch(2, 0.85, true), epoch(3, 0.84, false)));

    private static Epoch epoch(int number, double accuracy, boolean best) {
        var test = Optional.of(Metrics.ofClasses(1 - accuracy, accuracy));
        return new Epoch(number, Optional.empty(), Optional.empty(), test, 0.1, 10 * number, best);
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

    private static Spec spec(String name) {
        return Experiments.find(name).orElseThrow().spec();
    }
}
