package fathom.manifold;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sets of unit vectors at right angles. */
final class Orthonormal {
    private static final double VANISHED = 1e-6;
    private static final int GROUP = 4;

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

    /**
     * Makes vectors orthonormal in their order (Gram and Schmidt, twice). Those of which no more than {@code vanished} is
     * left are left out.
     */
    static double[][] block(double[][] vectors, double vanished, Team team) {
        return sweep(sweep(vectors, vanished, team), 0, team);
    }

    private static double[][] sweep(double[][] vectors, double vanished, Team team) {
        List<double[]> fresh = new ArrayList<>();
        for (int i = 0; i < vectors.length; i++) {
            double[] vector = vectors[i];
            double norm = Math.sqrt(Doubles.dot(vector, vector));
            if (norm > vanished) {
                Doubles.scale(vector, 1 / norm);
                fresh.add(vector);
                int from = i + 1;
                team.run((vectors.length - from + GROUP - 1) / GROUP, group -> {
                    int first = from + group * GROUP;
                    for (int v = first; v < Math.min(vectors.length, first + GROUP); v++) {
                        Doubles.addScaled(vectors[v], -Doubles.dot(vector, vectors[v]), vector);
                    }
                });
            }
        }
        return fresh.toArray(new double[0][]);
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
