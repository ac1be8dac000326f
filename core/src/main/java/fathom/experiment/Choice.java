package fathom.experiment;

import fathom.config.Binder;
import fathom.config.Json;
import fathom.config.Node;
import fathom.config.Overrides;
import fathom.config.Place;
import fathom.run.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A variant as a document describes it: values that take the place of the spec's.
 *
 * @param place where it stands, for messages
 */
record Choice(String name, Place place, List<Setting> settings) {
    private static final int LONGEST_VALUE = 24;

    /**
     * One value.
     *
     * @param path as in {@code --set path=value}
     */
    record Setting(String path, Place place, Node value) {
        /** {@code weightDecay 1e-3}: the last key, and the value as it was spelled. */
        String said() {
            String text = value instanceof Node.Scalar scalar ? scalar.text() : Json.of(value);
            return Variant.lastKey(path) + " "
                    + (text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE - 1) + "…");
        }
    }

    Choice {
        settings = List.copyOf(settings);
    }

    /** Named by its settings. */
    static Choice of(Place place, List<Setting> settings) {
        return new Choice(settings.stream().map(Setting::said).collect(Collectors.joining(", ")), place, settings);
    }

    /** Everything that this chooses and one setting more. */
    Choice and(Setting setting) {
        var more = new ArrayList<>(settings);
        more.add(setting);
        return of(place, more);
    }

    /** A spec with these settings, written out in full. */
    Node in(Binder binder, Node spec) {
        Node changed = spec;
        for (Setting setting : settings) {
            changed = Overrides.apply(binder, Spec.class, changed, setting.path(), setting.place(), setting.value());
        }
        return changed;
    }
}
