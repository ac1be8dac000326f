package fathom.manifold;

/** The roots of unity exp(−2πik/n) for a Fourier transform of length n = 2ᵃ or 3·2ᵃ. */
final class Twiddles {
    final int n;
    final float[] cos;
    final float[] sin;

    Twiddles(int n) {
        this.n = n;
        this.cos = new float[n];
        this.sin = new float[n];
        for (int k = 0; k < n; k++) {
            cos[k] = (float) Math.cos(2 * Math.PI * k / n);
            sin[k] = (float) -Math.sin(2 * Math.PI * k / n);
        }
    }

    /** The smallest length not below {@code least} that the transform knows. */
    static int length(int least) {
        int power = 32;
        while (power < least) {
            power *= 2;
        }
        return power / 4 * 3 >= least && power > 32 ? power / 4 * 3 : power;
    }
}
