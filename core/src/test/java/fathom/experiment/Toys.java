package fathom.experiment;

import fathom.config.Document;
import java.util.List;

/** Experiments that train in a moment. */
final class Toys {
    private Toys() {}

    static Experiment experiment(String more) {
        return ExperimentDocument.read(Document.parse("toy.yaml", """
                        experiment: toy
                        data: {set: toy-digits, count: 300}
                        model: {classifier: {network: {chain: [flatten, {linear: 10}]}}}
                        training: {epochs: 2, batch: 32, optimizer: {sgd: 0.1}}
                        """ + more), List.of());
    }

    /** Three rates, two seeds. */
    static Experiment rates() {
        return experiment("""
                variants: {optimizer.rate: [0.01, 0.1, 1]}
                seeds: 0..1
                """);
    }
}
