package fathom.engine.torch;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One function of a C library, for the few switches that the binding does not offer. */
final class CFunction {
    private final MethodHandle handle;

    private CFunction(MethodHandle handle) {
        this.handle = handle;
    }

    /** Empty where the library has no such function, as on other platforms. */
    @SuppressWarnings("restricted") // whoever starts the JVM grants native access, as libtorch needs it too
    static Optional<CFunction> find(SymbolLookup lookup, String name, FunctionDescriptor type) {
        return lookup.find(name)
                .map(address -> new CFunction(Linker.nativeLinker().downcallHandle(address, type)));
    }

    /** The functions of a library file and of those it needs. */
    @SuppressWarnings("restricted")
    static SymbolLookup library(Path file, Arena arena) {
        return SymbolLookup.libraryLookup(file, arena);
    }

    /** Calls it and leaves the result. */
    void call(Object... arguments) {
        invoke(arguments);
    }

    /** Calls it for a C string. */
    @SuppressWarnings("restricted") // a C string does not say how long it is
    String text(Object... arguments) {
        return invoke(arguments) instanceof MemorySegment text
                ? text.reinterpret(4096).getString(0)
                : "";
    }

    private Object invoke(Object... arguments) {
        try {
            return handle.invokeWithArguments(List.of(arguments));
        } catch (Throwable e) {
            throw new IllegalStateException("the C function could not be called", e);
        }
    }
}
