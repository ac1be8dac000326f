package fathom.engine.vector;

/** A stretch of memory. Where it lies is decided when the whole schedule is known ({@link Layout}). */
final class Storage {
    /** Who has a copy. */
    enum Copies {
        /** Each group of examples. */
        GROUPS,
        /** Each thread, because no group's copy outlives its segment. */
        WORKERS,
        /** There is one. */
        ONE
    }

    final String title;
    Copies copies;

    /** The size of one copy. */
    int floats;

    /** Whether what surrounds its planes must stay zero, so that nothing else may ever use the place. */
    boolean hasBorder;

    /** The first and last segment of the schedule that touches it. */
    int first = Integer.MAX_VALUE;

    int last = -1;

    int base;

    Storage(String title, Copies copies) {
        this.title = title;
        this.copies = copies;
    }

    void touch(int segment) {
        first = Math.min(first, segment);
        last = Math.max(last, segment);
    }

    /** If the first or the last segment that touches it is one of these, all of them do. */
    void touchAll(int from, int to) {
        if (first >= from && first <= to) {
            first = from;
        }
        if (last >= from && last <= to) {
            last = to;
        }
    }

    /** Where the copy for this group and thread lies. */
    int at(int group, int worker) {
        return switch (copies) {
            case GROUPS -> base + group * floats;
            case WORKERS -> base + worker * floats;
            case ONE -> base;
        };
    }
}
