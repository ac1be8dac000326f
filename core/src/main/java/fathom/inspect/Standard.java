package fathom.inspect;

import fathom.manifold.Matrix;

/** Columns brought to mean 0 and deviation 1, as found on one table; a column that does not vary becomes 0. */
final class Standard {
    private final double[] mean;
    private final double[] factor;

    private Standard(double[] mean, double[] factor) {
        this.mean = mean;
        this.factor = factor;
    }

    static Standard of(Matrix table) {
        int n = table.rows();
        var mean = new double[table.columns()];
        var factor = new double[table.columns()];
        for (int c = 0; c < mean.length; c++) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += table.at(i, c);
            }
            mean[c] = sum / n;
            double squares = 0;
            for (int i = 0; i < n; i++) {
                squares += (table.at(i, c) - mean[c]) * (table.at(i, c) - mean[c]);
            }
            double deviation = Math.sqrt(squares / n);
            factor[c] = deviation > 1e-12 * Math.max(1, Math.abs(mean[c])) ? 1 / deviation : 0;
        }
        return new Standard(mean, factor);
    }

    /** One row an example. */
    double[][] apply(Matrix table) {
        var rows = new double[table.rows()][mean.length];
        for (int i = 0; i < rows.length; i++) {
            for (int c = 0; c < mean.length; c++) {
                rows[i][c] = (table.at(i, c) - mean[c]) * factor[c];
            }
        }
        return rows;
    }
}
