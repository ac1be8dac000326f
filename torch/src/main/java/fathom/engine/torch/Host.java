package fathom.engine.torch;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.util.Optional;

/** What is set once for the whole process before the libraries load; where the system has no such switch, nothing is. */
final class Host {
    private static final int TRIM_THRESHOLD = -1;
    private static final int TOP_PAD = -2;
    private static final int MMAP_MAX = -4;

    private Host() {}

    static void prepare() {
        keepFreedMemory();
        letIdleThreadsSleep();
    }

    /**
     * Lets the allocator of glibc keep freed blocks. By default it gives large ones back to the kernel at once, and the
     * next step pays for them again in page faults: a third of the time of lenet-wide.
     */
    private static void keepFreedMemory() {
        find("mallopt", JAVA_INT, JAVA_INT).ifPresent(mallopt -> {
            mallopt.call(MMAP_MAX, 0); // the heap serves blocks of any size
            mallopt.call(TRIM_THRESHOLD, Integer.MAX_VALUE);
            mallopt.call(TOP_PAD, 64 << 20);
        });
    }

    /**
     * OpenMP's threads spin while they wait for each other. With two threads on two busy processors they then spin in
     * the way of those they wait for: the MLP trained 70 times slower than with sleeping ones, lenet 14 times.
     */
    private static void letIdleThreadsSleep() {
        if (System.getenv("OMP_WAIT_POLICY") == null) {
            try (var arena = Arena.ofConfined()) {
                var name = arena.allocateFrom("OMP_WAIT_POLICY");
                var value = arena.allocateFrom("PASSIVE");
                find("setenv", ADDRESS, ADDRESS, JAVA_INT).ifPresent(setenv -> setenv.call(name, value, 1));
            }
        }
    }

    private static Optional<CFunction> find(String name, MemoryLayout... arguments) {
        return CFunction.find(Linker.nativeLinker().defaultLookup(), name, FunctionDescriptor.of(JAVA_INT, arguments));
    }
}
