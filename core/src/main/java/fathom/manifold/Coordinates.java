package fathom.manifold;

import java.util.Arrays;

/** Points along given axes, and how much they vary along each, in float64 throughout. */
final class Coordinates {
    /** How many numbers are turned into float64 at a time, about. */
    private static final int BLOCK = 1 << 19;

    private static final int MOST_ROWS = 512;
    private static final int STRIP = 8;

    private final int count;
    private final float[] coordinates;
    private final double[] squares;
    private double total;

    private Coordinates(int points, int count) {
        this.count = count;
        this.coordinates = new float[Math.multiplyExact(points, count)];
        this.squares = new double[count];
    }

    /** @param axes unit vectors, one a row */
    static Coordinates of(Matrix points, Scaling scaling, double[][] axes, Team team) {
        int n = points.rows();
        Coordinates found = new Coordinates(n, axes.length);
        Basis basis = new Basis(points.columns());
        basis.add(axes);
        double[] sums = new double[axes.length];
        double[] norms = new double[MOST_ROWS];
        double[][] block = new double[Math.clamp(BLOCK / points.columns(), STRIP, MOST_ROWS)][points.columns()];
        for (int first = 0; first < n; first += block.length) {
            double[][] rows = Arrays.copyOf(block, Math.min(block.length, n - first));
            int from = first;
            team.run((rows.length + STRIP - 1) / STRIP, strip -> {
                for (int i = strip * STRIP; i < Math.min(rows.length, (strip + 1) * STRIP); i++) {
                    scaling.apply(points.values(), (from + i) * points.columns(), 0, rows[i]);
                    norms[i] = Doubles.dot(rows[i], rows[i]);
                }
            });
            double[][] dots = basis.dots(rows, team);
            for (int i = 0; i < rows.length; i++) {
                found.take(first + i, dots[i], sums);
                found.total += norms[i];
            }
        }
        // The shift is the mean but for its rounding.
        Arrays.setAll(found.squares, a -> Math.max(0, found.squares[a] - sums[a] * sums[a] / n));
        found.total -= n * Doubles.dot(scaling.rest(), scaling.rest());
        return found;
    }

    private void take(int point, double[] dots, double[] sums) {
        for (int a = 0; a < count; a++) {
            coordinates[point * count + a] = (float) dots[a];
            sums[a] += dots[a];
            squares[a] += dots[a] * dots[a];
        }
    }

    /** For every axis v the sum over all points of ((x − mean)·v)², scaled. */
    double[] squares() {
        return squares;
    }

    /** The sum of the squares of all numbers less their column's mean, scaled. */
    double total() {
        return total;
    }

    /** Scaled (x − mean)·v for every point and axis, times a factor of the axis: a row a point, axes in the order given. */
    Matrix inOrder(int[] order, double[] factors) {
        float[] ordered = new float[coordinates.length];
        for (int i = 0; i < ordered.length; i += count) {
            for (int a = 0; a < count; a++) {
                ordered[i + a] = (float) (coordinates[i + order[a]] * factors[a]);
            }
        }
        return Matrix.of(coordinates.length / count, count, ordered);
    }
}
