package fathom.manifold;

/**
 * Cubic B-splines: what each of the four nodes around a point gets of it, as a cubic in t, the point's place (0 … 1)
 * between the second and the third.
 */
final class Splines {
    static final float[] C0 = {1 / 6f, 4 / 6f, 1 / 6f, 0};
    static final float[] C1 = {-1 / 2f, 0, 1 / 2f, 0};
    static final float[] C2 = {1 / 2f, -1, 1 / 2f, 0};
    static final float[] C3 = {-1 / 6f, 1 / 2f, -1 / 2f, 1 / 6f};

    private Splines() {}

    static float weight(int node, float t) {
        return C0[node] + t * (C1[node] + t * (C2[node] + t * C3[node]));
    }

    static float slope(int node, float t) {
        return C1[node] + t * (2 * C2[node] + t * 3 * C3[node]);
    }

    /** The transform of the spline at frequency k of n, which is (2 + cos 2πk/n) / 3. */
    static double transform(int k, int n) {
        return (2 + Math.cos(2 * Math.PI * k / n)) / 3;
    }
}
