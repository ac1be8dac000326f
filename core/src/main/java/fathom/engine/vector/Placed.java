package fathom.engine.vector;

import java.util.Arrays;

/** Something that needs room in memory. */
sealed interface Placed permits Value, Buffer {
    /** Its storage, sized for what was asked for until now. */
    Storage storage();

    /** All of some lists in one. */
    static Placed[] all(Placed[]... lists) {
        return Arrays.stream(lists).flatMap(Arrays::stream).toArray(Placed[]::new);
    }
}
