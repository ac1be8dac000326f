package fathom.cli;

import fathom.data.DataPlaces;
import fathom.data.Fetch;
import fathom.data.LfwFiles;
import fathom.data.PublicSet;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fathom data fetch}. */
@Command(
        name = "fetch",
        description = "Gets data sets from their own public sites into the user's cache folder, and checks them.",
        mixinStandardHelpOptions = true)
final class DataFetchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private PublicSets sets;

    @Override
    public Integer call() {
        var err = spec.commandLine().getErr();
        var places = DataPlaces.here(Optional.empty());
        var progress = ProgressDisplay.isTerminal() ? redrawn(err) : plain(err);
        for (var set : sets.chosen()) {
            switch (set) {
                case PublicSet published -> {
                    err.println("from " + published.home());
                    spec.commandLine().getOut().println(new Fetch(progress).fetch(published, places));
                }
                case LfwFiles lfw -> err.println(lfw.name() + ": " + lfw.remedy(places));
            }
        }
        return 0;
    }

    private static Fetch.Progress redrawn(PrintWriter err) {
        return (file, done, total) -> {
            String line = String.format(Locale.ROOT, "%s  %,d of %,d KiB", file, done >> 10, total >> 10);
            err.print(ProgressDisplay.inPlace(line) + (done == total ? "\n" : ""));
            err.flush();
        };
    }

    private static Fetch.Progress plain(PrintWriter err) {
        return (file, done, total) -> {
            if (done == total) {
                err.println(String.format(Locale.ROOT, "%s  %,d KiB", file, total >> 10));
            }
        };
    }
}
