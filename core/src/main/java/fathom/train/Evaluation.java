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
        Tally tally = Tally.NOTHING;
        try (var feed = BatchFeed.all(examples, batch)) {
            while (feed.hasNext()) {
                var next = feed.next();
                tally = tally.plus(learner.evaluate(next), next.size());
            }
        }
        return Optional.of(tally.metrics());
    }
}
