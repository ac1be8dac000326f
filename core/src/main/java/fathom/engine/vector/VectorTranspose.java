package fathom.engine.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows to lanes and back, a square of vectors at a time: halves of pairs of vectors are exchanged, then quarters, eighths …
 * (Eklundh 1972). Four vectors at a time stay in registers for two such rounds, so that a square goes through memory once
 * on its way.
 */
final class VectorTranspose {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = S.length();

    /** How many vectors are exchanged at a time. */
    private static final int FOUR = 4;

    private VectorTranspose() {}

    static void toLanes(float[] rows, int from, int step, int examples, float[] m, int to, int[] place, int scratch) {
        int whole = place.length / LANES * LANES;
        for (int e = 0; e < whole; e += LANES) {
            if (examples >= LANES) {
                coarse(rows, from + e, step, m, scratch);
            } else {
                for (int lane = 0; lane < LANES; lane++) {
                    FloatVector row = lane < examples
                            ? FloatVector.fromArray(S, rows, from + lane * step + e)
                            : FloatVector.zero(S);
                    row.intoArray(m, scratch + lane * LANES);
                }
                coarse(m, scratch, LANES, m, scratch);
            }
            for (int i = 0; i < LANES; i += FOUR) {
                int p = e + i;
                fine(m, scratch + i * LANES, m, to + place[p], to + place[p + 1], to + place[p + 2], to + place[p + 3]);
            }
        }
        for (int e = whole; e < place.length; e++) {
            for (int lane = 0; lane < LANES; lane++) {
                m[to + place[e] + lane] = lane < examples ? rows[from + lane * step + e] : 0;
            }
        }
    }

    static void toRows(float[] m, int from, int[] place, int examples, float[] rows, int to, int step, int scratch) {
        int whole = place.length / LANES * LANES;
        for (int e = 0; e < whole; e += LANES) {
            coarse(m, from, place, e, scratch);
            if (examples >= LANES) {
                for (int i = 0; i < LANES; i += FOUR) {
                    int row = to + i * step + e;
                    fine(m, scratch + i * LANES, rows, row, row + step, row + 2 * step, row + 3 * step);
                }
            } else {
                for (int i = 0; i < LANES; i += FOUR) {
                    int at = scratch + i * LANES;
                    fine(m, at, m, at, at + LANES, at + 2 * LANES, at + 3 * LANES);
                }
                for (int lane = 0; lane < examples; lane++) {
                    FloatVector.fromArray(S, m, scratch + lane * LANES).intoArray(rows, to + lane * step + e);
                }
            }
        }
        for (int e = whole; e < place.length; e++) {
            for (int lane = 0; lane < examples; lane++) {
                rows[to + lane * step + e] = m[from + place[e] + lane];
            }
        }
    }

    /** The rounds for 8 and 4 lanes of a square whose vectors are a step apart. */
    private static void coarse(float[] from, int at, int step, float[] m, int to) {
        if (LANES == 16) {
            for (int i = 0; i < FOUR; i++) {
                int row = at + i * step;
                byEightAndFour(from, row, row + 4 * step, row + 8 * step, row + 12 * step, m, to + i * LANES);
            }
        } else if (LANES == 8) {
            for (int i = 0; i < FOUR; i++) {
                byFour(from, at + i * step, at + (i + 4) * step, m, to + i * LANES);
            }
        } else {
            for (int i = 0; i < LANES; i++) {
                FloatVector.fromArray(S, from, at + i * step).intoArray(m, to + i * LANES);
            }
        }
    }

    /** The same for vectors at {@code from + place[e]} and so on. */
    private static void coarse(float[] m, int from, int[] place, int e, int to) {
        if (LANES == 16) {
            for (int i = e; i < e + FOUR; i++) {
                byEightAndFour(
                        m,
                        from + place[i],
                        from + place[i + 4],
                        from + place[i + 8],
                        from + place[i + 12],
                        m,
                        to + (i - e) * LANES);
            }
        } else if (LANES == 8) {
            for (int i = e; i < e + FOUR; i++) {
                byFour(m, from + place[i], from + place[i + 4], m, to + (i - e) * LANES);
            }
        } else {
            for (int i = 0; i < LANES; i++) {
                FloatVector.fromArray(S, m, from + place[e + i]).intoArray(m, to + i * LANES);
            }
        }
    }

    private static void byEightAndFour(float[] from, int a0, int a1, int a2, int a3, float[] m, int to) {
        FloatVector a = FloatVector.fromArray(S, from, a0);
        FloatVector b = FloatVector.fromArray(S, from, a1);
        FloatVector c = FloatVector.fromArray(S, from, a2);
        FloatVector d = FloatVector.fromArray(S, from, a3);
        FloatVector ac = lower(a, c, Fold.SWAP_8, Fold.UPPER_8);
        FloatVector ca = upper(a, c, Fold.SWAP_8, Fold.UPPER_8);
        FloatVector bd = lower(b, d, Fold.SWAP_8, Fold.UPPER_8);
        FloatVector db = upper(b, d, Fold.SWAP_8, Fold.UPPER_8);
        lower(ac, bd, Fold.SWAP_4, Fold.UPPER_4).intoArray(m, to);
        upper(ac, bd, Fold.SWAP_4, Fold.UPPER_4).intoArray(m, to + 4 * LANES);
        lower(ca, db, Fold.SWAP_4, Fold.UPPER_4).intoArray(m, to + 8 * LANES);
        upper(ca, db, Fold.SWAP_4, Fold.UPPER_4).intoArray(m, to + 12 * LANES);
    }

    private static void byFour(float[] from, int a0, int a1, float[] m, int to) {
        FloatVector a = FloatVector.fromArray(S, from, a0);
        FloatVector b = FloatVector.fromArray(S, from, a1);
        lower(a, b, Fold.SWAP_4, Fold.UPPER_4).intoArray(m, to);
        upper(a, b, Fold.SWAP_4, Fold.UPPER_4).intoArray(m, to + 4 * LANES);
    }

    /** The rounds for 2 lanes and for 1, of four vectors side by side. */
    private static void fine(float[] m, int at, float[] to, int b0, int b1, int b2, int b3) {
        FloatVector a = FloatVector.fromArray(S, m, at);
        FloatVector b = FloatVector.fromArray(S, m, at + LANES);
        FloatVector c = FloatVector.fromArray(S, m, at + 2 * LANES);
        FloatVector d = FloatVector.fromArray(S, m, at + 3 * LANES);
        FloatVector ac = lower(a, c, Fold.SWAP_2, Fold.UPPER_2);
        FloatVector ca = upper(a, c, Fold.SWAP_2, Fold.UPPER_2);
        FloatVector bd = lower(b, d, Fold.SWAP_2, Fold.UPPER_2);
        FloatVector db = upper(b, d, Fold.SWAP_2, Fold.UPPER_2);
        lower(ac, bd, Fold.SWAP_1, Fold.UPPER_1).intoArray(to, b0);
        upper(ac, bd, Fold.SWAP_1, Fold.UPPER_1).intoArray(to, b1);
        lower(ca, db, Fold.SWAP_1, Fold.UPPER_1).intoArray(to, b2);
        upper(ca, db, Fold.SWAP_1, Fold.UPPER_1).intoArray(to, b3);
    }

    /** The first vector with the second one's lower parts in place of its upper ones. */
    private static FloatVector lower(FloatVector a, FloatVector b, VectorShuffle<Float> swap, VectorMask<Float> upper) {
        return a.blend(b.rearrange(swap), upper);
    }

    /** The second vector with the first one's upper parts in place of its lower ones. */
    private static FloatVector upper(FloatVector a, FloatVector b, VectorShuffle<Float> swap, VectorMask<Float> upper) {
        return a.rearrange(swap).blend(b, upper);
    }
}
