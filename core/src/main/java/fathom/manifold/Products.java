package fathom.manifold;

import java.util.Arrays;

/**
 * Products of tall tables: float32 over at most 512 terms at a time, float64 beyond, so that long sums keep their digits
 * at the speed of float32.
 */
final class Products {
    private static final int ROWS = 512;

    private final Matrix matrix;
    private final Scaling scaling;
    private final Tiles tiles;
    private final Team team;

    Products(Matrix matrix, Scaling scaling, Tiles tiles, Team team) {
        this.matrix = matrix;
        this.scaling = scaling;
        this.tiles = tiles;
        this.team = team;
    }

    int rows() {
        return matrix.rows();
    }

    int columns() {
        return matrix.columns();
    }

    Team team() {
        return team;
    }

    /** XᵀX of the centred and scaled matrix, columns × columns. */
    double[] ofColumns() {
        int d = matrix.columns();
        double[] sums = new double[Math.multiplyExact(d, d)];
        Panels panels = Panels.empty(d, ROWS, tiles);
        Pool<float[]> outs = new Pool<>(() -> new float[d * tiles.width() + Tiles.ROWS * tiles.width()]);
        for (int first = 0; first < matrix.rows(); first += ROWS) {
            int from = first;
            int rows = Math.min(ROWS, matrix.rows() - from);
            team.run(panels.panels(), p -> panels.setColumns(p, matrix, from, rows, scaling.shift(), scaling.factor()));
            team.run(panels.panels(), task -> {
                int panel = panels.panels() - 1 - task; // the longest first
                outs.use(out -> addUpperTriangle(panels, panel, 0, ROWS, out, sums));
            });
        }
        return mirrored(sums, d);
    }

    /** XXᵀ of the centred and scaled matrix, rows × rows. */
    double[] ofRows() {
        int n = matrix.rows();
        double[] sums = new double[Math.multiplyExact(n, n)];
        Panels panels = Panels.ofRows(matrix, scaling.shift(), scaling.factor(), tiles, team);
        Pool<float[]> outs = new Pool<>(() -> new float[n * tiles.width() + Tiles.ROWS * tiles.width()]);
        team.run(panels.panels(), task -> {
            int panel = panels.panels() - 1 - task;
            outs.use(out -> {
                for (int from = 0; from < panels.depth(); from += ROWS) {
                    addUpperTriangle(panels, panel, from, Math.min(ROWS, panels.depth() - from), out, sums);
                }
            });
        });
        return mirrored(sums, n);
    }

    /** Adds the products of one panel's vectors with all those not after it. */
    private void addUpperTriangle(Panels panels, int panel, int from, int depth, float[] out, double[] sums) {
        int width = tiles.width();
        int first = panel * width;
        int m = panels.count();
        int last = Math.min(m, first + width);
        Arrays.fill(out, 0, up(last) * width, 0);
        for (int k = from; k < from + depth; k += Panels.CHUNK) {
            int chunk = Math.min(Panels.CHUNK, from + depth - k);
            for (int i = 0; i < last; i += Tiles.ROWS) {
                tiles.addProducts(
                        panels.values(),
                        panels.at(i, k),
                        panels.values(),
                        panels.at(first, k),
                        chunk,
                        out,
                        i * width,
                        width);
            }
        }
        for (int i = 0; i < last; i++) {
            int to = i * m + first;
            for (int c = 0; c < last - first; c++) {
                sums[to + c] += out[i * width + c];
            }
        }
    }

    private static int up(int rows) {
        return (rows + Tiles.ROWS - 1) / Tiles.ROWS * Tiles.ROWS;
    }

    private static double[] mirrored(double[] sums, int m) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < i; j++) {
                sums[i * m + j] = sums[j * m + i];
            }
        }
        return sums;
    }

    /** X·A of the centred and scaled matrix: rows × vectors. */
    float[] times(Matrix vectors) {
        int count = vectors.rows();
        float[] result = new float[Math.multiplyExact(matrix.rows(), count)];
        Panels right = Panels.ofRows(vectors, new float[vectors.columns()], 1, tiles, team);
        int width = tiles.width();
        int room = right.panels() * width;
        Pool<Strip> strips = new Pool<>(() -> new Strip(matrix.columns(), room, tiles));
        team.run(
                (matrix.rows() + width - 1) / width,
                task -> strips.use(strip -> {
                    int first = task * width;
                    int rows = Math.min(width, matrix.rows() - first);
                    strip.multiply(this, first, rows, right);
                    for (int r = 0; r < rows; r++) {
                        System.arraycopy(strip.out, r * room, result, (first + r) * count, count);
                    }
                }));
        return result;
    }

    /** XᵀX·Q without ever forming XᵀX: each block of rows is read once from memory for both products. */
    double[][] normal(double[][] vectors) {
        int d = matrix.columns();
        int b = vectors.length;
        int width = tiles.width();
        Matrix rounded = rounded(vectors, d);
        Panels right = Panels.ofRows(rounded, new float[d], 1, tiles, team);
        int room = right.panels() * width;
        double[][] sums = new double[b][d];
        Pool<Strip> strips = new Pool<>(() -> new Strip(d, room, tiles));
        Pool<Panels> columnPanels = new Pool<>(() -> Panels.empty(width, Panels.CHUNK, tiles));
        float[] middle = new float[Panels.CHUNK * room];
        for (int first = 0; first < matrix.rows(); first += Panels.CHUNK) {
            int from = first;
            int rows = Math.min(Panels.CHUNK, matrix.rows() - from);
            team.run(
                    (rows + width - 1) / width,
                    task -> strips.use(strip -> {
                        int row = task * width;
                        strip.multiply(this, from + row, Math.min(width, rows - row), right);
                        strip.toPanels(middle, row, rows);
                    }));
            team.run(
                    (d + width - 1) / width,
                    task -> columnPanels.use(panel -> {
                        addColumns(panel, task * width, from, rows, middle, sums);
                    }));
        }
        return sums;
    }

    private static Matrix rounded(double[][] vectors, int d) {
        Matrix rounded = Matrix.zeros(vectors.length, d);
        for (int i = 0; i < vectors.length; i++) {
            for (int k = 0; k < d; k++) {
                rounded.values()[i * d + k] = (float) vectors[i][k];
            }
        }
        return rounded;
    }

    private void addColumns(Panels panel, int column, int from, int rows, float[] middle, double[][] sums) {
        int width = tiles.width();
        int columns = Math.min(width, matrix.columns() - column);
        panel.setColumnsAt(column, columns, matrix, from, rows, scaling.shift(), scaling.factor());
        float[] out = new float[width * width];
        for (int b = 0; b < sums.length; b += width) {
            Arrays.fill(out, 0);
            for (int c = 0; c < columns; c += Tiles.ROWS) {
                tiles.addProducts(panel.values(), c, middle, b * Panels.CHUNK, rows, out, c * width, width);
            }
            for (int v = b; v < Math.min(sums.length, b + width); v++) {
                double[] to = sums[v];
                for (int c = 0; c < columns; c++) {
                    to[column + c] += out[c * width + v - b];
                }
            }
        }
    }

    /** A panel's worth of rows and their products with all vectors. */
    private static final class Strip {
        final Panels rows;
        final float[] out;
        private final Tiles tiles;
        private final int room;

        Strip(int depth, int room, Tiles tiles) {
            this.rows = Panels.empty(tiles.width(), depth, tiles);
            this.out = new float[tiles.width() * room];
            this.tiles = tiles;
            this.room = room;
        }

        void multiply(Products of, int first, int count, Panels right) {
            int width = tiles.width();
            rows.setRows(of.matrix, first, count, of.scaling.shift(), of.scaling.factor());
            Arrays.fill(out, 0);
            for (int k = 0; k < rows.depth(); k += Panels.CHUNK) {
                int chunk = Math.min(Panels.CHUNK, rows.depth() - k);
                for (int v = 0; v < room; v += width) {
                    for (int r = 0; r < count; r += Tiles.ROWS) {
                        tiles.addProducts(
                                rows.values(),
                                rows.at(r, k),
                                right.values(),
                                right.at(v, k),
                                chunk,
                                out,
                                r * room + v,
                                room);
                    }
                }
            }
        }

        /** Copies the products to panels whose depth are the rows of a block. */
        void toPanels(float[] middle, int row, int rowsOfBlock) {
            int width = tiles.width();
            for (int v = 0; v < room; v += width) {
                for (int r = 0; r < Math.min(width, rowsOfBlock - row); r++) {
                    System.arraycopy(out, r * room + v, middle, v * Panels.CHUNK + (row + r) * width, width);
                }
            }
        }
    }
}
