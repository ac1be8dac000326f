package fathom.manifold;

/**
 * One map turned, mirrored, scaled and moved so that it lies as near to another as it can (Schönemann 1966; Gower 1975).
 *
 * @param aligned the moved map, in the units of the one it was moved to
 * @param disparity the squared distances that are left, as a share of the target's squared distances from its centre: 0 for
 *     maps of the same form, 1 for maps that have nothing in common
 */
public record Procrustes(Matrix aligned, double disparity) {
    /**
     * Lays {@code map} onto {@code target}, point for point.
     *
     * @throws IllegalArgumentException if their sizes differ or a number is not finite
     */
    public static Procrustes align(Matrix map, Matrix target) {
        if (map.rows() != target.rows() || map.columns() != target.columns()) {
            throw new IllegalArgumentException("the maps are %d × %d and %d × %d: both must have the same size"
                    .formatted(map.rows(), map.columns(), target.rows(), target.columns()));
        }
        double[][] from = centred(map.finite("the map"));
        double[][] to = centred(target.finite("the target"));
        int dims = map.columns();
        double[][] cross = new double[dims][dims];
        for (int a = 0; a < dims; a++) {
            for (int b = 0; b < dims; b++) {
                cross[a][b] = Doubles.dot(from[a], to[b]);
            }
        }
        Turn turn = turn(cross);
        double size = squares(from);
        double wanted = squares(to);
        double scale = size == 0 ? 0 : turn.trace / size;
        double disparity =
                wanted == 0 || size == 0 ? (wanted == size ? 0 : 1) : 1 - turn.trace * turn.trace / size / wanted;
        return new Procrustes(moved(from, turn.matrix, scale, target), Math.max(0, disparity));
    }

    private static final class Turn {
        private final double[][] matrix;
        private final double trace;

        Turn(double[][] matrix, double trace) {
            this.matrix = matrix;
            this.trace = trace;
        }
    }

    /** The orthogonal matrix R = UVᵀ and the sum of singular values of M = UΣVᵀ, by the eigenvectors of MᵀM. */
    private static Turn turn(double[][] m) {
        int dims = m.length;
        double[][] squared = new double[dims][dims];
        for (int a = 0; a < dims; a++) {
            for (int b = 0; b < dims; b++) {
                for (double[] row : m) {
                    squared[a][b] += row[a] * row[b];
                }
            }
        }
        Eigen eigen = Eigen.of(squared, squared.length);
        double[][] left = new double[dims][dims];
        double trace = 0;
        int known = 0;
        for (int i = 0; i < dims; i++) {
            double singular = Math.sqrt(Math.max(0, eigen.value(i)));
            trace += singular;
            if (singular > 1e-7 * Math.sqrt(Math.max(0, eigen.value(0)))) {
                known = i + 1;
                for (int a = 0; a < dims; a++) {
                    left[i][a] = Doubles.dot(m[a], eigen.vector(i)) / singular;
                }
            }
        }
        Orthonormal.complete(left, known);
        double[][] matrix = new double[dims][dims];
        for (int i = 0; i < dims; i++) {
            for (int a = 0; a < dims; a++) {
                Doubles.addScaled(matrix[a], left[i][a], eigen.vector(i));
            }
        }
        return new Turn(matrix, trace);
    }

    private static double[][] centred(Matrix map) {
        double[][] columns = new double[map.columns()][map.rows()];
        for (int c = 0; c < columns.length; c++) {
            double mean = mean(map, c);
            for (int i = 0; i < map.rows(); i++) {
                columns[c][i] = map.at(i, c) - mean;
            }
        }
        return columns;
    }

    private static double mean(Matrix map, int column) {
        double sum = 0;
        for (int i = 0; i < map.rows(); i++) {
            sum += map.at(i, column);
        }
        return sum / map.rows();
    }

    private static double squares(double[][] columns) {
        double sum = 0;
        for (double[] column : columns) {
            sum += Doubles.dot(column, column);
        }
        return sum;
    }

    private static Matrix moved(double[][] from, double[][] turn, double scale, Matrix target) {
        int dims = from.length;
        Matrix moved = Matrix.zeros(target.rows(), dims);
        for (int b = 0; b < dims; b++) {
            double mean = mean(target, b);
            for (int i = 0; i < target.rows(); i++) {
                double sum = 0;
                for (int a = 0; a < dims; a++) {
                    sum += from[a][i] * turn[a][b];
                }
                moved.values()[i * dims + b] = (float) (scale * sum + mean);
            }
        }
        return moved;
    }
}
