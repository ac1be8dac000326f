package fathom.manifold;

/**
 * Seeded random numbers: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), written out so that a seed gives the same map on
 * every later JDK.
 */
final class Noise {
    private long state;

    Noise(long seed) {
        state = seed;
    }

    private long next() {
        state += 0x9e3779b97f4a7c15L;
        long z = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    private double uniform() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    /** Standard normal, by Box and Muller's transform. */
    double gaussian() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
        return radius * StrictMath.cos(2 * Math.PI * uniform());
    }

    /** Fills an array with numbers between −1 and 1. */
    void fill(double[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = 2 * uniform() - 1;
        }
    }
}
