package fathom.manifold;

/**
 * The steps of a map on made-up points. They are of no use but this: until the compiler has translated the inner loops these
 * are a hundred times slower, and it does so while the real points are still being read, reduced and searched.
 */
final class Rehearsal implements Runnable {
    private static final int POINTS = 768;
    private static final int NEIGHBORS = 32;
    private static final int STEPS = 100;

    private final Kernels kernels;

    Rehearsal(Kernels kernels) {
        this.kernels = kernels;
    }

    /** Once for a map so small that the mesh carries everything, and once with near pairs. */
    @Override
    public void run() {
        try (Team team = new Team(1)) {
            for (float size : new float[] {0.1f, 20}) {
                Motion motion = new Motion(scattered(size));
                Forces forces = new MeshForces(ring(kernels.loops().lanes()), kernels.loops());
                for (int step = 0; step < STEPS; step++) {
                    double z = forces.evaluate(motion, team);
                    motion.inverseZ = (float) (1 / z);
                    motion.rate = size;
                    motion.step(team);
                }
            }
        }
    }

    private static Matrix scattered(float size) {
        var noise = new Noise(1);
        Matrix map = Matrix.zeros(POINTS, 2);
        for (int i = 0; i < map.values().length; i++) {
            map.values()[i] = (float) (size * noise.gaussian());
        }
        return map;
    }

    private static Edges ring(int lanes) {
        int each = (NEIGHBORS + lanes - 1) / lanes * lanes;
        int[] starts = new int[POINTS + 1];
        for (int i = 0; i <= POINTS; i++) {
            starts[i] = i * each;
        }
        Edges edges = new Edges(lanes, starts);
        for (int e = 0; e < POINTS * each; e++) {
            edges.set(e, (e / each + e % each + 1) % POINTS, 1f / (POINTS * each));
        }
        return edges;
    }
}
