package fathom.engine.torch;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/** The native libraries: whether they load, what they are, and how many threads they use. */
final class Natives {
    private static int blasThreads;

    private Natives() {}

    /** Why the libraries cannot be loaded; empty once they are. */
    static Optional<String> problem() {
        return Loaded.PROBLEM;
    }

    /** Whether oneDNN is there, and right on this processor. */
    static boolean oneDnn() {
        return Loaded.ONE_DNN;
    }

    /** Loads on first use and remembers how it went. */
    private static final class Loaded {
        static final Optional<String> PROBLEM;

        /** Whether convolutions and pools go through oneDNN. */
        static final boolean ONE_DNN;

        /** Functions of the OpenBLAS that libtorch uses (the binding loads a second copy of it). */
        static final SymbolLookup BLAS;

        static {
            SymbolLookup blas = name -> Optional.empty();
            String problem = "";
            boolean oneDnn = false;
            try {
                Host.prepare();
                unpack();
                String library = Loader.load(torch.class);
                if (library != null) {
                    blas = CFunction.library(Path.of(library), Arena.global());
                }
                oneDnn = OneDnn.isTrusted();
            } catch (LinkageError | IOException e) {
                problem =
                        ("the native libraries of libtorch do not load on %s (%s): add org.bytedeco:pytorch, javacpp and openblas"
                                        + " with the classifier of this platform to the class path")
                                .formatted(Loader.getPlatform(), e.getMessage());
            }
            PROBLEM = problem.isEmpty() ? Optional.empty() : Optional.of(problem);
            BLAS = blas;
            ONE_DNN = oneDnn;
        }
    }

    /**
     * Puts all libraries into the binding's cache before the first is loaded. The binding itself unpacks and loads one
     * by one; libtorch.so then misses libtorch_cpu.so and the process dies on its first start on a machine.
     */
    private static void unpack() throws IOException {
        for (String build : new String[] {"", "-gpu"}) {
            Loader.cacheResources("/org/bytedeco/pytorch/" + Loader.getPlatform() + build + "/");
        }
    }

    /** Makes the calling thread compute with this many threads; OpenMP keeps the number for each caller apart. */
    static void useThreads(int threads) {
        if (torch.get_num_threads() != threads) {
            torch.set_num_threads(threads);
        }
        synchronized (Natives.class) {
            if (blasThreads != threads) { // OpenBLAS has threads of its own, which libtorch does not set
                CFunction.find(Loaded.BLAS, "openblas_set_num_threads", FunctionDescriptor.ofVoid(JAVA_INT))
                        .ifPresent(set -> set.call(threads));
                blasThreads = threads;
            }
        }
    }

    static SequencedMap<String, String> facts() {
        var facts = new LinkedHashMap<String, String>();
        facts.put("libtorch", version());
        facts.put("cpu capability", torch.get_cpu_capability().getString());
        facts.put("cuda", torch.cuda_is_available() ? torch.cuda_device_count() + " devices" : "none");
        facts.put(
                "oneDNN",
                oneDnn() ? "yes" : torch.hasMKLDNN() ? "off: its gradients are wrong on this processor" : "no");
        facts.put("MKL", torch.hasMKL() ? "yes" : "no");
        facts.put(
                "OpenBLAS",
                CFunction.find(Loaded.BLAS, "openblas_get_config", FunctionDescriptor.of(ADDRESS))
                        .map(CFunction::text)
                        .orElse("none"));
        return facts;
    }

    private static String version() {
        try {
            return Loader.getVersion("org.bytedeco", "pytorch");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
