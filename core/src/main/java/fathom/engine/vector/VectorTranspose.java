package fathom.engine.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows to lanes and back, a square of vectors at a time: halves of pairs of vectors are exchanged, then quarters, eighths …
 * (Eklundh 1972).
 */
final class VectorTranspose {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = S.length();

    private VectorTranspose() {}

    static void toLanes(float[] rows, int from, int step, int examples, float[] m, int to, int[] place, int scratch) {
        int whole = place.length / LANES * LANES;
        for (int e = 0; e < whole; e += LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                FloatVector row =
                        lane < examples ? FloatVector.fromArray(S, rows, from + lane * step + e) : FloatVector.zero(S);
                row.intoArray(m, scratch + lane * LANES);
            }
            square(m, scratch);
            for (int i = 0; i < LANES; i++) {
                FloatVector.fromArray(S, m, scratch + i * LANES).intoArray(m, to + place[e + i]);
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
            for (int i = 0; i < LANES; i++) {
                FloatVector.fromArray(S, m, from + place[e + i]).intoArray(m, scratch + i * LANES);
            }
            square(m, scratch);
            for (int lane = 0; lane < examples; lane++) {
                FloatVector.fromArray(S, m, scratch + lane * LANES).intoArray(rows, to + lane * step + e);
            }
        }
        for (int e = whole; e < place.length; e++) {
            for (int lane = 0; lane < examples; lane++) {
                rows[to + lane * step + e] = m[from + place[e] + lane];
            }
        }
    }

    /** Transposes a square that lies vector by vector. */
    private static void square(float[] m, int at) {
        if (LANES > 8) {
            exchange(m, at, 8, Fold.SWAP_8, Fold.UPPER_8);
        }
        if (LANES > 4) {
            exchange(m, at, 4, Fold.SWAP_4, Fold.UPPER_4);
        }
        exchange(m, at, 2, Fold.SWAP_2, Fold.UPPER_2);
        exchange(m, at, 1, Fold.SWAP_1, Fold.UPPER_1);
    }

    private static void exchange(float[] m, int at, int half, VectorShuffle<Float> swap, VectorMask<Float> upper) {
        for (int i = 0; i < LANES; i++) {
            if ((i & half) == 0) {
                int first = at + i * LANES;
                int second = first + half * LANES;
                FloatVector a = FloatVector.fromArray(S, m, first);
                FloatVector b = FloatVector.fromArray(S, m, second);
                a.blend(b.rearrange(swap), upper).intoArray(m, first);
                a.rearrange(swap).blend(b, upper).intoArray(m, second);
            }
        }
    }
}
