package fathom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fathom.config.Document;
import fathom.engine.Optimizer;
import fathom.experiment.Experiment;
import fathom.experiment.ExperimentDocument;
import fathom.experiment.Experiments;
import fathom.experiment.Variant;
import fathom.train.Training;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code train --print-config} prints of an experiment of several runs. */
class StudyYamlTest {
    @ParameterizedTest
    @MethodSource("studies")
    void readsBackAsTheSameExperiment(Experiment study) {
        Experiment back = ExperimentDocument.read(Document.parse("printed.yaml", StudyYaml.of(study)), List.of());
        assertThat(back.question()).isEqualTo(study.question());
        assertThat(back.spec()).isEqualTo(study.spec());
        assertThat(back.variants()).isEqualTo(study.variants());
        assertThat(back.seeds()).isEqualTo(study.seeds());
    }

    static Stream<Experiment> studies() {
        return Stream.concat(Experiments.all().stream(), Stream.of(ofTwoOptimizers()));
    }

    private static Experiment ofTwoOptimizers() {
        var plain = Experiments.find("toy-digits").orElseThrow();
        var other = plain.spec().withTraining(Training.of(3, 64, Optimizer.sgd(0.1)));
        return plain.withVariants(
                List.of(new Variant("größer, \"viel\": <b>", other), new Variant("plain # or not", plain.spec())));
    }
}
