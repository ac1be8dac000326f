package fathom.cli;

import fathom.data.DataPlaces;
import fathom.run.Run;
import fathom.run.RunStore;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where data and runs lie. */
final class Places {
    static final String RUN = "A run: its folder, its id or the beginning of it, or 'latest'.";

    @Option(
            names = "--data-dir",
            paramLabel = "D",
            description = "Folder of data sets, looked in first; then FATHOM_DATA, then the user's cache folder.")
    private @Nullable Path dataDir;

    @Option(names = "--runs", paramLabel = "DIR", description = "Folder of runs (default: runs).")
    private Path runs = Path.of("runs");

    DataPlaces data() {
        return DataPlaces.here(Optional.ofNullable(dataDir));
    }

    RunStore store() {
        return new RunStore(runs);
    }

    Run run(String name) {
        return store().find(name);
    }
}
