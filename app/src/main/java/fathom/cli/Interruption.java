package fathom.cli;

import java.io.PrintWriter;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** Ctrl-C and SIGTERM as a wish: the first lets the step finish and its state be saved, the second ends at once. */
final class Interruption implements BooleanSupplier {
    private final AtomicBoolean wished = new AtomicBoolean();
    private final PrintWriter err;

    private Interruption(PrintWriter err) {
        this.err = err;
    }

    /** Listens from now on. */
    static Interruption listening(PrintWriter err) {
        var interruption = new Interruption(err);
        List.of("INT", "TERM").forEach(interruption::listen);
        return interruption;
    }

    /**
     * Handles one signal through {@code sun.misc.Signal}: a shutdown hook could not hear a second one. By reflection,
     * because the compiler's warning about that class cannot be silenced where warnings are errors; where the class is
     * missing, a signal ends the program at once, as it would have anyway.
     */
    private void listen(String name) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object hears =
                    Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (_, method, _) -> {
                        if (method.getName().equals("handle")) {
                            wish();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), hears);
        } catch (ReflectiveOperationException e) {
            err.println("cannot listen to the signal " + name + ": " + e.getMessage());
        }
    }

    private void wish() {
        if (wished.getAndSet(true)) {
            Runtime.getRuntime().halt(Failures.INTERRUPTED);
        }
        err.println("\nstopping after this step; again to stop at once");
    }

    @Override
    public boolean getAsBoolean() {
        return wished.get();
    }
}
