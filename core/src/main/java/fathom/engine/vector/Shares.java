package fathom.engine.vector;

/**
 * Stretches that together are 0 … all − 1, as good as equal and as a rule an even number of them: two threads are done with
 * them at the same time.
 *
 * @param all how many there are to share out
 * @param length of each stretch but the last
 */
record Shares(int all, int length) {
    /**
     * @param most how long a stretch may be
     * @param multiple what the length is to be a multiple of; goes into {@code most}
     */
    static Shares of(int all, int most, int multiple) {
        int count = Math.max(1, 2 * Math.ceilDiv(all, 2 * most));
        return new Shares(all, Math.max(1, Math.ceilDiv(all, count * multiple)) * multiple);
    }

    int count() {
        return Math.ceilDiv(all, length);
    }

    int first(int share) {
        return share * length;
    }

    int lengthOf(int share) {
        return Math.min(length, all - first(share));
    }
}
