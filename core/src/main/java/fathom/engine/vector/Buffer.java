package fathom.engine.vector;

/** Plain room in memory, one for all groups. */
final class Buffer implements Placed {
    private final Storage storage;

    Buffer(String title, int floats) {
        storage = new Storage(title, Storage.Copies.ONE);
        storage.floats = floats;
    }

    int at() {
        return storage.base;
    }

    @Override
    public Storage storage() {
        return storage;
    }
}
