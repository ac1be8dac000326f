package fathom.engine.vector;

/**
 * Constants of eˣ = 2ⁿ · eʳ with n = round(x / ln 2) and |r| ≤ ln 2 / 2, where the Taylor polynomial of degree 7 is
 * within 5e-9 of eʳ. ln 2 is split in two so that n · ln 2 keeps its digits (Cody and Waite 1980).
 */
final class Exponential {
    static final float LOWEST = -87f;
    static final float HIGHEST = 88f;
    static final float LOG2_E = (float) (1 / 0.6931471805599453);
    static final float LN2_HIGH = 355 / 512f;
    static final float LN2_LOW = (float) (0.6931471805599453 - 355 / 512.0);

    /** 1.5 · 2²³: adding it leaves a float no room but for the nearest whole number, in its lowest bits. */
    static final float ROUNDER = 12582912f;

    /** What takes the bits of {@link #ROUNDER} + n to n + 127, the exponent field of 2ⁿ. */
    static final int BIAS = 127 - Float.floatToRawIntBits(ROUNDER);

    static final float C3 = 1 / 6f;
    static final float C4 = 1 / 24f;
    static final float C5 = 1 / 120f;
    static final float C6 = 1 / 720f;
    static final float C7 = 1 / 5040f;

    private Exponential() {}
}
