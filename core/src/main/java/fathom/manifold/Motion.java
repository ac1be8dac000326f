package fathom.manifold;

import java.util.Arrays;

/** The points on their way: places, velocities, gains and the two forces, each by coordinate. */
final class Motion {
    /** Numbers kept for each chunk and coordinate: sum of squared gradient, sum, least and greatest place. */
    static final int STATISTICS = 4;

    static final int CHUNK = 1024;

    /** Two vectors of the widest kind. */
    private static final int PADDING = 32;

    /** Where the padding lies: so far away that it neither pulls nor pushes, near enough that its square is finite. */
    static final float FAR = 1e18f;

    final int points;
    final float[][] at;
    final float[][] velocity;
    final float[][] gain;
    final float[][] pull;
    final float[][] push;
    final float[][] statistics;
    final float[] shift;

    /** In the plane: both coordinates of each point in one long, x in the lower half, for the attraction to read at once. */
    final long[] packed;

    float exaggeration = 1;
    float momentum;
    float rate;
    float inverseZ;

    Motion(Matrix start) {
        int dims = start.columns();
        points = start.rows();
        int room = (points + PADDING - 1) / PADDING * PADDING + PADDING;
        at = start.columnArrays(c -> filled(room, FAR));
        velocity = new float[dims][room];
        gain = new float[dims][];
        pull = new float[dims][room];
        push = new float[dims][room];
        statistics = new float[dims][chunks() * STATISTICS];
        shift = new float[dims];
        packed = new long[dims == 2 ? points : 0];
        for (int c = 0; c < dims; c++) {
            gain[c] = filled(room, 1);
            measure(c);
        }
        pack(0, points);
    }

    private void pack(int from, int to) {
        if (packed.length > 0) {
            float[] x = at[0];
            float[] y = at[1];
            for (int i = from; i < to; i++) {
                packed[i] = (long) Float.floatToRawIntBits(y[i]) << 32 | (Float.floatToRawIntBits(x[i]) & 0xffffffffL);
            }
        }
    }

    static float[] filled(int length, float value) {
        float[] array = new float[length];
        Arrays.fill(array, value);
        return array;
    }

    private void measure(int c) {
        for (int chunk = 0; chunk < chunks(); chunk++) {
            float low = Float.POSITIVE_INFINITY;
            float high = Float.NEGATIVE_INFINITY;
            for (int i = chunk * CHUNK; i < Math.min(points, (chunk + 1) * CHUNK); i++) {
                low = Math.min(low, at[c][i]);
                high = Math.max(high, at[c][i]);
            }
            statistics[c][chunk * STATISTICS + 2] = low;
            statistics[c][chunk * STATISTICS + 3] = high;
        }
    }

    int dims() {
        return at.length;
    }

    int chunks() {
        return (points + CHUNK - 1) / CHUNK;
    }

    /** Takes one step along the forces, and keeps the map around 0 (one step late: nothing depends on where it lies). */
    void step(Team team) {
        team.run(chunks(), chunk -> {
            int from = chunk * CHUNK;
            int to = Math.min(points, from + CHUNK);
            for (int c = 0; c < dims(); c++) {
                move(c, from, to);
            }
            pack(from, to);
        });
        for (int c = 0; c < dims(); c++) {
            double sum = 0;
            for (int chunk = 0; chunk < chunks(); chunk++) {
                sum += statistics[c][chunk * STATISTICS + 1];
            }
            shift[c] = (float) (sum / points);
        }
    }

    /** Gradient descent with momentum and gains along one coordinate (Jacobs 1988). */
    private void move(int c, int from, int to) {
        float[] x = at[c];
        float[] v = velocity[c];
        float[] g = gain[c];
        double squares = 0;
        double places = 0;
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            float gradient = exaggeration * pull[c][i] - push[c][i] * inverseZ;
            float less = g[i] * 0.8f;
            float more = g[i] + 0.2f;
            g[i] = Math.max(0.01f, gradient * v[i] > 0 ? less : more);
            v[i] = momentum * v[i] - rate * g[i] * gradient;
            x[i] += v[i] - shift[c];
            squares += (double) gradient * gradient;
            places += x[i];
            low = Math.min(low, x[i]);
            high = Math.max(high, x[i]);
        }
        int slot = from / CHUNK * STATISTICS;
        statistics[c][slot] = (float) squares;
        statistics[c][slot + 1] = (float) places;
        statistics[c][slot + 2] = low;
        statistics[c][slot + 3] = high;
    }

    /** The length of the gradient that the last step followed: 4 × the sum of forces (van der Maaten and Hinton 2008). */
    double gradientNorm() {
        double sum = 0;
        for (float[] ofCoordinate : statistics) {
            for (int chunk = 0; chunk < chunks(); chunk++) {
                sum += ofCoordinate[chunk * STATISTICS];
            }
        }
        return 4 * Math.sqrt(sum);
    }

    Bounds bounds() {
        return new Bounds(low(0), low(1), high(0), high(1));
    }

    /** Whether the map has a finite extent along every coordinate. */
    boolean isBounded() {
        float widest = 0;
        for (int c = 0; c < dims(); c++) {
            widest = Math.max(widest, high(c) - low(c));
        }
        return Float.isFinite(widest);
    }

    private float low(int c) {
        float low = Float.POSITIVE_INFINITY;
        for (int chunk = 0; chunk < chunks(); chunk++) {
            low = Math.min(low, statistics[c][chunk * STATISTICS + 2]);
        }
        return low;
    }

    private float high(int c) {
        float high = Float.NEGATIVE_INFINITY;
        for (int chunk = 0; chunk < chunks(); chunk++) {
            high = Math.max(high, statistics[c][chunk * STATISTICS + 3]);
        }
        return high;
    }

    /** The map as it stands, centred on 0. */
    Matrix map() {
        int dims = dims();
        Matrix map = Matrix.zeros(points, dims);
        for (int c = 0; c < dims; c++) {
            double sum = 0;
            for (int i = 0; i < points; i++) {
                sum += at[c][i];
            }
            double mean = sum / points;
            for (int i = 0; i < points; i++) {
                map.values()[i * dims + c] = (float) (at[c][i] - mean);
            }
        }
        return map;
    }
}
