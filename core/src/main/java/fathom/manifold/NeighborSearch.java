package fathom.manifold;

import java.util.Arrays;

/**
 * Exact nearest neighbours by all distances: blocks of points against blocks of points, each pair of blocks once, and the
 * k nearest of every point kept as sorted keys.
 *
 * <p>A key is (distance, index) in one long, so that equal distances are ordered by index and the k smallest keys are the
 * same whatever the order in which pairs come.
 */
final class NeighborSearch {
    /** Points of one block; 512 of them with a strip of 128 make 256 KiB of distances. */
    static final int BLOCK = 512;

    private static final int STRIP = 128;
    /** How many keys a point may have beyond its k before they are sifted. */
    static final int SLACK = 64;

    private static final long NOTHING = Long.MAX_VALUE;

    private final Panels queries;
    private final Panels points;
    private final int[] names;
    private final boolean isSame;
    private final int k;
    private final int room;
    private final Tiles tiles;
    private final long[] keys;
    private final int[] kept;
    private final float[] limits;
    private final Object[] locks;
    private final Pool<Scratch> scratches = new Pool<>(Scratch::new);

    private static final class Scratch {
        final float[] squared = new float[STRIP * BLOCK];
        final int[] hits = new int[BLOCK];
    }

    private NeighborSearch(Panels queries, Panels points, int[] names, int k, Tiles tiles) {
        this.queries = queries;
        this.points = points;
        this.names = names;
        this.isSame = queries == points;
        this.k = k;
        this.room = k + SLACK;
        this.tiles = tiles;
        int n = queries.count();
        this.keys = new long[Math.multiplyExact(n, room)];
        this.kept = new int[n];
        this.limits = new float[n];
        Arrays.fill(limits, Float.POSITIVE_INFINITY);
        this.locks = new Object[blocks(queries)];
        Arrays.setAll(locks, i -> new Object());
    }

    /**
     * Writes to {@code indices} and {@code squared} (queries × k) the k nearest points of every query, nearest first.
     * Where the two tables are the same object a point is not its own neighbour, and the rows of
     * the answer are in the order of names too.
     *
     * @param names what each point is called in the answer, which is also how ties are ordered
     */
    static void search(
            Panels queries, Panels points, int[] names, int k, Tiles tiles, Team team, int[] indices, float[] squared) {
        var search = new NeighborSearch(queries, points, names, k, tiles);
        search.compare(team);
        team.run(search.locks.length, block -> search.finish(block, indices, squared));
    }

    private static int blocks(Panels panels) {
        return (panels.count() + BLOCK - 1) / BLOCK;
    }

    private void compare(Team team) {
        int rows = blocks(queries);
        int columns = blocks(points);
        if (isSame) {
            // Diagonal after diagonal: threads at work at the same time seldom need the same block.
            int[] pairs = new int[rows * (rows + 1) / 2];
            int count = 0;
            for (int offset = 0; offset < rows; offset++) {
                for (int i = 0; i + offset < rows; i++) {
                    pairs[count++] = i * rows + i + offset;
                }
            }
            team.run(count, task -> compare(pairs[task] / rows, pairs[task] % rows));
        } else {
            team.run(rows, i -> {
                for (int j = 0; j < columns; j++) {
                    compare(i, j);
                }
            });
        }
    }

    private void compare(int rowBlock, int columnBlock) {
        scratches.use(scratch -> compare(rowBlock, columnBlock, scratch));
    }

    private void compare(int rowBlock, int columnBlock, Scratch scratch) {
        int lastRow = Math.min(queries.count(), (rowBlock + 1) * BLOCK);
        int column = columnBlock * BLOCK;
        int columns = Math.min(points.count() - column, BLOCK);
        for (int row = rowBlock * BLOCK; row < lastRow; row += STRIP) {
            int rows = Math.min(lastRow - row, STRIP);
            distances(row, rows, column, columns, scratch.squared);
            synchronized (locks[rowBlock]) {
                takeForRows(row, rows, column, columns, scratch);
            }
            if (isSame && rowBlock != columnBlock) {
                synchronized (locks[columnBlock]) {
                    takeForColumns(row, rows, column, columns, scratch);
                }
            }
        }
    }

    private void distances(int row, int rows, int column, int columns, float[] squared) {
        int width = tiles.width();
        Arrays.fill(squared, 0, rows * BLOCK, 0);
        for (int from = 0; from < points.depth(); from += Panels.CHUNK) {
            int depth = Math.min(Panels.CHUNK, points.depth() - from);
            for (int c = 0; c < columns; c += width) {
                int at = points.at(column + c, from);
                for (int r = 0; r < rows; r += Tiles.ROWS) {
                    tiles.addSquaredDistances(
                            queries.values(),
                            queries.at(row + r, from),
                            points.values(),
                            at,
                            depth,
                            squared,
                            r * BLOCK + c,
                            BLOCK);
                }
            }
        }
    }

    private void takeForRows(int row, int rows, int column, int columns, Scratch scratch) {
        for (int r = 0; r < rows; r++) {
            int at = r * BLOCK;
            int found = tiles.notAbove(scratch.squared, at, columns, limits, row + r, 0, scratch.hits);
            for (int h = 0; h < found; h++) {
                int c = scratch.hits[h];
                if (!isSame || column + c != row + r) {
                    offer(row + r, scratch.squared[at + c], names[column + c]);
                }
            }
        }
    }

    private void takeForColumns(int row, int rows, int column, int columns, Scratch scratch) {
        for (int r = 0; r < rows; r++) {
            int at = r * BLOCK;
            int found = tiles.notAbove(scratch.squared, at, columns, limits, column, 1, scratch.hits);
            for (int h = 0; h < found; h++) {
                int c = scratch.hits[h];
                offer(column + c, scratch.squared[at + c], names[row + r]);
            }
        }
    }

    private void offer(int query, float squared, int point) {
        int base = query * room;
        keys[base + kept[query]++] = (long) Float.floatToRawIntBits(squared) << 32 | point;
        if (kept[query] == room) {
            prune(query);
        }
    }

    /** Keeps the k smallest keys of a query and lowers its limit to the largest of them. */
    private void prune(int query) {
        int base = query * room;
        Selection.smallestFirst(keys, base, base + kept[query] - 1, base + k - 1);
        kept[query] = k;
        limits[query] = Float.intBitsToFloat((int) (keys[base + k - 1] >>> 32));
    }

    private void finish(int block, int[] indices, float[] squared) {
        for (int i = block * BLOCK, end = Math.min(queries.count(), i + BLOCK); i < end; i++) {
            int base = i * room;
            if (kept[i] > k) {
                prune(i);
            }
            Arrays.fill(keys, base + kept[i], base + k, NOTHING);
            Selection.sort(keys, base, base + k);
            int to = (isSame ? names[i] : i) * k;
            for (int j = 0; j < k; j++) {
                long key = keys[base + j];
                indices[to + j] = (int) key;
                squared[to + j] = Float.intBitsToFloat((int) (key >>> 32));
            }
        }
    }
}
