package fathom.train;

import fathom.data.Examples;
import fathom.engine.Learner;
import java.util.Optional;

/** Metrics of a learner over one split. */
public final class Evaluation {
    private Evaluation() {}

    /** Empty if there are no examples; the batch size only bounds memory. */
    public static Optional<Metrics> of(Learner learner, Examples examples, int batch) {
        if (examples.size() == 0) {
            return Optional.empty();
        }
        double loss = 0;
        long correct = 0;
        try (var feed = BatchFeed.inOrder(examples, batch)) {
            while (feed.hasNext()) {
                var next = feed.next();
                var score = learner.evaluate(next);
                loss += score.loss() * next.size();
                correct += score.correct();
            }
        }
        return Optional.of(new Metrics(loss / examples.size(), (double) correct / examples.size()));
    }
}
