package fathom.engine.vector;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives every storage its place: two may share one if no segment of the schedule touches both (and neither has a border,
 * which must stay zero).
 */
final class Layout {
    /** The length of a cache line in floats: every storage begins on one. */
    static final int LINE = 16;

    /** A stretch that is free from some segment on. */
    private record Room(int base, int floats, int freeAfter) {}

    private Layout() {}

    /**
     * @param from the first free place
     * @param groups how many groups outlive a segment
     * @param workers how many threads
     * @return the first place that is free behind all
     */
    static long place(Collection<Storage> storages, long from, int groups, int workers) {
        var sorted = new ArrayList<>(storages);
        sorted.sort(Comparator.<Storage>comparingInt(s -> s.first).thenComparingInt(s -> -s.floats));
        List<Room> rooms = new ArrayList<>();
        long end = from;
        for (Storage storage : sorted) {
            storage.floats = aligned(storage.floats);
            long copies = switch (storage.copies) {
                case GROUPS -> groups;
                case WORKERS -> workers;
                case ONE -> 1;
            };
            long floats = storage.floats * copies;
            Room room = storage.hasBorder ? null : bestFit(rooms, floats, storage.first);
            if (room == null) {
                if (end + floats > Integer.MAX_VALUE - LINE) {
                    return Long.MAX_VALUE;
                }
                storage.base = (int) end;
                end += floats;
                if (!storage.hasBorder) {
                    rooms.add(new Room(storage.base, (int) floats, storage.last));
                }
            } else {
                rooms.remove(room);
                storage.base = room.base();
                rooms.add(new Room(room.base(), (int) floats, storage.last));
                if (room.floats() > floats) {
                    rooms.add(new Room(room.base() + (int) floats, room.floats() - (int) floats, room.freeAfter()));
                }
            }
        }
        return end;
    }

    private static @Nullable Room bestFit(List<Room> rooms, long floats, int segment) {
        return rooms.stream()
                .filter(room -> room.freeAfter() < segment && room.floats() >= floats)
                .min(Comparator.comparingInt(Room::floats))
                .orElse(null);
    }

    static int aligned(int floats) {
        return Math.ceilDiv(floats, LINE) * LINE;
    }
}
