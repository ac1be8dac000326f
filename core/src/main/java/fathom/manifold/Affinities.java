package fathom.manifold;

import java.util.Arrays;

/** The joint probabilities of t-SNE: p(i,j) = (p(j|i) + p(i|j)) / 2n, whose sum is 1. */
final class Affinities {
    private static final int ROWS_A_TASK = 512;

    private Affinities() {}

    /** The perplexity that so many neighbours can carry: a third of them at most, and 1 at least. */
    static double carried(double perplexity, int k) {
        return Math.max(1, Math.min(perplexity, k / 3.0));
    }

    /** From the k nearest neighbours of every point, whose distances are overwritten. */
    static Edges sparse(Neighbors neighbors, double perplexity, int lanes, Team team) {
        int n = neighbors.count();
        int k = neighbors.k();
        float[] conditional = neighbors.squared();
        team.run(tasks(n), task -> {
            var calibration = new Calibration(perplexity, k);
            for (int i = task * ROWS_A_TASK; i < Math.min(n, (task + 1) * ROWS_A_TASK); i++) {
                double[] weights = calibration.calibrate(conditional, i * k);
                for (int j = 0; j < k; j++) {
                    conditional[i * k + j] = (float) weights[j];
                }
            }
        });
        return new Symmetric(neighbors.indices(), conditional, n, k).edges(lanes, team);
    }

    /** From all squared distances; they are overwritten by the affinities, in rows of {@code stride}. */
    static void dense(float[] squared, int n, int stride, double perplexity, Team team) {
        team.run(n, i -> {
            float[] others = new float[n - 1];
            System.arraycopy(squared, i * stride, others, 0, i);
            System.arraycopy(squared, i * stride + i + 1, others, i, n - 1 - i);
            double[] weights = new Calibration(perplexity, n - 1).calibrate(others, 0);
            Arrays.fill(squared, i * stride, (i + 1) * stride, 0);
            for (int j = 0; j < n - 1; j++) {
                squared[i * stride + (j < i ? j : j + 1)] = (float) (weights[j] / (2.0 * n));
            }
        });
        team.run(n, i -> {
            for (int j = 0; j < i; j++) {
                float sum = squared[i * stride + j] + squared[j * stride + i];
                squared[i * stride + j] = sum;
                squared[j * stride + i] = sum;
            }
        });
    }

    private static int tasks(int n) {
        return (n + ROWS_A_TASK - 1) / ROWS_A_TASK;
    }

    /** A directed graph of k edges from each point, made symmetric: each row is its own edges, then those only towards it. */
    private static final class Symmetric {
        private final int[] own;
        private final float[] weights;
        private final int n;
        private final int k;
        private final int[] inStarts;
        private final int[] inEdges;
        private final Pool<int[]> marks;

        Symmetric(int[] own, float[] weights, int n, int k) {
            this.own = own;
            this.weights = weights;
            this.n = n;
            this.k = k;
            this.inStarts = new int[n + 1];
            this.inEdges = new int[n * k];
            this.marks = new Pool<>(() -> new int[n]);
            for (int to : own) {
                inStarts[to]++;
            }
            int sum = 0;
            for (int i = 0; i <= n; i++) {
                int count = inStarts[i];
                inStarts[i] = sum;
                sum += count;
            }
            for (int e = 0; e < own.length; e++) {
                inEdges[inStarts[own[e]]++] = e;
            }
            System.arraycopy(inStarts, 0, inStarts, 1, n);
            inStarts[0] = 0;
        }

        Edges edges(int lanes, Team team) {
            int[] starts = new int[n + 1];
            team.run(
                    tasks(n),
                    task -> rows(task, (i, mark) -> {
                        starts[i + 1] = (k + newcomers(i, mark) + lanes - 1) / lanes * lanes;
                    }));
            for (int i = 0; i < n; i++) {
                starts[i + 1] = Math.addExact(starts[i], starts[i + 1]);
            }
            Edges edges = new Edges(lanes, starts);
            team.run(tasks(n), task -> rows(task, (i, mark) -> fill(i, mark, edges)));
            return edges;
        }

        private interface Row {
            void take(int i, int[] mark);
        }

        /** A mark is one number for each point, and nobody's own number at the beginning. */
        private void rows(int task, Row row) {
            marks.use(mark -> {
                Arrays.fill(mark, -1);
                for (int i = task * ROWS_A_TASK; i < Math.min(n, (task + 1) * ROWS_A_TASK); i++) {
                    row.take(i, mark);
                }
            });
        }

        private int newcomers(int i, int[] mark) {
            for (int e = i * k; e < (i + 1) * k; e++) {
                mark[own[e]] = i;
            }
            int count = 0;
            for (int q = inStarts[i]; q < inStarts[i + 1]; q++) {
                count += mark[inEdges[q] / k] == i ? 0 : 1;
            }
            return count;
        }

        /** Here the mark of a neighbour is its edge, to which its own edge back is added. */
        private void fill(int i, int[] mark, Edges edges) {
            int first = edges.start(i);
            float share = (float) (0.5 / n);
            int next = first;
            for (int e = i * k; e < (i + 1) * k; e++) {
                mark[own[e]] = next;
                edges.set(next++, own[e], weights[e] * share);
            }
            for (int q = inStarts[i]; q < inStarts[i + 1]; q++) {
                int from = inEdges[q] / k;
                float weight = weights[inEdges[q]] * share;
                int edge = mark[from];
                if (edge >= first && edge < next && edges.columns()[edge] == from) {
                    edges.set(edge, from, edges.weight(edge) + weight);
                } else {
                    edges.set(next++, from, weight);
                }
            }
            while (next < edges.end(i)) {
                edges.set(next++, i, 0);
            }
        }
    }
}
