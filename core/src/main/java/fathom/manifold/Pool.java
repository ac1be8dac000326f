package fathom.manifold;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Scratch arrays that tasks borrow: never more than there are threads. */
final class Pool<T> {
    private final Supplier<T> maker;
    private final ConcurrentLinkedQueue<T> free = new ConcurrentLinkedQueue<>();

    Pool(Supplier<T> maker) {
        this.maker = maker;
    }

    void use(Consumer<T> work) {
        T borrowed = free.poll();
        T scratch = borrowed == null ? maker.get() : borrowed;
        work.accept(scratch);
        free.add(scratch);
    }
}
