package fathom.manifold;

/** Partial ordering of keys that are not negative. */
final class Selection {
    private static final int[] GAPS = {701, 301, 132, 57, 23, 10, 4, 1};

    private Selection() {}

    /**
     * Orders {@code keys[first … last]} so that place {@code target} holds what sorting would put there, with nothing
     * larger before it and nothing smaller behind it (Hoare's selection). The partition has no branch to guess wrong: what
     * is smaller than the pivot moves the border by the sign bit of a difference.
     */
    static void smallestFirst(long[] keys, int first, int last, int target) {
        int low = first;
        int high = last;
        while (low < high) {
            long pivot = median(keys[low], keys[(low + high) >>> 1], keys[high]);
            int border = low;
            for (int i = low; i <= high; i++) {
                long key = keys[i];
                keys[i] = keys[border];
                keys[border] = key;
                border += (int) ((key - pivot) >>> 63);
            }
            if (target < border) {
                high = border - 1;
                continue;
            }
            // Keys equal to the pivot come first among the rest, so that many equal ones end the search.
            int equal = border;
            for (int i = border; i <= high; i++) {
                long key = keys[i];
                keys[i] = keys[equal];
                keys[equal] = key;
                equal += (int) ((key - pivot - 1) >>> 63);
            }
            if (target < equal) {
                return;
            }
            low = equal;
        }
    }

    /** Sorts a few dozen keys {@code from … to − 1} (Shell's sort with Ciura's gaps). */
    static void sort(long[] keys, int from, int to) {
        for (int gap : GAPS) {
            for (int i = from + gap; i < to; i++) {
                long key = keys[i];
                int place = i;
                while (place >= from + gap && keys[place - gap] > key) {
                    keys[place] = keys[place - gap];
                    place -= gap;
                }
                keys[place] = key;
            }
        }
    }

    private static long median(long a, long b, long c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }
}
