package fathom.engine.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sums of Winograd's convolution by the Vector API. What becomes 36 numbers is taken in two steps, first down the columns
 * into scratch, then along the rows: that few vectors are held at a time matters more than that each is read but once. What
 * becomes a tile of 16 needs no scratch, as 16 sums are held.
 */
final class VectorWinograd implements WinogradLoops {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = S.length();

    /** Aᵀ, row by row. */
    private static final float[] A = {
        1, 1, 1, 1, 1, 0,
        0, 1, -1, 2, -2, 0,
        0, 1, 1, 4, 4, 0,
        0, 1, -1, 8, -8, 1
    };

    /** What becomes 36 numbers of a kernel's nine: see {@link #weights}. */
    private static final float[][] G = {
        {1 / 4f, 0, 0},
        {-1 / 6f, -1 / 6f, -1 / 6f},
        {-1 / 6f, 1 / 6f, -1 / 6f},
        {1 / 24f, 1 / 12f, 1 / 6f},
        {1 / 24f, -1 / 12f, 1 / 6f},
        {0, 0, 1}
    };

    private static final int ENTRIES = 9;

    @Override
    public void windows(float[] m, Tiling tiling, Tiling.Block b, int from, int plane, int scratch) {
        int end = WINDOW * (b.firstTile() + b.tiles());
        for (int channel = 0; channel < b.channels(); channel++) {
            int at = from + channel * plane;
            int to = b.at() + channel * b.room() * LANES;
            for (int i = WINDOW * b.firstTile(); i < end; i += WINDOW, to += LANES) {
                int r0 = at + tiling.rows[i];
                int r1 = at + tiling.rows[i + 1];
                int r2 = at + tiling.rows[i + 2];
                int r3 = at + tiling.rows[i + 3];
                int r4 = at + tiling.rows[i + 4];
                int r5 = at + tiling.rows[i + 5];
                for (int k = 0; k < WINDOW; k++) {
                    int c = tiling.columns[i + k];
                    int t = scratch + k * LANES;
                    window(m, r0 + c, r1 + c, r2 + c, r3 + c, r4 + c, r5 + c, t, WINDOW * LANES);
                }
                for (int k = 0; k < WINDOW; k++) {
                    int r = scratch + k * WINDOW * LANES;
                    int t = to + k * WINDOW * b.step();
                    window(m, r, r + LANES, r + 2 * LANES, r + 3 * LANES, r + 4 * LANES, r + 5 * LANES, t, b.step());
                }
            }
        }
    }

    /** Bᵀ times six vectors. */
    private static void window(float[] m, int i0, int i1, int i2, int i3, int i4, int i5, int to, int step) {
        FloatVector d2 = FloatVector.fromArray(S, m, i2);
        FloatVector d4 = FloatVector.fromArray(S, m, i4);
        FloatVector.fromArray(S, m, i0).mul(4).add(d2.mul(-5)).add(d4).intoArray(m, to);
        FloatVector d1 = FloatVector.fromArray(S, m, i1);
        FloatVector d3 = FloatVector.fromArray(S, m, i3);
        FloatVector even = d4.sub(d2.mul(4));
        FloatVector odd = d3.sub(d1.mul(4));
        even.add(odd).intoArray(m, to + step);
        even.sub(odd).intoArray(m, to + 2 * step);
        even = d4.sub(d2);
        odd = d3.sub(d1).mul(2);
        even.add(odd).intoArray(m, to + 3 * step);
        even.sub(odd).intoArray(m, to + 4 * step);
        d1.mul(4).add(d3.mul(-5)).add(FloatVector.fromArray(S, m, i5)).intoArray(m, to + 5 * step);
    }

    @Override
    public void squares(float[] m, Tiling tiling, Tiling.Block b, int from, int plane, int scratch) {
        int end = TILE * (b.firstTile() + b.tiles());
        for (int channel = 0; channel < b.channels(); channel++) {
            int at = from + channel * plane;
            int to = b.at() + channel * b.room() * LANES;
            for (int i = TILE * b.firstTile(); i < end; i += TILE, to += LANES) {
                int r0 = at + tiling.rows[i];
                int r1 = at + tiling.rows[i + 1];
                int r2 = at + tiling.rows[i + 2];
                int r3 = at + tiling.rows[i + 3];
                for (int k = 0; k < TILE; k++) {
                    int c = tiling.columns[i + k];
                    square(m, r0 + c, r1 + c, r2 + c, r3 + c, scratch + k * LANES, TILE * LANES);
                }
                for (int k = 0; k < WINDOW; k++) {
                    int r = scratch + k * TILE * LANES;
                    int t = to + k * WINDOW * b.step();
                    square(m, r, r + LANES, r + 2 * LANES, r + 3 * LANES, t, b.step());
                }
            }
        }
    }

    /** A times four vectors. */
    private static void square(float[] m, int i0, int i1, int i2, int i3, int to, int step) {
        FloatVector d0 = FloatVector.fromArray(S, m, i0);
        FloatVector d1 = FloatVector.fromArray(S, m, i1);
        FloatVector d2 = FloatVector.fromArray(S, m, i2);
        FloatVector d3 = FloatVector.fromArray(S, m, i3);
        d0.intoArray(m, to);
        FloatVector even = d0.add(d2);
        FloatVector odd = d1.add(d3);
        even.add(odd).intoArray(m, to + step);
        even.sub(odd).intoArray(m, to + 2 * step);
        even = d0.add(d2.mul(4));
        odd = d1.add(d3.mul(4)).mul(2);
        even.add(odd).intoArray(m, to + 3 * step);
        even.sub(odd).intoArray(m, to + 4 * step);
        d3.intoArray(m, to + 5 * step);
    }

    @Override
    public void gather(float[] m, Tiling tiling, Tiling.Block b, int start, int to, int plane) {
        int end = TILE * (b.firstTile() + b.tiles());
        for (int channel = 0; channel < b.channels(); channel++) {
            float first = start >= 0 ? m[start + channel] : 0;
            int at = to + channel * plane;
            int from = b.at() + channel * b.room() * LANES;
            for (int i = TILE * b.firstTile(); i < end; i += TILE, from += LANES) {
                gather(m, from, b.step(), first, tiling, i, at);
            }
        }
    }

    /**
     * Aᵀ x A of one tile: column by column of x, Aᵀ times it is added to all columns of the result, as A has it. What was spared
     * ({@link Tiling}) reaches only what is not in the picture.
     */
    private static void gather(float[] m, int from, int step, float first, Tiling tiling, int tile, int to) {
        FloatVector y00 = FloatVector.broadcast(S, first);
        FloatVector y01 = y00, y02 = y00, y03 = y00;
        FloatVector y10 = y00, y11 = y00, y12 = y00, y13 = y00;
        FloatVector y20 = y00, y21 = y00, y22 = y00, y23 = y00;
        FloatVector y30 = y00, y31 = y00, y32 = y00, y33 = y00;
        int row = WINDOW * step;
        int columns = tiling.columnsOf(tile / TILE);
        for (int k = 0, at = from; k < columns; k++, at += step) {
            FloatVector d1 = FloatVector.fromArray(S, m, at + row);
            FloatVector d2 = FloatVector.fromArray(S, m, at + 2 * row);
            FloatVector d3 = FloatVector.fromArray(S, m, at + 3 * row);
            FloatVector d4 = FloatVector.fromArray(S, m, at + 4 * row);
            FloatVector near = d1.sub(d2);
            FloatVector far = d3.sub(d4);
            FloatVector even = d1.add(d2);
            FloatVector other = d3.add(d4);
            FloatVector u0 = FloatVector.fromArray(S, m, at).add(even).add(other);
            FloatVector u1 = far.fma(FloatVector.broadcast(S, 2), near);
            FloatVector u2 = other.fma(FloatVector.broadcast(S, 4), even);
            FloatVector u3 = far.fma(FloatVector.broadcast(S, 8), near).add(FloatVector.fromArray(S, m, at + 5 * row));
            FloatVector a = FloatVector.broadcast(S, A[k]);
            y00 = u0.fma(a, y00);
            y10 = u1.fma(a, y10);
            y20 = u2.fma(a, y20);
            y30 = u3.fma(a, y30);
            a = FloatVector.broadcast(S, A[WINDOW + k]);
            y01 = u0.fma(a, y01);
            y11 = u1.fma(a, y11);
            y21 = u2.fma(a, y21);
            y31 = u3.fma(a, y31);
            a = FloatVector.broadcast(S, A[2 * WINDOW + k]);
            y02 = u0.fma(a, y02);
            y12 = u1.fma(a, y12);
            y22 = u2.fma(a, y22);
            y32 = u3.fma(a, y32);
            a = FloatVector.broadcast(S, A[3 * WINDOW + k]);
            y03 = u0.fma(a, y03);
            y13 = u1.fma(a, y13);
            y23 = u2.fma(a, y23);
            y33 = u3.fma(a, y33);
        }
        // Backwards: of numbers that go to one place, the first belongs there.
        int c0 = tiling.columns[tile];
        int c1 = tiling.columns[tile + 1];
        int c2 = tiling.columns[tile + 2];
        int c3 = tiling.columns[tile + 3];
        int r = to + tiling.rows[tile + 3];
        y33.intoArray(m, r + c3);
        y32.intoArray(m, r + c2);
        y31.intoArray(m, r + c1);
        y30.intoArray(m, r + c0);
        r = to + tiling.rows[tile + 2];
        y23.intoArray(m, r + c3);
        y22.intoArray(m, r + c2);
        y21.intoArray(m, r + c1);
        y20.intoArray(m, r + c0);
        r = to + tiling.rows[tile + 1];
        y13.intoArray(m, r + c3);
        y12.intoArray(m, r + c2);
        y11.intoArray(m, r + c1);
        y10.intoArray(m, r + c0);
        r = to + tiling.rows[tile];
        y03.intoArray(m, r + c3);
        y02.intoArray(m, r + c2);
        y01.intoArray(m, r + c1);
        y00.intoArray(m, r + c0);
    }

    @Override
    public void kernels(float[] m, int from, int step, int count, int to, int toStep, int scratch) {
        for (int i = 0; i < count; i += LANES) {
            for (int k = 0; k < WINDOW; k++) {
                kernel(m, from + i + k * step, WINDOW * step, scratch + k * LANES, WINDOW * LANES);
            }
            for (int k = 0; k < 3; k++) {
                kernel(m, scratch + k * WINDOW * LANES, LANES, scratch + NUMBERS / 2 * LANES, LANES);
                for (int j = 0; j < 3; j++) {
                    int at = to + i + (3 * k + j) * toStep;
                    FloatVector.fromArray(S, m, at)
                            .add(FloatVector.fromArray(S, m, scratch + (NUMBERS / 2 + j) * LANES))
                            .intoArray(m, at);
                }
            }
        }
    }

    /** Gᵀ times six vectors. */
    private static void kernel(float[] m, int at, int step, int to, int toStep) {
        FloatVector d1 = FloatVector.fromArray(S, m, at + step);
        FloatVector d2 = FloatVector.fromArray(S, m, at + 2 * step);
        FloatVector d3 = FloatVector.fromArray(S, m, at + 3 * step);
        FloatVector d4 = FloatVector.fromArray(S, m, at + 4 * step);
        FloatVector near = d1.add(d2).mul(-1 / 6f);
        FloatVector far = d3.add(d4).mul(1 / 6f);
        FloatVector.fromArray(S, m, at).mul(0.25f).add(near).add(far.mul(0.25f)).intoArray(m, to);
        d2.sub(d1).mul(1 / 6f).add(d3.sub(d4).mul(1 / 12f)).intoArray(m, to + toStep);
        near.add(far).add(FloatVector.fromArray(S, m, at + 5 * step)).intoArray(m, to + 2 * toStep);
    }

    /** Kernels are laid side by side where their last numbers will be. */
    @Override
    public void weights(float[] m, int from, int step, int tapStep, int count, int to, int toStep) {
        int entries = to + (NUMBERS - ENTRIES) * toStep;
        for (int i = 0; i < count; i += LANES) {
            int some = Math.min(LANES, count - i);
            for (int j = i; j < i + some; j++) {
                for (int k = 0; k < ENTRIES; k++) {
                    m[entries + j + k * toStep] = m[from + j * step + k * tapStep];
                }
            }
            weights(m, entries + i, to + i, toStep, S.indexInRange(0, some));
        }
    }

    /** G w Gᵀ, column by column. */
    private static void weights(float[] m, int from, int to, int step, VectorMask<Float> some) {
        FloatVector w00 = FloatVector.fromArray(S, m, from, some);
        FloatVector w01 = FloatVector.fromArray(S, m, from + step, some);
        FloatVector w02 = FloatVector.fromArray(S, m, from + 2 * step, some);
        FloatVector w10 = FloatVector.fromArray(S, m, from + 3 * step, some);
        FloatVector w11 = FloatVector.fromArray(S, m, from + 4 * step, some);
        FloatVector w12 = FloatVector.fromArray(S, m, from + 5 * step, some);
        FloatVector w20 = FloatVector.fromArray(S, m, from + 6 * step, some);
        FloatVector w21 = FloatVector.fromArray(S, m, from + 7 * step, some);
        FloatVector w22 = FloatVector.fromArray(S, m, from + 8 * step, some);
        for (int k = 0; k < WINDOW; k++) {
            FloatVector left = FloatVector.broadcast(S, G[k][0]);
            FloatVector middle = FloatVector.broadcast(S, G[k][1]);
            FloatVector right = FloatVector.broadcast(S, G[k][2]);
            FloatVector a = w00.mul(left).add(w01.mul(middle)).add(w02.mul(right));
            FloatVector b = w10.mul(left).add(w11.mul(middle)).add(w12.mul(right));
            FloatVector c = w20.mul(left).add(w21.mul(middle)).add(w22.mul(right));
            FloatVector near = a.add(c).mul(-1 / 6f);
            FloatVector far = a.mul(1 / 24f).add(c.mul(1 / 6f));
            int at = to + k * step;
            int row = WINDOW * step;
            a.mul(0.25f).intoArray(m, at, some);
            near.sub(b.mul(1 / 6f)).intoArray(m, at + row, some);
            near.add(b.mul(1 / 6f)).intoArray(m, at + 2 * row, some);
            far.add(b.mul(1 / 12f)).intoArray(m, at + 3 * row, some);
            far.sub(b.mul(1 / 12f)).intoArray(m, at + 4 * row, some);
            c.intoArray(m, at + 5 * row, some);
        }
    }
}
