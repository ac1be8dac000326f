package fathom.cli;

import fathom.data.DataPlaces;
import fathom.data.Datasets;
import fathom.engine.Compute;
import fathom.engine.Device;
import fathom.engine.Engine;
import fathom.engine.Engines;
import fathom.engine.Precision;
import fathom.run.Environment;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fathom doctor}. */
@Command(
        name = "doctor",
        description =
                "Shows what is here: Java, engines, memory, disk, data; and what to do where something is missing.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--data-dir", paramLabel = "D", description = "Folder of data sets, looked in first.")
    private @Nullable Path dataDir;

    @Override
    public Integer call() throws IOException {
        var out = spec.commandLine().getOut();
        Environment.facts().forEach((name, value) -> line(out, name, value));
        line(
                out,
                "memory",
                "%,d MiB for Java at most".formatted(Runtime.getRuntime().maxMemory() >> 20));
        line(
                out,
                "disk",
                "%,d MiB free here"
                        .formatted(
                                Files.getFileStore(Path.of("").toAbsolutePath()).getUsableSpace() >> 20));
        boolean canTrain = engines(out);
        data(out);
        return canTrain ? 0 : Failures.FAILURE;
    }

    private static boolean engines(PrintWriter out) {
        var engines = Engines.present();
        if (engines.isEmpty()) {
            out.println("engines      none: the class path lacks the engines' META-INF/services files");
        }
        boolean any = false;
        for (Engine engine : engines) {
            out.println();
            line(out, "engine " + engine.name(), engine.about());
            for (Device device : Device.values()) {
                var problem = engine.problem(new Compute(engine.name(), device, Precision.FP32, 0));
                line(out, "  " + device.name().toLowerCase(Locale.ROOT), problem.orElse("works"));
                any |= problem.isEmpty();
            }
            if (engine.problem(Compute.auto()).isEmpty()) {
                engine.facts().forEach((name, value) -> line(out, "  " + name, value));
            }
        }
        return any;
    }

    private void data(PrintWriter out) {
        var places = DataPlaces.here(Optional.ofNullable(dataDir));
        out.println();
        places.folders().forEach(folder -> line(out, "data folder", folder.toString()));
        for (Datasets.Entry entry : Datasets.all()) {
            entry.published()
                    .ifPresent(set -> line(
                            out,
                            "data " + entry.name(),
                            set.find(places).isPresent() ? "present" : "missing: " + set.remedy(places)));
        }
    }

    private static void line(PrintWriter out, String name, String value) {
        out.println("%-20s %s".formatted(name, value));
    }
}
