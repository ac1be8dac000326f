package fathom.engine.torch;

import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.javacpp.Pointer;

/** Native objects that live as long as their learner, freed in reverse order when it closes. */
final class Owned implements AutoCloseable {
    private final Deque<Pointer> pointers = new ArrayDeque<>();

    /** Takes over one that no scope holds. */
    <P extends Pointer> P keep(P pointer) {
        pointers.push(pointer);
        return pointer;
    }

    @Override
    public void close() {
        while (!pointers.isEmpty()) {
            pointers.pop().close();
        }
    }
}
