package fathom.engine.vector;

/**
 * Counted randomness for dropout: a number's position and the step's key are mixed to 32 bits, by the constants of
 * "lowbias32" (Wellons, "Prospecting for hash functions", 2018).
 */
final class Hash {
    static final int GOLDEN = 0x9e3779b9;
    static final int FIRST = 0x7feb352d;
    static final int SECOND = 0x846ca68b;

    private Hash() {}

    static int of(int number, int key) {
        int h = number * GOLDEN + key;
        h = (h ^ h >>> 16) * FIRST;
        h = (h ^ h >>> 15) * SECOND;
        return h ^ h >>> 16;
    }

    /** The bound below which 31 bits of a hash lie with this probability. */
    static int threshold(double rate) {
        return (int) Math.min(Integer.MAX_VALUE, Math.round(rate * 0x1p31));
    }
}
