package fathom.engine.torch;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/** The native libraries: whether they load, what they are, and how they are set up once for the process. */
final class Natives {
    private static final int TRIM_THRESHOLD = -1;
    private static final int MMAP_THRESHOLD = -3;
    private static final int LARGEST_MMAP_THRESHOLD = 32 << 20; // what glibc accepts at most
    private static int blasThreads;

    private Natives() {}

    /** Why the libraries cannot be loaded; empty once they are. */
    static Optional<String> problem() {
        return Loaded.PROBLEM;
    }

    /** Loads on first use and remembers how it went. */
    private static final class Loaded {
        static final Optional<String> PROBLEM = load();

        private static Optional<String> load() {
            try {
                keepFreedMemory();
                Loader.load(torch.class);
                return Optional.empty();
            } catch (LinkageError e) {
                return Optional.of(
                        ("the native libraries of libtorch do not load on %s (%s): add org.bytedeco:pytorch, javacpp and openblas"
                                        + " with the classifier of this platform to the class path")
                                .formatted(Loader.getPlatform(), e.getMessage()));
            }
        }
    }

    /**
     * Lets the allocator of glibc keep freed blocks. By default it gives large ones back to the kernel at once, and the
     * next step pays for them again in page faults. On other platforms there is no such switch, and nothing happens.
     */
    private static void keepFreedMemory() {
        var lookup = Linker.nativeLinker().defaultLookup();
        function(lookup, "mallopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT))
                .ifPresent(mallopt -> {
                    callInt(mallopt, MMAP_THRESHOLD, LARGEST_MMAP_THRESHOLD);
                    callInt(mallopt, TRIM_THRESHOLD, Integer.MAX_VALUE);
                });
    }

    /** Makes the calling thread compute with this many threads; OpenMP keeps the number for each caller apart. */
    static void useThreads(int threads) {
        if (torch.get_num_threads() != threads) {
            torch.set_num_threads(threads);
        }
        synchronized (Natives.class) {
            if (blasThreads != threads) { // OpenBLAS has threads of its own, which libtorch does not set
                function(
                                SymbolLookup.loaderLookup(),
                                "openblas_set_num_threads",
                                FunctionDescriptor.ofVoid(JAVA_INT))
                        .ifPresent(set -> call(set, threads));
                blasThreads = threads;
            }
        }
    }

    static SequencedMap<String, String> facts() {
        var facts = new LinkedHashMap<String, String>();
        facts.put("libtorch", version());
        facts.put("cpu capability", torch.get_cpu_capability().getString());
        facts.put("cuda", torch.cuda_is_available() ? torch.cuda_device_count() + " devices" : "none");
        facts.put("oneDNN", torch.hasMKLDNN() ? "yes" : "no");
        facts.put("MKL", torch.hasMKL() ? "yes" : "no");
        facts.put("OpenBLAS", blas());
        return facts;
    }

    private static String version() {
        try {
            return Loader.getVersion("org.bytedeco", "pytorch");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String blas() {
        return function(SymbolLookup.loaderLookup(), "openblas_get_config", FunctionDescriptor.of(ADDRESS))
                .map(Natives::callText)
                .orElse("none");
    }

    @SuppressWarnings("restricted") // the build and the launcher grant native access
    private static Optional<MethodHandle> function(SymbolLookup lookup, String name, FunctionDescriptor type) {
        return lookup.find(name).map(address -> Linker.nativeLinker().downcallHandle(address, type));
    }

    private static void callInt(MethodHandle function, int first, int second) {
        try {
            var _ = (int) function.invokeExact(first, second);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static void call(MethodHandle function, int argument) {
        try {
            function.invokeExact(argument);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("restricted") // a C string has no length of its own
    private static String callText(MethodHandle function) {
        try {
            var text = (MemorySegment) function.invokeExact();
            return text.reinterpret(1024).getString(0);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
