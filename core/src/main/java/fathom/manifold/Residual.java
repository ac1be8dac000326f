package fathom.manifold;

import java.util.Arrays;

/** What known axes leave of the points: the scaled rows x − Σ (x·v)v, in float64. */
final class Residual {
    /** How many columns are made at a time. */
    private static final int BLOCK = 2_048;

    private final Matrix points;
    private final Scaling scaling;
    private final double[][] axes;
    private final Team team;
    private final double[][] along;

    /** @param axes unit vectors at right angles, one a row */
    Residual(Matrix points, Scaling scaling, double[][] axes, Team team) {
        this.points = points;
        this.scaling = scaling;
        this.axes = axes;
        this.team = team;
        this.along = new double[points.rows()][axes.length];
        team.run(points.rows(), i -> {
            double[] row = new double[points.columns()];
            scaling.apply(points.values(), i * row.length, 0, row);
            Arrays.setAll(along[i], a -> Doubles.dot(row, axes[a]));
        });
    }

    /** The inner products between its rows. */
    double[][] gram() {
        int n = points.rows();
        int d = points.columns();
        double[][] gram = new double[n][n];
        for (int first = 0; first < d; first += BLOCK) {
            int from = first;
            double[][] rows = new double[n][Math.min(BLOCK, d - from)];
            team.run(n, i -> fill(i, from, rows[i]));
            Basis basis = new Basis(rows[0].length);
            basis.add(rows);
            double[][] dots = basis.dots(rows, team);
            team.run(n, i -> {
                for (int j = 0; j < n; j++) {
                    gram[i][j] += dots[i][j];
                }
            });
        }
        return gram;
    }

    private void fill(int i, int from, double[] row) {
        scaling.apply(points.values(), i * points.columns() + from, from, row);
        for (int a = 0; a < axes.length; a++) {
            for (int c = 0; c < row.length; c++) {
                row[c] -= along[i][a] * axes[a][from + c];
            }
        }
    }
}
