package fathom.report;

import fathom.config.ConfigException;
import fathom.config.Node;
import fathom.config.Overrides;
import fathom.config.Place;
import fathom.config.Yaml;
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
        return Experiments.find(spec.experiment()).flatMap(built -> {
            var command = new StringBuilder("fathom train ").append(spec.experiment());
            Node made = Spec.binder().writeFully(built.spec(), Spec.class, Place.DEFAULT);
            try {
                for (Difference difference : Difference.between(List.of(built.spec(), spec))) {
                    String change =
                            difference.path() + "=" + difference.values().getLast();
                    made = Overrides.apply(Spec.binder(), Spec.class, made, change);
                    command.append(" --set ").append(quoted(change));
                }
                boolean isTheSame = Spec.binder().read(made, Spec.class).equals(spec);
                return isTheSame ? Optional.of(command.toString()) : Optional.empty();
            } catch (ConfigException _) {
                return Optional.empty(); // a difference that no single value makes up for
            }
        });
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
