package fathom.cli;

import fathom.data.DataPlaces;
import fathom.data.FileCheck;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fathom data verify}. */
@Command(
        name = "verify",
        description = "Reads every file of the data sets and compares SHA-256 with what is published.",
        mixinStandardHelpOptions = true)
final class DataVerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private PublicSets sets;

    @Option(names = "--data-dir", paramLabel = "D", description = "Folder of data sets, looked in first.")
    private @Nullable Path dataDir;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var places = DataPlaces.here(Optional.ofNullable(dataDir));
        boolean whole = true;
        for (var set : sets.chosen()) {
            for (FileCheck check : set.verify(places)) {
                out.println("%-8s %s".formatted(check.state().name().toLowerCase(Locale.ROOT), check.path()));
                if (check.state() != FileCheck.State.PRESENT) {
                    whole = false;
                    out.println("         " + check.reason());
                    if (!check.expected().isEmpty()) {
                        out.println("         expected SHA-256 " + check.expected());
                    }
                    if (!check.actual().isEmpty()) {
                        out.println("         found    SHA-256 " + check.actual());
                    }
                }
            }
        }
        return whole ? 0 : Failures.DATA;
    }
}
