package fathom.manifold;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * All eigenvalues and the leading eigenvectors of a symmetric matrix, largest first: Householder's reduction to three
 * diagonals, then implicit QR steps with Wilkinson's shift (Golub and Van Loan, "Matrix Computations", sections 8.3.1 to
 * 8.3.3). The steps are kept, and run backwards for those vectors alone that are wanted.
 */
final class Eigen {
    private static final int MOST_STEPS = 60;

    private final int m;
    private final double[] diagonal;
    private final double[] beside;
    /** Row k is the unit vector of the k-th reflection; its first k + 1 numbers are 0. */
    private final double[][] reflections;

    private final Rotations rotations = new Rotations();
    private final int[] order;
    private final double[][] vectors;

    private Eigen(double[][] symmetric, int count) {
        this.m = symmetric.length;
        this.diagonal = new double[m];
        this.beside = new double[m];
        this.reflections = new double[m][0];
        reduce(symmetric);
        diagonalise();
        this.order = IntStream.range(0, m)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -diagonal[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        this.vectors = vectors(count);
    }

    /**
     * @param symmetric m rows of m numbers; overwritten
     * @param count how many eigenvectors are wanted, 0 … m
     */
    static Eigen of(double[][] symmetric, int count) {
        return new Eigen(symmetric, count);
    }

    double value(int i) {
        return diagonal[order[i]];
    }

    /** @param i less than the number of vectors that were wanted */
    double[] vector(int i) {
        return vectors[i];
    }

    private void reduce(double[][] a) {
        for (int k = 0; k < m - 2; k++) {
            diagonal[k] = a[k][k];
            if (reflect(a[k], k)) {
                applyBothSides(a, reflections[k], k + 1);
            }
        }
        if (m > 1) {
            diagonal[m - 2] = a[m - 2][m - 2];
            beside[m - 2] = a[m - 2][m - 1];
        }
        diagonal[m - 1] = a[m - 1][m - 1];
    }

    /** Finds the reflection that takes what stands in a row beyond k + 1 to 0; there is none where all of that is 0. */
    private boolean reflect(double[] row, int k) {
        double[] v = new double[m];
        double largest = 0;
        for (int i = k + 1; i < m; i++) {
            largest = Math.max(largest, Math.abs(row[i]));
        }
        if (largest == 0) {
            return false;
        }
        for (int i = k + 1; i < m; i++) {
            v[i] = row[i] / largest;
        }
        double norm = Math.sqrt(Doubles.dot(v, v, k + 1));
        double end = v[k + 1] > 0 ? -norm : norm;
        beside[k] = end * largest;
        v[k + 1] -= end;
        Doubles.scale(v, 1 / Math.sqrt(Doubles.dot(v, v, k + 1)));
        reflections[k] = v;
        return true;
    }

    /** A becomes HAH with H = I − 2vvᵀ, from the given row and column on. */
    private void applyBothSides(double[][] a, double[] v, int from) {
        double[] p = new double[m];
        for (int i = from; i < m; i++) {
            p[i] = Doubles.dot(a[i], v, from);
        }
        Doubles.addScaled(p, -Doubles.dot(p, v, from), v, from);
        for (int i = from; i < m; i++) {
            Doubles.addScaled(a[i], -2 * v[i], p, from);
            Doubles.addScaled(a[i], -2 * p[i], v, from);
        }
    }

    private void diagonalise() {
        int high = m - 1;
        int steps = 0;
        while (high > 0) {
            if (isSmall(high - 1)) {
                beside[high - 1] = 0;
                high--;
                steps = 0;
                continue;
            }
            int low = high - 1;
            while (low > 0 && !isSmall(low - 1)) {
                low--;
            }
            if (++steps > MOST_STEPS) {
                throw new ArithmeticException("eigenvalues of a %d × %d matrix did not settle".formatted(m, m));
            }
            step(low, high);
        }
    }

    private boolean isSmall(int k) {
        return Math.abs(beside[k]) <= Math.ulp(1.0) * (Math.abs(diagonal[k]) + Math.abs(diagonal[k + 1]))
                || Math.abs(beside[k]) < Double.MIN_NORMAL;
    }

    private void step(int low, int high) {
        double half = (diagonal[high - 1] - diagonal[high]) / 2;
        double off = beside[high - 1];
        double root = Math.hypot(half, off);
        double shift = diagonal[high] - off * off / (half + (half >= 0 ? root : -root));
        double x = diagonal[low] - shift;
        double z = beside[low];
        for (int k = low; k < high; k++) {
            double r = Math.hypot(x, z);
            double c = r == 0 ? 1 : x / r;
            double s = r == 0 ? 0 : z / r;
            if (k > low) {
                beside[k - 1] = r;
            }
            double first = diagonal[k];
            double second = diagonal[k + 1];
            double between = beside[k];
            diagonal[k] = c * c * first + 2 * c * s * between + s * s * second;
            diagonal[k + 1] = s * s * first - 2 * c * s * between + c * c * second;
            beside[k] = c * s * (second - first) + (c * c - s * s) * between;
            x = beside[k];
            if (k < high - 1) {
                z = s * beside[k + 1];
                beside[k + 1] *= c;
            }
            rotations.add(k, c, s);
        }
    }

    /** The wanted unit vectors, brought back through all rotations and then through all reflections. */
    private double[][] vectors(int count) {
        double[][] columns = new double[m][count];
        for (int i = 0; i < count; i++) {
            columns[order[i]][i] = 1;
        }
        rotations.undo(columns);
        double[][] rows = new double[count][m];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < m; j++) {
                rows[i][j] = columns[j][i];
            }
            for (int k = m - 3; k >= 0; k--) {
                if (reflections[k].length > 0) {
                    Doubles.addScaled(rows[i], -2 * Doubles.dot(rows[i], reflections[k], k + 1), reflections[k], k + 1);
                }
            }
        }
        return rows;
    }

    /** Rotations of two neighbouring coordinates each, in the order in which they were made. */
    private static final class Rotations {
        private int count;
        private int[] places = new int[64];
        private double[] cosines = new double[64];
        private double[] sines = new double[64];

        void add(int place, double cosine, double sine) {
            if (count == places.length) {
                places = Arrays.copyOf(places, 2 * count);
                cosines = Arrays.copyOf(cosines, 2 * count);
                sines = Arrays.copyOf(sines, 2 * count);
            }
            places[count] = place;
            cosines[count] = cosine;
            sines[count] = sine;
            count++;
        }

        /** Takes vectors back through all rotations; a row holds one coordinate of every vector. */
        void undo(double[][] rows) {
            for (int i = count - 1; i >= 0; i--) {
                undo(rows[places[i]], rows[places[i] + 1], cosines[i], sines[i]);
            }
        }

        private static void undo(double[] a, double[] b, double c, double s) {
            for (int i = 0; i < a.length; i++) {
                double x = a[i];
                double y = b[i];
                a[i] = c * x - s * y;
                b[i] = c * y + s * x;
            }
        }
    }
}
