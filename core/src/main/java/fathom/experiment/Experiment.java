package fathom.experiment;

import fathom.run.Spec;
import java.util.List;

/**
 * A question and everything that answers it.
 *
 * @param question one or two sentences
 * @param reported what the course report reached, as it states it; empty if there is none
 * @param published what others have reached on the same data
 */
public record Experiment(String question, String reported, List<Published> published, Spec spec) {
    public Experiment {
        published = List.copyOf(published);
    }

    public String name() {
        return spec.experiment();
    }
}
