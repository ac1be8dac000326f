package fathom.engine.vector;

/** Something that needs room in memory. */
sealed interface Placed permits Value, Buffer {
    /** Its storage, sized for what was asked for until now. */
    Storage storage();
}
