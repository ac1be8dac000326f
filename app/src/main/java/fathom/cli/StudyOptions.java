package fathom.cli;

import fathom.config.ConfigException;
import fathom.config.Place;
import fathom.config.Spelling;
import fathom.experiment.Experiment;
import fathom.experiment.ExperimentDocument;
import fathom.experiment.Variant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which runs of an experiment are meant. */
final class StudyOptions {
    @Option(
            names = "--seeds",
            paramLabel = "SEEDS",
            description = "Seeds of the experiment's runs: 0..2, or 0,1,5 (default: its own).")
    private @Nullable String seeds;

    @Option(names = "--variant", paramLabel = "NAME", description = "Only this variant; may be given several times.")
    private List<String> variants = new ArrayList<>();

    boolean isGiven() {
        return seeds != null || !variants.isEmpty();
    }

    /** @throws ConfigException if there is no such variant, or the seeds cannot be read */
    Experiment of(Experiment experiment) {
        var chosen = experiment;
        if (seeds != null) {
            chosen = chosen.withSeeds(ExperimentDocument.seeds(seeds, Place.named("--seeds " + seeds)));
        }
        if (!variants.isEmpty()) {
            var names = experiment.variants().stream().map(Variant::name).toList();
            for (String name : variants) {
                if (!names.contains(name)) {
                    throw new ConfigException(
                            Place.named("--variant " + name),
                            "there is no such variant%s; there are: %s"
                                    .formatted(Spelling.hint(name, names), String.join("; ", names)));
                }
            }
            chosen = chosen.withVariants(experiment.variants().stream()
                    .filter(variant -> variants.contains(variant.name()))
                    .toList());
        }
        return chosen;
    }
}
