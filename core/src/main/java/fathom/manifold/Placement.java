package fathom.manifold;

/**
 * Puts new points on a map that does not move.
 *
 * <p>Each new point minimises its own KL(p‖q) with p over its nearest points and q over all points of the map, so where it
 * comes to lie does not depend on which other points are new. The step is the fixed point of the attraction, damped:
 * y ← y − ½ · gradient / Σ p·w.
 */
final class Placement {
    private static final int NEAREST = 15;
    private static final double PERPLEXITY = 5;
    private static final int MOST_STEPS = 200;
    private static final double STILL = 1e-4;
    private static final int POINTS_A_TASK = 64;

    private final float[][] at;
    private final Loops loops;
    private final int padded;

    private Placement(Matrix map, Loops loops) {
        int lanes = loops.lanes();
        this.padded = (map.rows() + lanes - 1) / lanes * lanes;
        this.at = padded(map, padded);
        this.loops = loops;
    }

    /** Three columns whatever the map has, with what lies behind the last point far away. */
    static float[][] padded(Matrix map, int length) {
        float[][] columns = map.columnArrays(c -> Motion.filled(length, Motion.FAR));
        return new float[][] {columns[0], columns[1], map.columns() == 3 ? columns[2] : new float[length]};
    }

    static Matrix of(Tsne tsne, Matrix newPoints, Matrix points, Matrix map, Kernels kernels) {
        if (map.rows() != points.rows() || map.columns() != tsne.dims()) {
            throw new IllegalArgumentException("the map is %d × %d, but %d points in %d dimensions were expected"
                    .formatted(map.rows(), map.columns(), points.rows(), tsne.dims()));
        }
        map.finite("the map");
        Placement placement = new Placement(map, kernels.loops());
        Matrix placed = Matrix.zeros(newPoints.rows(), map.columns());
        int k = Math.min(NEAREST, points.rows());
        try (Team team = new Team(tsne.threads())) {
            Neighbors neighbors = Neighbors.of(newPoints, points, k, kernels.tiles(), team);
            team.run((newPoints.rows() + POINTS_A_TASK - 1) / POINTS_A_TASK, task -> {
                var calibration = new Calibration(Affinities.carried(PERPLEXITY, k), k);
                for (int i = task * POINTS_A_TASK; i < Math.min(newPoints.rows(), (task + 1) * POINTS_A_TASK); i++) {
                    placement.place(i, neighbors, calibration.calibrate(neighbors.squared(), i * k), placed);
                }
            });
        }
        return placed;
    }

    private void place(int i, Neighbors neighbors, double[] p, Matrix placed) {
        int dims = placed.columns();
        double[] y = new double[3];
        for (int j = 0; j < p.length; j++) {
            for (int c = 0; c < dims; c++) {
                y[c] += p[j] * at[c][neighbors.index(i, j)];
            }
        }
        float[] place = new float[3];
        float[] push = new float[3];
        for (int step = 0; step < MOST_STEPS; step++) {
            for (int c = 0; c < 3; c++) {
                place[c] = (float) y[c];
            }
            double z = loops.pushAway(at, padded, -1, place, push);
            if (move(i, neighbors, p, y, push, z) < STILL) {
                break;
            }
        }
        for (int c = 0; c < dims; c++) {
            placed.values()[i * dims + c] = (float) y[c];
        }
    }

    /** Returns how far the point went. */
    private double move(int i, Neighbors neighbors, double[] p, double[] y, float[] push, double z) {
        double[] pull = new double[3];
        double weight = 0;
        for (int j = 0; j < p.length; j++) {
            int other = neighbors.index(i, j);
            double w = 1;
            for (int c = 0; c < 3; c++) {
                w += (y[c] - at[c][other]) * (y[c] - at[c][other]);
            }
            weight += p[j] / w;
            for (int c = 0; c < 3; c++) {
                pull[c] += p[j] / w * (y[c] - at[c][other]);
            }
        }
        double moved = 0;
        for (int c = 0; c < 3; c++) {
            double step = 0.5 * (pull[c] - push[c] / z) / weight;
            y[c] -= step;
            moved += step * step;
        }
        return Math.sqrt(moved);
    }
}
