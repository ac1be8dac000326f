package fathom.cli;

import fathom.config.ConfigException;
import fathom.config.Place;
import fathom.data.Datasets;
import fathom.data.StoredSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** One data set that lies in files, or all of them. */
final class PublicSets {
    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "A data set from 'fathom data list'; all if left out.")
    private @Nullable String name;

    List<StoredSet> chosen() {
        var published = Datasets.all().stream()
                .flatMap(entry -> entry.published().stream())
                .toList();
        if (name == null) {
            return published;
        }
        var chosen = published.stream().filter(set -> set.name().equals(name)).toList();
        if (chosen.isEmpty()) {
            throw new ConfigException(
                    Place.named(name),
                    "no such data set has files; those that have are "
                            + String.join(
                                    ", ",
                                    published.stream().map(StoredSet::name).toList()));
        }
        return chosen;
    }
}
