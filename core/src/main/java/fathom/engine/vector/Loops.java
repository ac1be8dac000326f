package fathom.engine.vector;

/** Loops over stretches of one array, plain enough for the compiler to make vectors of them by itself. */
final class Loops {
    private Loops() {}

    /** y += x. */
    static void add(float[] m, int y, int x, int count) {
        for (int i = 0; i < count; i++) {
            m[y + i] += m[x + i];
        }
    }

    /** y = a·y + b·x + c. */
    static void combine(float[] m, int y, int x, int count, float a, float b, float c) {
        for (int i = 0; i < count; i++) {
            m[y + i] = a * m[y + i] + b * m[x + i] + c;
        }
    }

    /** y = a·x + b·y. */
    static void mix(float[] m, int y, int x, int count, float a, float b) {
        for (int i = 0; i < count; i++) {
            m[y + i] = a * m[x + i] + b * m[y + i];
        }
    }

    /** y = 1 / (1 + y). */
    static void invertAboveOne(float[] m, int y, int count) {
        for (int i = 0; i < count; i++) {
            m[y + i] = 1 / (1 + m[y + i]);
        }
    }

    /** y *= x·(1 − x): the slope of a sigmoid whose value is x. */
    static void timesSigmoidSlope(float[] m, int y, int x, int count) {
        for (int i = 0; i < count; i++) {
            m[y + i] *= m[x + i] * (1 - m[x + i]);
        }
    }

    /** y *= 1 − x²: the slope of a hyperbolic tangent whose value is x. */
    static void timesTanhSlope(float[] m, int y, int x, int count) {
        for (int i = 0; i < count; i++) {
            m[y + i] *= 1 - m[x + i] * m[x + i];
        }
    }

    /** y += x·z, number by number. */
    static void addProducts(float[] m, int y, int x, int z, int count) {
        for (int i = 0; i < count; i++) {
            m[y + i] += m[x + i] * m[z + i];
        }
    }

    /** y = max(y, x). */
    static void max(float[] m, int y, int x, int count) {
        for (int i = 0; i < count; i++) {
            m[y + i] = Math.max(m[y + i], m[x + i]);
        }
    }

    /** y = x − z. */
    static void subtract(float[] m, int y, int x, int z, int count) {
        for (int i = 0; i < count; i++) {
            m[y + i] = m[x + i] - m[z + i];
        }
    }

    /** Sets the lanes from {@code examples} on of each vector to 0. */
    static void clearLanes(float[] m, int y, int count, int examples, int lanes) {
        for (int i = 0; i < count; i += lanes) {
            for (int lane = examples; lane < lanes; lane++) {
                m[y + i + lane] = 0;
            }
        }
    }
}
