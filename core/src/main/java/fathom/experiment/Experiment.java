package fathom.experiment;

import fathom.run.Spec;

/**
 * A question and everything that answers it.
 *
 * @param question one or two sentences
 * @param reported what the course report reached, as it states it; empty if there is none
 */
public record Experiment(String question, String reported, Spec spec) {
    public String name() {
        return spec.experiment();
    }
}
