package fathom.manifold;

import java.util.Arrays;

/** Sets of unit vectors at right angles. */
final class Orthonormal {
    private static final double VANISHED = 1e-6;

    private Orthonormal() {}

    /**
     * Makes the rows orthonormal in their order (Gram and Schmidt, twice). A row in which nothing is left, and every row
     * from {@code known} on, is replaced by what is new in the first coordinate axis that still has something new.
     */
    static void complete(double[][] rows, int known) {
        int axis = 0;
        for (int i = 0; i < rows.length; i++) {
            double before = Math.sqrt(Doubles.dot(rows[i], rows[i]));
            boolean isNew = i < known && before > 0 && remainder(rows, i) > VANISHED * before;
            while (!isNew) {
                Arrays.fill(rows[i], 0);
                rows[i][axis++] = 1;
                isNew = remainder(rows, i) > 0.5 / Math.sqrt(rows[i].length);
            }
            Doubles.scale(rows[i], 1 / Math.sqrt(Doubles.dot(rows[i], rows[i])));
        }
    }

    private static double remainder(double[][] rows, int i) {
        for (int round = 0; round < 2; round++) {
            for (int j = 0; j < i; j++) {
                Doubles.addScaled(rows[i], -Doubles.dot(rows[j], rows[i]), rows[j]);
            }
        }
        return Math.sqrt(Doubles.dot(rows[i], rows[i]));
    }
}
