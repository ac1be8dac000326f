package fathom.manifold;

import java.util.Arrays;

/**
 * Forces in the plane in time proportional to the points: attraction along the edges of a sparse P, repulsion split in two.
 *
 * <p>With r the distance, w = 1 / (1 + r²), R the radius and t = max(0, (R² − r²) / (1 + R²)): w = t⁴·w + (1 − t⁴)·w. The
 * first part vanishes from R on and is summed over near pairs. The second is a cubic in r² inside R, so smooth that a mesh
 * of step R / 5 with cubic splines carries it to a relative error below 1e-3; the force is −½ the gradient of its potential, and Z falls out of the
 * same potential. The method is that of particle–particle/particle–mesh sums in molecular dynamics (Hockney and Eastwood,
 * "Computer Simulation Using Particles", 1988, chapter 8). While the map is small the mesh is so fine that it carries all of w.
 */
final class MeshForces implements Forces {
    private static final int POINTS_A_TASK = 256;
    private static final int LEAST_NODES = 64;
    private static final int MARGIN = 6;
    private static final float LEAST_SPAN = 1e-18f;
    private static final float FINE_STEP = 0.1f;
    private static final float RADIUS_IN_STEPS = 5;
    private static final float GROWTH = 1.08f;
    private static final int STRIPE_STEPS = 6;
    private static final int STRIPES = 32;

    private final Edges edges;
    private final Loops loops;
    private final int mostNodes;
    private final Cells cells;
    private final Mesh mesh = new Mesh();
    private final float[] pushX;
    private final float[] pushY;
    private Convolution convolution;
    private float step;
    private float radius;
    private double constant;
    private double[] rowZ = new double[0];

    MeshForces(Edges edges, Loops loops) {
        this.edges = edges;
        this.loops = loops;
        int n = edges.points();
        this.mostNodes = n <= 20_000 ? 128 : n <= 200_000 ? 256 : 512;
        this.cells = new Cells(n, 2 * loops.lanes());
        this.pushX = new float[n + loops.lanes()];
        this.pushY = new float[n + loops.lanes()];
        this.convolution = new Convolution(LEAST_NODES, LEAST_NODES, loops);
    }

    @Override
    public double evaluate(Motion motion, Team team) {
        Bounds bounds = motion.bounds();
        fit(bounds, team);
        float height = radius > 0 ? radius / Cells.REACH : 4 * step;
        float width = radius > 0 ? radius / 4 : step;
        int attractions = (motion.points + POINTS_A_TASK - 1) / POINTS_A_TASK;
        team.run(attractions + 2, task -> {
            switch (task) {
                case 0 -> cells.sort(motion.at, bounds, width, height);
                case 1 -> Arrays.fill(mesh.values, 0, mesh.rows * mesh.stride, 0);
                default -> {
                    int from = (task - 2) * POINTS_A_TASK;
                    int to = Math.min(motion.points, from + POINTS_A_TASK);
                    loops.attract(edges, from, to, motion.packed, motion.at, motion.pull);
                }
            }
        });
        spread(height, team);
        convolution.apply(mesh, team);
        return repel(motion, team);
    }

    /** Two points of different stripes of one colour are so far apart that they share no node, so no sum depends on timing. */
    private void spread(float height, Team team) {
        int rowsAStripe = Math.max((int) Math.ceil(STRIPE_STEPS * step / height), (cells.rows + STRIPES - 1) / STRIPES);
        int stripes = (cells.rows + rowsAStripe - 1) / rowsAStripe;
        for (int colour = 0; colour < 2; colour++) {
            int first = colour;
            team.run((stripes + 1 - colour) / 2, task -> {
                int row = (2 * task + first) * rowsAStripe;
                int from = cells.rowStart(row);
                int to = cells.rowStart(Math.min(cells.rows, row + rowsAStripe));
                loops.spread(cells, from, to, mesh);
            });
        }
    }

    private double repel(Motion motion, Team team) {
        if (rowZ.length < cells.rows) {
            rowZ = new double[cells.rows];
        }
        team.run(cells.rows, row -> {
            int from = cells.rowStart(row);
            int to = cells.rowStart(row + 1);
            double z = loops.gather(cells, from, to, mesh, pushX, pushY);
            if (radius > 0) {
                z += loops.repelNear(cells, row, radius, pushX, pushY);
            }
            rowZ[row] = z;
            for (int i = from; i < to; i++) {
                motion.push[0][cells.order[i]] = pushX[i];
                motion.push[1][cells.order[i]] = pushY[i];
            }
        });
        double n = motion.points;
        double z = constant * n * n - n;
        for (int row = 0; row < cells.rows; row++) {
            z += rowZ[row];
        }
        return z;
    }

    /**
     * Chooses the step of the mesh for a map of this size. It climbs a ladder, so that the kernel's transform is seldom
     * made anew: only when the map has outgrown the mesh or has shrunk by a fifth.
     */
    private void fit(Bounds bounds, Team team) {
        float span = Math.max(bounds.span(), LEAST_SPAN);
        int nodes = span < FINE_STEP * (LEAST_NODES - MARGIN) ? LEAST_NODES : mostNodes;
        float needed = span / (nodes - MARGIN);
        boolean isSameStep = step >= needed && step <= needed * GROWTH * GROWTH;
        float next = isSameStep ? step : needed * GROWTH;
        int columns = (int) Math.ceil(bounds.width() / next) + MARGIN - 1;
        int rows = (int) Math.ceil(bounds.height() / next) + MARGIN - 1;
        int nx = fitting(convolution.nx(), 2 * columns);
        int ny = fitting(convolution.ny(), 2 * rows);
        if (nx != convolution.nx() || ny != convolution.ny()) {
            convolution = new Convolution(nx, ny, loops);
            setKernel(next, span, team);
        } else if (!isSameStep) {
            setKernel(next, span, team);
        }
        mesh.place(rows, convolution.stride(columns), bounds.lowX(), bounds.lowY(), step);
    }

    private static int fitting(int current, int least) {
        int length = Twiddles.length(least);
        return current >= least && current < 2 * length ? current : length;
    }

    /**
     * A constant is taken from the kernel and added back to the sums: it moves nothing, and what remains of the kernel on
     * a small map is small, so float keeps its digits.
     */
    private void setKernel(float newStep, float span, Team team) {
        step = newStep;
        radius = step > FINE_STEP ? RADIUS_IN_STEPS * step : 0;
        double squaredRadius = (double) radius * radius;
        double middle = (double) span * span / 4;
        constant = 1 / (1 + middle);
        convolution.setKernel(
                squared -> {
                    double t = Math.max(0, (squaredRadius - squared) / (1 + squaredRadius));
                    double t4 = t * t * t * t;
                    return (middle - squared) / ((1 + squared) * (1 + middle)) - t4 / (1 + squared);
                },
                step,
                team);
    }

    @Override
    public double divergence(Motion motion, double z, Team team) {
        return edges.divergence(motion, z, team);
    }
}
