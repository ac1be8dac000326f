package fathom.engine.vector;

import java.util.Arrays;

/**
 * The two loops that take most of a step, by plain loops. The compiler makes vectors of a loop only if all that it reads and
 * writes are arrays of their own at one and the same index, so numbers are copied side by side first. Each thread has an
 * instance, so that nothing is allocated in a step.
 */
final class PlainProducts {
    private static final int LANES = PlainKernels.LANES;
    private static final ThreadLocal<PlainProducts> HERE = ThreadLocal.withInitial(PlainProducts::new);

    /** Positions and channels at a time: their sums stay in the first cache. */
    private static final int POSITIONS = 32;

    private static final int CHANNELS = 8;
    private static final int TAPS = 4;

    /** Vectors of a stream, in four arrays, whose products are added before they are summed. */
    private static final int QUARTER = 16;

    private static final int QUARTERS = 4;

    private final float[][] vectors = new float[TAPS][POSITIONS * LANES];
    private final float[][] sums = new float[CHANNELS][POSITIONS * LANES];
    private final float[][][] lefts = new float[CHANNELS][QUARTERS][QUARTER * LANES];
    private final float[][] rights = new float[QUARTERS][QUARTER * LANES];
    private final float[] products = new float[QUARTER * LANES];

    private PlainProducts() {}

    static PlainProducts ofThisThread() {
        return HERE.get();
    }

    /** {@link Kernels#product}. */
    void product(
            Pattern k,
            Part part,
            int firstTap,
            int taps,
            float[] numbers,
            int weights,
            int start,
            float[] m,
            int from,
            int to) {
        int lastPosition = part.firstPosition() + part.positions();
        int lastChannel = part.firstChannel() + part.channels();
        for (int p = part.firstPosition(); p < lastPosition; p += POSITIONS) {
            int positions = Math.min(POSITIONS, lastPosition - p);
            for (int c = part.firstChannel(); c < lastChannel; c += CHANNELS) {
                var block = new Part(c, Math.min(CHANNELS, lastChannel - c), p, positions);
                begin(k, block, start, m, to);
                for (int t = firstTap; t < firstTap + taps; t += TAPS) {
                    add(k, block, t, Math.min(TAPS, firstTap + taps - t), numbers, weights, m, from);
                }
                end(k, block, m, to);
            }
        }
    }

    /** Some taps at once, as each loop costs as much as a few vectors. */
    private void add(Pattern k, Part block, int tap, int taps, float[] numbers, int weights, float[] m, int from) {
        int count = block.positions() * LANES;
        for (int t = 0; t < taps; t++) {
            for (int i = 0; i < block.positions(); i++) {
                int at = from + k.from[block.firstPosition() + i] + k.taps[tap + t];
                System.arraycopy(m, at, vectors[t], i * LANES, LANES);
            }
        }
        for (int i = 0; i < block.channels(); i++) {
            int w = weights + (block.firstChannel() + i) * k.channelStep + tap * k.tapStep;
            if (taps == TAPS) {
                add(
                        vectors,
                        numbers[w],
                        numbers[w + k.tapStep],
                        numbers[w + 2 * k.tapStep],
                        numbers[w + 3 * k.tapStep],
                        sums[i],
                        count);
            } else {
                for (int t = 0; t < taps; t++) {
                    add(vectors[t], numbers[w + t * k.tapStep], sums[i], count);
                }
            }
        }
    }

    private void begin(Pattern k, Part block, int start, float[] m, int to) {
        for (int i = 0; i < block.channels(); i++) {
            int channel = block.firstChannel() + i;
            if (start == Kernels.ADD) {
                for (int j = 0; j < block.positions(); j++) {
                    int y = to + k.to[block.firstPosition() + j] + channel * k.plane;
                    System.arraycopy(m, y, sums[i], j * LANES, LANES);
                }
            } else {
                float first = start == Kernels.ZERO ? 0 : m[start + channel];
                Arrays.fill(sums[i], 0, block.positions() * LANES, first);
            }
        }
    }

    private void end(Pattern k, Part block, float[] m, int to) {
        for (int i = 0; i < block.channels(); i++) {
            for (int j = 0; j < block.positions(); j++) {
                int y = to + k.to[block.firstPosition() + j] + (block.firstChannel() + i) * k.plane;
                System.arraycopy(sums[i], j * LANES, m, y, LANES);
            }
        }
    }

    private static void add(float[][] vectors, float w0, float w1, float w2, float w3, float[] sums, int count) {
        float[] v0 = vectors[0];
        float[] v1 = vectors[1];
        float[] v2 = vectors[2];
        float[] v3 = vectors[3];
        for (int i = 0; i < count; i++) {
            sums[i] += w0 * v0[i] + w1 * v1[i] + (w2 * v2[i] + w3 * v3[i]);
        }
    }

    static void add(float[] vectors, float weight, float[] sums, int count) {
        for (int i = 0; i < count; i++) {
            sums[i] += weight * vectors[i];
        }
    }

    /** {@link Kernels#correlate}. */
    void correlate(Overlap o, Overlap.Block block, float[] m, int left, int right, int to) {
        int positions = o.rows * o.columns;
        for (int p = 0; p < positions; p += QUARTERS * QUARTER) {
            int quarter = Math.min(QUARTER, Math.ceilDiv(positions - p, QUARTERS));
            for (int i = block.firstLeft(); i < block.firstLeft() + block.lefts(); i += CHANNELS) {
                int some = Math.min(CHANNELS, block.firstLeft() + block.lefts() - i);
                for (int s = 0; s < some; s++) {
                    collect(m, left + o.left[i + s], o.leftRow, o.leftStep, o, p, quarter, lefts[s]);
                }
                for (int j = block.firstRight(); j < block.firstRight() + block.rights(); j++) {
                    collect(m, right + o.right[j], o.rightRow, o.rightStep, o, p, quarter, rights);
                    for (int s = 0; s < some; s++) {
                        multiply(lefts[s], rights, products, quarter * LANES);
                        m[to + (i + s) * o.right.length + j] += sum(products, quarter * LANES);
                    }
                }
            }
        }
    }

    /** Four arrays of vectors of a stream from position p on; beyond the last position stand zeros. */
    private static void collect(
            float[] m, int from, int rowStep, int step, Overlap o, int p, int quarter, float[][] to) {
        for (int i = 0; i < QUARTERS * quarter; i++) {
            float[] vectors = to[i / quarter];
            int at = i % quarter * LANES;
            if (p + i < o.rows * o.columns) {
                int vector = from + (p + i) / o.columns * rowStep + (p + i) % o.columns * step;
                System.arraycopy(m, vector, vectors, at, LANES);
            } else {
                Arrays.fill(vectors, at, at + LANES, 0);
            }
        }
    }

    private static void multiply(float[][] a, float[][] b, float[] products, int count) {
        float[] a0 = a[0];
        float[] a1 = a[1];
        float[] a2 = a[2];
        float[] a3 = a[3];
        float[] b0 = b[0];
        float[] b1 = b[1];
        float[] b2 = b[2];
        float[] b3 = b[3];
        for (int i = 0; i < count; i++) {
            products[i] = a0[i] * b0[i] + a1[i] * b1[i] + (a2[i] * b2[i] + a3[i] * b3[i]);
        }
    }

    /** @param count a multiple of four */
    private static float sum(float[] values, int count) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        for (int i = 0; i < count; i += 4) {
            s0 += values[i];
            s1 += values[i + 1];
            s2 += values[i + 2];
            s3 += values[i + 3];
        }
        return s0 + s1 + (s2 + s3);
    }
}
