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

    /** Where only the network with its weights is needed. */
    static final String WEIGHTS =
            RUN + " Or one of its checkpoints, RUN/checkpoints/last.safetensors say, instead of the best one.";

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

    /** A run, judged by the checkpoint that is named, if it is one that is named. */
    Run weights(String name) {
        return store().findWeights(name);
    }

    /** A file or folder of what is made of a run's weights: told apart by the checkpoint, if one was chosen. */
    static String named(String usual, Run run) {
        int end = usual.lastIndexOf('.') < 0 ? usual.length() : usual.lastIndexOf('.');
        return run.chosen()
                .map(checkpoint -> String.valueOf(checkpoint.getFileName()))
                .map(name ->
                        usual.substring(0, end) + "-" + name.substring(0, name.lastIndexOf('.')) + usual.substring(end))
                .orElse(usual);
    }
}
