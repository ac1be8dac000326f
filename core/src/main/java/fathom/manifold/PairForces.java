package fathom.manifold;

/** Forces between all pairs, exactly, in the plane or in space: for few points, with the full P. */
final class PairForces implements Forces {
    private static final int TASKS = 8;

    private final float[] affinities;
    private final int stride;
    private final Loops loops;
    private final double[] z;

    /** @param affinities p(i,j) in rows of {@code stride} numbers, 0 where i = j and in the padding */
    private PairForces(float[] affinities, int points, int stride, Loops loops) {
        this.affinities = affinities;
        this.stride = stride;
        this.loops = loops;
        this.z = new double[points];
    }

    /** With the full P of the points. */
    static PairForces of(Matrix points, double perplexity, Kernels kernels, Team team) {
        Distances distances = distances(points, kernels.tiles(), team);
        return of(distances, points.rows(), perplexity, kernels.loops(), team);
    }

    static Distances distances(Matrix points, Tiles tiles, Team team) {
        Scaling scaling = Scaling.forDistances(points, "the data", team);
        return Distances.all(Panels.ofRows(points, scaling.shift(), scaling.factor(), tiles, team), tiles, team);
    }

    /** With the full P of points at these distances, whose room it takes. */
    static PairForces of(Distances distances, int points, double perplexity, Loops loops, Team team) {
        Affinities.dense(
                distances.squared(), points, distances.stride(), Affinities.carried(perplexity, points - 1), team);
        return new PairForces(distances.squared(), points, distances.stride(), loops);
    }

    @Override
    public double evaluate(Motion motion, Team team) {
        int n = motion.points;
        team.run(
                TASKS,
                task -> loops.pairs(
                        affinities,
                        stride,
                        n * task / TASKS,
                        n * (task + 1) / TASKS,
                        motion.at,
                        motion.pull,
                        motion.push,
                        z));
        double sum = 0;
        for (double ofPoint : z) {
            sum += ofPoint;
        }
        return sum;
    }

    @Override
    public double divergence(Motion motion, double allZ, Team team) {
        int n = motion.points;
        double[] sums = new double[n];
        double logZ = Math.log(allZ);
        team.run(n, i -> sums[i] = divergence(motion, i, logZ));
        double sum = 0;
        for (double ofPoint : sums) {
            sum += ofPoint;
        }
        return sum;
    }

    private double divergence(Motion motion, int i, double logZ) {
        double sum = 0;
        for (int j = 0; j < motion.points; j++) {
            double p = affinities[i * stride + j];
            if (p > 0) {
                double w = 1;
                for (float[] at : motion.at) {
                    double difference = at[i] - at[j];
                    w += difference * difference;
                }
                sum += p * (Math.log(p * w) + logZ);
            }
        }
        return sum;
    }
}
