package fathom.engine.torch;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;

/** What is set once for the whole process before the libraries load; nothing of it on systems without glibc. */
final class Host {
    private static final int TRIM_THRESHOLD = -1;
    private static final int TOP_PAD = -2;
    private static final int MMAP_MAX = -4;

    private Host() {}

    /**
     * Lets the allocator of glibc keep freed blocks. By default it gives large ones back to the kernel at once, and the
     * next step pays for them again in page faults.
     */
    static void keepFreedMemory() {
        CFunction.find(
                        Linker.nativeLinker().defaultLookup(),
                        "mallopt",
                        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT))
                .ifPresent(mallopt -> {
                    mallopt.call(MMAP_MAX, 0);
                    mallopt.call(TRIM_THRESHOLD, Integer.MAX_VALUE);
                    mallopt.call(TOP_PAD, 64 << 20);
                });
    }
}
