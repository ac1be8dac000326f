package fathom.manifold;

import java.util.ArrayList;
import java.util.List;

/**
 * The leading eigenvectors of a large symmetric matrix that is only known by its products: block Lanczos with full
 * reorthogonalisation (Golub and Van Loan, "Matrix Computations", section 10.3.6).
 *
 * <p>It ends by a residual test, not after a fixed number of products: for every wanted pair ‖Av − λv‖ must be at most 5e-4
 * of the gap between λ and its neighbours, so that the angle between found and true axis is at most that (Davis and Kahan
 * 1970) and its cosine 1 − 1e-7. A gap counts as no less than 1e-3 of λ, and 1e-6 of the largest eigenvalue.
 */
final class Krylov {
    private static final double TOLERANCE = 5e-4;
    private static final double LEAST_GAP = 1e-3;
    private static final double FLOOR = 1e-6;
    private static final double VANISHED = 1e-10;

    private final int size;
    private final int wanted;
    private final int block;
    private final Operator operator;
    private final Team team;
    private final List<double[]> basis = new ArrayList<>();
    private final List<double[]> images = new ArrayList<>();
    private final Noise noise = new Noise(0x5eed);
    private double[][] projected = new double[0][];

    /** Multiplies rows, taken as vectors, by the matrix. */
    interface Operator {
        double[][] apply(double[][] vectors);
    }

    private Krylov(int size, int wanted, int block, Operator operator, Team team) {
        this.size = size;
        this.wanted = wanted;
        this.block = block;
        this.operator = operator;
        this.team = team;
    }

    /** Row i is the i-th leading unit eigenvector; found for a positive semidefinite matrix of the given size. */
    static double[][] leading(int size, int wanted, int block, Operator operator, Team team) {
        return new Krylov(size, wanted, Math.min(block, size), operator, team).run();
    }

    private double[][] run() {
        double[][] next = new double[block][size];
        for (double[] vector : next) {
            noise.fill(vector);
        }
        next = orthonormal(next).toArray(new double[0][]);
        while (true) {
            int first = basis.size();
            basis.addAll(List.of(next));
            images.addAll(List.of(operator.apply(next)));
            project(first);
            double[][] rest = new double[next.length][];
            for (int i = 0; i < rest.length; i++) {
                rest[i] = images.get(first + i).clone();
            }
            List<double[]> fresh = orthonormal(rest);
            boolean isAll = fresh.isEmpty() || basis.size() + fresh.size() > size;
            if (isAll || basis.size() >= wanted) {
                Eigen eigen = Eigen.of(copy(projected));
                if (isAll || isSettled(eigen, fresh, first)) {
                    return vectors(eigen);
                }
            }
            next = fresh.toArray(new double[0][]);
        }
    }

    /** T = KᵀAK grows by the new rows and columns. */
    private void project(int first) {
        int m = basis.size();
        double[][] grown = new double[m][m];
        for (int i = 0; i < first; i++) {
            System.arraycopy(projected[i], 0, grown[i], 0, first);
        }
        team.run(m, i -> {
            for (int j = Math.max(i, first); j < m; j++) {
                grown[i][j] = Doubles.dot(basis.get(i), images.get(j));
            }
        });
        for (int i = 0; i < m; i++) {
            for (int j = Math.max(i + 1, first); j < m; j++) {
                grown[j][i] = grown[i][j];
            }
        }
        projected = grown;
    }

    private static double[][] copy(double[][] rows) {
        double[][] copy = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            copy[i] = rows[i].clone();
        }
        return copy;
    }

    /** AK = KT + (the fresh vectors)·R, so the residual of Kc is R times the last part of c. */
    private boolean isSettled(Eigen eigen, List<double[]> fresh, int first) {
        int last = basis.size() - first;
        double[][] r = new double[fresh.size()][last];
        team.run(fresh.size(), i -> {
            for (int j = 0; j < last; j++) {
                r[i][j] = Doubles.dot(fresh.get(i), images.get(first + j));
            }
        });
        for (int w = wanted - 1; w >= 0; w--) {
            double[] c = eigen.vector(w);
            double squared = 0;
            for (double[] row : r) {
                double sum = 0;
                for (int j = 0; j < last; j++) {
                    sum += row[j] * c[first + j];
                }
                squared += sum * sum;
            }
            if (Math.sqrt(squared) > TOLERANCE * gap(eigen, w)) {
                return false;
            }
        }
        return true;
    }

    /** How far an eigenvalue is from the next ones; where two are nearly equal, their axes mean nothing but together. */
    private double gap(Eigen eigen, int w) {
        double value = eigen.value(w);
        double gap = w + 1 < basis.size() ? value - eigen.value(w + 1) : value;
        if (w > 0) {
            gap = Math.min(gap, eigen.value(w - 1) - value);
        }
        return Math.max(gap, Math.max(LEAST_GAP * value, FLOOR * eigen.value(0)));
    }

    private double[][] vectors(Eigen eigen) {
        double[][] found = new double[wanted][size];
        team.run(wanted, w -> {
            if (w < basis.size()) {
                for (int i = 0; i < basis.size(); i++) {
                    Doubles.addScaled(found[w], eigen.vector(w)[i], basis.get(i));
                }
            }
        });
        Orthonormal.complete(found, Math.min(wanted, basis.size()));
        return found;
    }

    /** What is new in the vectors beside the basis, as unit vectors; those in which nothing is new are left out. */
    private List<double[]> orthonormal(double[][] vectors) {
        double[] before = new double[vectors.length];
        team.run(vectors.length, v -> {
            before[v] = Math.sqrt(Doubles.dot(vectors[v], vectors[v]));
            for (int round = 0; round < 2; round++) {
                for (double[] known : basis) {
                    Doubles.addScaled(vectors[v], -Doubles.dot(known, vectors[v]), known);
                }
            }
        });
        double largest = 0;
        for (double norm : before) {
            largest = Math.max(largest, norm);
        }
        List<double[]> fresh = new ArrayList<>();
        for (double[] vector : vectors) {
            for (int round = 0; round < 2; round++) {
                for (double[] known : fresh) {
                    Doubles.addScaled(vector, -Doubles.dot(known, vector), known);
                }
            }
            double norm = Math.sqrt(Doubles.dot(vector, vector));
            if (norm > VANISHED * largest) {
                Doubles.scale(vector, 1 / norm);
                fresh.add(vector);
            }
        }
        return fresh;
    }
}
