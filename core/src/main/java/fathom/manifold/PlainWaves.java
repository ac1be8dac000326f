package fathom.manifold;

/** The Fourier transform of one signal, by the same stages as {@link VectorWaves}, each with the sum of its definition. */
final class PlainWaves {
    private PlainWaves() {}

    static void transform(float[] re, float[] im, float[] re2, float[] im2, Twiddles twiddles, boolean isInverse) {
        float[] a = re;
        float[] b = im;
        float[] c = re2;
        float[] d = im2;
        int groups = 1;
        boolean isInPlace = true;
        for (int length = twiddles.n; length > 1; isInPlace = !isInPlace) {
            int radix = length % 3 == 0 ? 3 : 2;
            stage(a, b, c, d, radix, length, groups, twiddles, isInverse);
            length /= radix;
            groups *= radix;
            float[] swap = a;
            a = c;
            c = swap;
            swap = b;
            b = d;
            d = swap;
        }
        if (!isInPlace) {
            System.arraycopy(a, 0, re, 0, twiddles.n);
            System.arraycopy(b, 0, im, 0, twiddles.n);
        }
    }

    private static void stage(
            float[] a,
            float[] b,
            float[] c,
            float[] d,
            int radix,
            int length,
            int groups,
            Twiddles twiddles,
            boolean isInverse) {
        int part = length / radix;
        int n = twiddles.n;
        for (int p = 0; p < part; p++) {
            for (int k = 0; k < radix; k++) {
                for (int q = 0; q < groups; q++) {
                    float r = 0;
                    float i = 0;
                    for (int j = 0; j < radix; j++) {
                        int root = (int) ((long) k * (p * groups + j * (n / radix)) % n);
                        float cos = twiddles.cos[root];
                        float sin = isInverse ? -twiddles.sin[root] : twiddles.sin[root];
                        int from = q + groups * (p + part * j);
                        r += a[from] * cos - b[from] * sin;
                        i += a[from] * sin + b[from] * cos;
                    }
                    c[q + groups * (radix * p + k)] = r;
                    d[q + groups * (radix * p + k)] = i;
                }
            }
        }
    }
}
