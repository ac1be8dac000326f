package fathom.manifold;

import java.util.Arrays;

/**
 * The exact k nearest neighbours (Euclidean) of every point, nearest first.
 *
 * <p>Ties are ordered by index, and a point is never its own neighbour, but its duplicates are (at distance 0). Distances
 * are summed in float32 from differences of the numbers as they are, with a relative error below 1e-5: points nearer to each
 * other than that in distance may change places. Only differences of less than 1e-18 of the largest in any column may count
 * as none. The answer is the same to the last bit for every number of threads.
 */
public final class Neighbors {
    private final int count;
    private final int k;
    private final int[] indices;
    private final float[] squared;
    private final double unit;

    private Neighbors(int count, int k, int[] indices, float[] squared, double unit) {
        this.count = count;
        this.k = k;
        this.indices = indices;
        this.squared = squared;
        this.unit = unit;
    }

    /**
     * The neighbours of every point among the other points.
     *
     * @param points n × d, finite
     * @param k 1 … n − 1
     * @throws IllegalArgumentException if k is out of range or a number is not finite (row and column are named)
     */
    public static Neighbors among(Matrix points, int k, int threads) {
        try (Team team = new Team(threads)) {
            return among(points, k, Kernels.best().tiles(), team);
        }
    }

    /**
     * The neighbours of every query among the points.
     *
     * @param queries m × d, finite
     * @param points n × d, finite
     * @param k 1 … n
     */
    public static Neighbors of(Matrix queries, Matrix points, int k, int threads) {
        try (Team team = new Team(threads)) {
            return of(queries, points, k, Kernels.best().tiles(), team);
        }
    }

    static Neighbors among(Matrix points, int k, Tiles tiles, Team team) {
        checkK(k, points.rows() - 1);
        return among(points, k, false, tiles, team);
    }

    /** As {@link #among(Matrix, int, int)}, for points that already stand in a good order: near ones near each other. */
    static Neighbors amongOrdered(Matrix points, int k, Tiles tiles, Team team) {
        checkK(k, points.rows() - 1);
        return among(points, k, true, tiles, team);
    }

    private static Neighbors among(Matrix points, int k, boolean isOrdered, Tiles tiles, Team team) {
        Scaling scaling = Scaling.forDistances(points, "the data", team);
        Duplicates duplicates = Duplicates.of(points);
        if (duplicates.areNone()) {
            return search(points, k, isOrdered, scaling, tiles, team);
        }
        int groups = duplicates.groups();
        int[] noIndices = {};
        float[] noDistances = {};
        Neighbors unique = groups == 1
                ? new Neighbors(1, 0, noIndices, noDistances, 1 / scaling.factor())
                : search(points.select(duplicates.firsts()), Math.min(k, groups - 1), isOrdered, scaling, tiles, team);
        return unique.expanded(duplicates, points.rows(), k, team);
    }

    static Neighbors of(Matrix queries, Matrix points, int k, Tiles tiles, Team team) {
        checkK(k, points.rows());
        if (queries.columns() != points.columns()) {
            throw new IllegalArgumentException("the queries have %d columns, but the points %d: both must have the same"
                    .formatted(queries.columns(), points.columns()));
        }
        queries.finite("the queries");
        Scaling scaling = Scaling.forDistances(points, "the points", team);
        Panels from = Panels.ofRows(queries, scaling.shift(), scaling.factor(), tiles, team);
        Panels to = Panels.ofRows(points, scaling.shift(), scaling.factor(), tiles, team);
        int[] indices = new int[Math.multiplyExact(queries.rows(), k)];
        float[] squared = new float[indices.length];
        NeighborSearch.search(from, to, Panels.inTurn(points.rows()), k, tiles, team, indices, squared);
        return new Neighbors(queries.rows(), k, indices, squared, 1.0 / scaling.factor());
    }

    private static Neighbors search(Matrix points, int k, boolean isOrdered, Scaling scaling, Tiles tiles, Team team) {
        int[] order = isOrdered ? Panels.inTurn(points.rows()) : Grove.order(points, NeighborSearch.BLOCK, team);
        Panels panels = Panels.ofRows(points, order, scaling.shift(), scaling.factor(), tiles, team);
        int[] indices = new int[Math.multiplyExact(points.rows(), k)];
        float[] squared = new float[indices.length];
        NeighborSearch.search(panels, panels, order, k, tiles, team, indices, squared);
        return new Neighbors(points.rows(), k, indices, squared, 1.0 / scaling.factor());
    }

    private static void checkK(int k, int most) {
        if (k < 1 || k > most) {
            throw new IllegalArgumentException(
                    "k must be 1 … %d for so many points, got %d: ask for fewer neighbours".formatted(most, k));
        }
    }

    /** The neighbours among all rows, from those among one row of each group of equal rows (this). */
    private Neighbors expanded(Duplicates duplicates, int rows, int most, Team team) {
        int[] all = new int[Math.multiplyExact(rows, most)];
        float[] allSquared = new float[all.length];
        int slabs = 64;
        team.run(slabs, slab -> {
            long[] keys = new long[(most + 1) * 2];
            for (int i = (int) ((long) rows * slab / slabs); i < (long) rows * (slab + 1) / slabs; i++) {
                keys = expandRow(duplicates, i, most, keys, all, allSquared);
            }
        });
        return new Neighbors(rows, most, all, allSquared, unit);
    }

    /** No more than {@code most} of a group can be among the nearest, and no group after one that fills the row, ties aside. */
    private long[] expandRow(Duplicates duplicates, int row, int most, long[] room, int[] all, float[] allSquared) {
        long[] keys = room;
        int own = duplicates.groupOf(row);
        int count = 0;
        float reached = 0;
        for (int g = -1; g < k; g++) {
            float distance = g < 0 ? 0 : squared[own * k + g];
            if (count >= most && distance > reached) {
                break;
            }
            reached = distance;
            int group = g < 0 ? own : indices[own * k + g];
            int members = Math.min(duplicates.size(group), most + 1);
            keys = Arrays.copyOf(keys, Math.max(keys.length, count + members));
            for (int m = 0; m < members; m++) {
                int member = duplicates.member(group, m);
                if (member != row) {
                    keys[count++] = (long) Float.floatToRawIntBits(distance) << 32 | member;
                }
            }
        }
        Arrays.sort(keys, 0, count);
        for (int j = 0; j < most; j++) {
            all[row * most + j] = (int) keys[j];
            allSquared[row * most + j] = Float.intBitsToFloat((int) (keys[j] >>> 32));
        }
        return keys;
    }

    /** For how many points neighbours were sought. */
    public int count() {
        return count;
    }

    /** How many neighbours each point has. */
    public int k() {
        return k;
    }

    /** The {@code j}-th nearest neighbour of point {@code i}, both from 0. */
    public int index(int i, int j) {
        return indices[i * k + j];
    }

    /** How far point {@code i} is from its {@code j}-th nearest neighbour. */
    public float distance(int i, int j) {
        return (float) (Math.sqrt(squared[i * k + j]) * unit);
    }

    /** All neighbours, k for each point in turn; the object's own array. */
    int[] indices() {
        return indices;
    }

    /** Squared distances in a unit of the search's own choice: good for ratios only. */
    float[] squared() {
        return squared;
    }
}
