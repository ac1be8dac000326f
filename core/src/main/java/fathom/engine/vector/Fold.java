package fathom.engine.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Shuffles and masks that sum the lanes of many vectors at once; those wider than a vector are never used. */
final class Fold {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

    static final VectorShuffle<Float> SWAP_8 = swap(8);
    static final VectorShuffle<Float> SWAP_4 = swap(4);
    static final VectorShuffle<Float> SWAP_2 = swap(2);
    static final VectorShuffle<Float> SWAP_1 = swap(1);
    static final VectorMask<Float> UPPER_8 = upper(8);
    static final VectorMask<Float> UPPER_4 = upper(4);
    static final VectorMask<Float> UPPER_2 = upper(2);
    static final VectorMask<Float> UPPER_1 = upper(1);

    private Fold() {}

    private static VectorShuffle<Float> swap(int half) {
        return VectorShuffle.fromOp(S, lane -> (lane ^ half) % S.length());
    }

    private static VectorMask<Float> upper(int half) {
        long bits = 0;
        for (int lane = 0; lane < S.length(); lane++) {
            bits |= (lane & half) != 0 ? 1L << lane : 0;
        }
        return VectorMask.fromLong(S, bits);
    }
}
