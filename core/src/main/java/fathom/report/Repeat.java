package fathom.report;

import fathom.config.ConfigException;
import fathom.config.Node;
import fathom.config.Overrides;
import fathom.config.Place;
import fathom.config.Yaml;
import fathom.experiment.Experiment;
import fathom.experiment.Experiments;
import fathom.inspect.Difference;
import fathom.run.Spec;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** How to make a run again. */
final class Repeat {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._=/+-]+");

    private Repeat() {}

    /** The command that trains exactly this spec, where one line says it: a built-in experiment with single values changed. */
    static Optional<String> command(Spec spec) {
        String train = "fathom train " + spec.experiment();
        return Experiments.find(spec.experiment())
                .flatMap(built -> built.isStudy() ? oneOf(built, spec, train) : changed(built.spec(), spec, train));
    }

    /** One run of an experiment of several, in another store, so that the run that is there does not count. */
    private static Optional<String> oneOf(Experiment built, Spec spec, String train) {
        return built.variants().stream()
                .filter(variant -> variant.spec().training().equals(spec.training())
                        && variant.spec().model().equals(spec.model())
                        && variant.spec().data().equals(spec.data()))
                .findFirst()
                .flatMap(variant -> changed(
                        variant.spec().withSeed(spec.seed()),
                        spec,
                        "%s --variant %s --seeds %s --runs again"
                                .formatted(train, quoted(variant.name()), spec.seed())));
    }

    private static Optional<String> changed(Spec built, Spec spec, String train) {
        var command = new StringBuilder(train);
        Node made = Spec.binder().writeFully(built, Spec.class, Place.DEFAULT);
        try {
            for (Difference difference : Difference.between(List.of(built, spec))) {
                String change = difference.path() + "=" + difference.values().getLast();
                made = Overrides.apply(Spec.binder(), Spec.class, made, change);
                command.append(" --set ").append(quoted(change));
            }
            boolean isTheSame = Spec.binder().read(made, Spec.class).equals(spec);
            return isTheSame ? Optional.of(command.toString()) : Optional.empty();
        } catch (ConfigException _) {
            return Optional.empty(); // a difference that no single value makes up for
        }
    }

    /** The spec as a file that {@code fathom train} reads. */
    static String yaml(Spec spec) {
        return Yaml.of(Spec.binder().writeFully(spec, Spec.class, Place.DEFAULT));
    }

    /** As a shell reads it back. */
    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
