package fathom.cli;

import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import sun.misc.Signal;

/** Ctrl-C and SIGTERM as a wish: the first lets the step finish and its state be saved, the second ends at once. */
final class Interruption implements BooleanSupplier {
    private final AtomicBoolean wished = new AtomicBoolean();

    /** Listens from now on. */
    @SuppressWarnings("sunapi") // the JDK offers no other way to hear a signal twice
    static Interruption listening(PrintWriter err) {
        var interruption = new Interruption();
        for (String name : new String[] {"INT", "TERM"}) {
            Signal.handle(new Signal(name), _ -> {
                if (interruption.wished.getAndSet(true)) {
                    Runtime.getRuntime().halt(Failures.INTERRUPTED);
                }
                err.println("\nstopping after this step; again to stop at once");
            });
        }
        return interruption;
    }

    @Override
    public boolean getAsBoolean() {
        return wished.get();
    }
}
