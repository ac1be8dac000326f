package fathom.experiment;

import fathom.config.Overrides;
import fathom.config.Place;
import fathom.run.Spec;
import java.util.ArrayList;
import java.util.List;

/**
 * One way of doing it.
 *
 * @param name for tables and curves
 * @param spec its seed is replaced by each seed of the experiment
 */
public record Variant(String name, Spec spec) {
    private static final int LONGEST = 400;

    public Variant {
        if (name.isBlank() || name.length() > LONGEST || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "a variant's name is 1 … %d characters on one line, got \"%s\"".formatted(LONGEST, name));
        }
    }

    /**
     * One variant for each value of one setting, named by its last key and the value: {@code weightDecay 1e-3}.
     *
     * @param path as in {@code --set path=value}
     * @throws fathom.config.ConfigException if there is no such setting or it takes no such value
     */
    public static List<Variant> each(Spec spec, String path, String... values) {
        var variants = new ArrayList<Variant>();
        for (String value : values) {
            variants.add(new Variant(lastKey(path) + " " + value, changed(spec, path + "=" + value)));
        }
        return List.copyOf(variants);
    }

    /**
     * One variant without an ingredient: {@code without averaging}.
     *
     * @param part the ingredient's name
     * @param assignments as in {@code --set path=value}; what stands instead of it
     * @throws fathom.config.ConfigException if there is no such setting or it takes no such value
     */
    static Variant without(Spec all, String part, String... assignments) {
        return new Variant("without " + part, changed(all, assignments));
    }

    /** A spec with single values replaced, as by {@code --set path=value}. */
    static Spec changed(Spec spec, String... assignments) {
        var binder = Spec.binder();
        var node = binder.writeFully(spec, Spec.class, Place.named(spec.experiment()));
        for (String assignment : assignments) {
            node = Overrides.apply(binder, Spec.class, node, assignment);
        }
        return binder.read(node, Spec.class);
    }

    static String lastKey(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
