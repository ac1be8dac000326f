package fathom.cli;

import fathom.data.DataPlaces;
import fathom.data.Datasets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fathom data list}. */
@Command(
        name = "list",
        description = "Lists the data sets, where they are looked for and whether they are there.",
        mixinStandardHelpOptions = true)
final class DataListCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--data-dir", paramLabel = "D", description = "Folder of data sets, looked in first.")
    private @Nullable Path dataDir;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var places = DataPlaces.here(Optional.ofNullable(dataDir));
        var table = new Table("data set", "here", "about");
        for (Datasets.Entry entry : Datasets.all()) {
            table.row(
                    entry.name(),
                    entry.published()
                            .map(set -> set.find(places).map(Path::toString).orElse("no"))
                            .orElse("needs no file"),
                    entry.about());
        }
        out.print(table.text());
        out.println();
        out.println("looked in, in this order:");
        places.folders().forEach(folder -> out.println("  " + folder));
        return 0;
    }
}
