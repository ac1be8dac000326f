package fathom.manifold;

/** Made-up tables for the tests. */
final class Tables {
    private Tables() {}

    /** A formula that NumPy can follow, so that other libraries' numbers can be compared. */
    static Matrix waves(int n, int d) {
        Matrix table = Matrix.zeros(n, d);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                table.values()[i * d + j] = (float) (Math.sin(0.37 * i * (j + 1)) + 0.5 * Math.cos(1.3 * i + j * j));
            }
        }
        return table;
    }

    static Matrix noise(int n, int d, long seed) {
        Matrix table = Matrix.zeros(n, d);
        Noise noise = new Noise(seed);
        for (int i = 0; i < n * d; i++) {
            table.values()[i] = (float) noise.gaussian();
        }
        return table;
    }

    /** Clouds of deviation 1 around centres {@code apart} from 0; row i belongs to cloud i % clouds. */
    static Matrix clouds(int n, int d, int clouds, double apart, long seed) {
        Matrix table = noise(n, d, seed);
        Matrix centres = noise(clouds, d, seed + 1);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                table.values()[i * d + j] += (float) (apart * centres.at(i % clouds, j));
            }
        }
        return table;
    }

    static Matrix scaled(Matrix table, float factor) {
        Matrix copy = Matrix.zeros(table.rows(), table.columns());
        for (int i = 0; i < copy.values().length; i++) {
            copy.values()[i] = table.values()[i] * factor;
        }
        return copy;
    }

    static double squaredDistance(Matrix table, int i, int j) {
        double sum = 0;
        for (int c = 0; c < table.columns(); c++) {
            double difference = (double) table.at(i, c) - table.at(j, c);
            sum += difference * difference;
        }
        return sum;
    }
}
