package fathom.manifold;

/**
 * The leading eigenvectors of a large symmetric matrix that is only known by its products: block Lanczos with full
 * reorthogonalisation (Golub and Van Loan, "Matrix Computations", section 10.3.6).
 *
 * <p>It ends by a residual test, not after a fixed number of products: for every wanted pair ‖Av − λv‖ must be at most 1e-3
 * of the gap between λ and its neighbours, so that the angle between found and true axis is at most that (Davis and Kahan
 * 1970) and its cosine 1 − 5e-7. A gap counts as no less than 1e-3 of λ, and 1e-6 of the largest eigenvalue.
 */
final class Krylov {
    private static final double TOLERANCE = 1e-3;
    private static final double LEAST_GAP = 1e-3;
    private static final double FLOOR = 1e-6;
    private static final double VANISHED = 1e-10;

    private final int size;
    private final int wanted;
    private final Operator operator;
    private final Team team;
    private final Basis basis;
    private double[][] projected = new double[0][];

    /** Multiplies rows, taken as vectors, by the matrix. */
    interface Operator {
        double[][] apply(double[][] vectors);
    }

    private Krylov(int size, int wanted, Operator operator, Team team) {
        this.size = size;
        this.wanted = wanted;
        this.operator = operator;
        this.team = team;
        this.basis = new Basis(size);
    }

    /** Row i is the i-th leading unit eigenvector; found for a positive semidefinite matrix of the given size. */
    static double[][] leading(int size, int wanted, int block, Operator operator, Team team) {
        return leading(size, wanted, start(size, block, team), operator, team);
    }

    /** As {@link #leading(int, int, int, Operator, Team)}, from orthonormal vectors that are already near. */
    static double[][] leading(int size, int wanted, double[][] start, Operator operator, Team team) {
        return new Krylov(size, wanted, operator, team).run(start);
    }

    /** Orthonormal vectors that lean to no side. */
    static double[][] start(int size, int block, Team team) {
        var noise = new Noise(0x5eed);
        double[][] vectors = new double[Math.min(block, size)][size];
        for (double[] vector : vectors) {
            noise.fill(vector);
        }
        return Orthonormal.block(vectors, 0, team);
    }

    private double[][] run(double[][] start) {
        double[][] next = start;
        while (true) {
            int first = basis.size();
            basis.add(next);
            double[][] images = operator.apply(next);
            double largest = 0;
            for (double[] image : images) {
                largest = Math.max(largest, Doubles.dot(image, image));
            }
            double[][] rest = new double[next.length][];
            team.run(rest.length, v -> rest[v] = images[v].clone());
            double[][] along = basis.dots(rest, team);
            project(first, along);
            basis.addTo(rest, -1, along, team);
            basis.addTo(rest, -1, basis.dots(rest, team), team);
            double[][] fresh = Orthonormal.block(rest, VANISHED * Math.sqrt(largest), team);
            boolean isAll = fresh.length == 0 || basis.size() + fresh.length > size;
            if (isAll || basis.size() >= wanted) {
                Eigen eigen = Eigen.of(copy(projected), Math.min(wanted, basis.size()));
                if (isAll || isSettled(eigen, fresh, images, first)) {
                    return vectors(eigen);
                }
            }
            next = fresh;
        }
    }

    /** T = KᵀAK grows by the new rows and columns: what of each new image lies along each vector of the basis. */
    private void project(int first, double[][] along) {
        int m = basis.size();
        double[][] grown = new double[m][m];
        for (int i = 0; i < first; i++) {
            System.arraycopy(projected[i], 0, grown[i], 0, first);
        }
        for (int j = first; j < m; j++) {
            for (int i = 0; i <= j; i++) {
                grown[i][j] = along[j - first][i];
                grown[j][i] = along[j - first][i];
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
    private boolean isSettled(Eigen eigen, double[][] fresh, double[][] images, int first) {
        int last = basis.size() - first;
        double[][] r = new double[fresh.length][last];
        team.run(fresh.length, i -> {
            for (int j = 0; j < last; j++) {
                r[i][j] = Doubles.dot(fresh[i], images[j]);
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
        int count = Math.min(wanted, basis.size());
        double[][] found = new double[wanted][size];
        double[][] factors = new double[wanted][basis.size()];
        for (int w = 0; w < count; w++) {
            factors[w] = eigen.vector(w);
        }
        basis.addTo(found, 1, factors, team);
        Orthonormal.complete(found, count);
        return found;
    }
}
