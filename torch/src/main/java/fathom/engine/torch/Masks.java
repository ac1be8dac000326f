package fathom.engine.torch;

/** Masks of dropout are made of 16 random bits a number, read as a signed one. */
final class Masks {
    private Masks() {}

    /** The least number that is kept, if numbers below it are dropped at this rate; the largest is always kept. */
    static short threshold(double rate) {
        return (short) (Math.min(65_535, Math.round(rate * 65_536)) - 32_768);
    }
}
