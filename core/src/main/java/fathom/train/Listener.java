package fathom.train;

import java.util.List;

/** Hears what happens in a training; called by the training thread, which waits. */
@FunctionalInterface
public interface Listener {
    void on(Event event);

    /** One that tells each of these, in this order. */
    static Listener all(Listener... listeners) {
        var list = List.of(listeners);
        return event -> list.forEach(listener -> listener.on(event));
    }
}
