package fathom.manifold;

/**
 * The squared distances between all points, in rows of {@code stride} numbers; what stands behind the last point in a row
 * means nothing.
 */
final class Distances {
    /** A multiple of every panel's width. */
    private static final int STRIP = 64;

    private final float[] squared;
    private final int stride;

    private Distances(float[] squared, int stride) {
        this.squared = squared;
        this.stride = stride;
    }

    float[] squared() {
        return squared;
    }

    int stride() {
        return stride;
    }

    /**
     * Minus half of the squared distances of the n points: but for numbers that belong to a row or a column, these are the
     * inner products about any point (Torgerson 1952).
     */
    double[][] gram(int n, Team team) {
        double[][] gram = new double[n][n];
        team.run(n, i -> {
            for (int j = 0; j < n; j++) {
                gram[i][j] = -0.5 * squared[i * stride + j];
            }
        });
        return gram;
    }

    static Distances all(Panels panels, Tiles tiles, Team team) {
        int n = panels.count();
        int stride = panels.panels() * tiles.width();
        float[] squared = new float[Math.multiplyExact((n + Tiles.ROWS - 1) / Tiles.ROWS * Tiles.ROWS, stride)];
        int strips = (n + STRIP - 1) / STRIP;
        team.run(strips, task -> {
            int first = task * STRIP;
            add(panels, panels, first, Math.min(STRIP, n - first), first, tiles, squared, first * stride, stride);
        });
        team.run(strips, task -> mirror(squared, stride, n, task * STRIP));
        return new Distances(squared, stride);
    }

    /** Copies what stands above the diagonal to the rows of one strip below it. */
    private static void mirror(float[] squared, int stride, int n, int first) {
        for (int i = first; i < Math.min(n, first + STRIP); i++) {
            for (int j = 0; j < first; j++) {
                squared[i * stride + j] = squared[j * stride + i];
            }
        }
    }

    /** Adds to {@code out} the distances of {@code rows} vectors from {@code first} on to all points. */
    static void add(Panels from, Panels points, int first, int rows, Tiles tiles, float[] out, int outAt, int stride) {
        add(from, points, first, rows, 0, tiles, out, outAt, stride);
    }

    /** The same for the points from {@code column} on, which is the first of a panel. */
    private static void add(
            Panels from,
            Panels points,
            int first,
            int rows,
            int column,
            Tiles tiles,
            float[] out,
            int outAt,
            int stride) {
        int width = tiles.width();
        for (int k = 0; k < points.depth(); k += Panels.CHUNK) {
            int depth = Math.min(Panels.CHUNK, points.depth() - k);
            for (int c = column; c < points.count(); c += width) {
                int at = points.at(c, k);
                for (int r = 0; r < rows; r += Tiles.ROWS) {
                    tiles.addSquaredDistances(
                            from.values(),
                            from.at(first + r, k),
                            points.values(),
                            at,
                            depth,
                            out,
                            outAt + r * stride + c,
                            stride);
                }
            }
        }
    }
}
