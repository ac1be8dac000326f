package fathom.manifold;

/**
 * The non-zero affinities p(i,j) of every point, row after row. Rows are padded to whole vectors by edges of weight 0 from
 * a point to itself.
 *
 * <p>Within a vector the weights are shuffled so that 64-bit reads of two coordinates need no shuffling (see
 * {@link VectorLoops}): the weight of edge e stands at {@link #weightAt}.
 */
final class Edges {
    private final int lanes;
    private final int[] starts;
    private final int[] columns;
    private final float[] weights;

    /** @param starts where the edges of each point begin, and at the end where the last ones end; multiples of lanes */
    Edges(int lanes, int[] starts) {
        this.lanes = lanes;
        this.starts = starts;
        this.columns = new int[starts[starts.length - 1]];
        this.weights = new float[columns.length];
    }

    int points() {
        return starts.length - 1;
    }

    int start(int point) {
        return starts[point];
    }

    int end(int point) {
        return starts[point + 1];
    }

    int[] columns() {
        return columns;
    }

    float[] weights() {
        return weights;
    }

    void set(int edge, int column, float weight) {
        columns[edge] = column;
        weights[weightAt(edge)] = weight;
    }

    float weight(int edge) {
        return weights[weightAt(edge)];
    }

    private int weightAt(int edge) {
        if (lanes == 1) {
            return edge;
        }
        int lane = edge % lanes;
        int half = lanes / 2;
        return edge - lane + (lane < half ? 2 * lane : 2 * (lane - half) + 1);
    }

    /** KL(P‖Q) in nats where the points stand, given Z there. */
    double divergence(Motion motion, double z, Team team) {
        int tasks = (motion.points + 255) / 256;
        double[] sums = new double[tasks];
        double logZ = Math.log(z);
        team.run(tasks, task -> {
            int from = task * 256;
            sums[task] = divergence(motion, logZ, from, Math.min(motion.points, from + 256));
        });
        double sum = 0;
        for (double part : sums) {
            sum += part;
        }
        return sum;
    }

    private double divergence(Motion motion, double logZ, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            for (int e = starts[i]; e < starts[i + 1]; e++) {
                double p = weight(e);
                if (p > 0) {
                    double w = 1;
                    for (float[] at : motion.at) {
                        double difference = at[i] - at[columns[e]];
                        w += difference * difference;
                    }
                    sum += p * (Math.log(p * w) + logZ);
                }
            }
        }
        return sum;
    }
}
