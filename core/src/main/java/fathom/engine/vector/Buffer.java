package fathom.engine.vector;

/** Plain room in memory, one for all groups. */
final class Buffer implements Placed {
    private final Storage storage;

    /** @throws fathom.engine.EngineException if no memory is as large */
    Buffer(String title, long floats) {
        storage = new Storage(title, Storage.Copies.ONE);
        storage.floats = Workspace.size(floats);
    }

    int at() {
        return storage.base;
    }

    @Override
    public Storage storage() {
        return storage;
    }
}
