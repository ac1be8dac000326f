package fathom.manifold;

import java.util.Arrays;

/**
 * Products of tall tables: float32 over at most 512 terms at a time, float64 beyond, so that long sums keep their digits
 * at the speed of float32.
 */
final class Products {
    private static final int ROWS = 512;

    /** Rows that are multiplied at a time; a multiple of {@link Tiles#ROWS}. */
    private static final int STRIP = 32;

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

    /** The same for every {@code step}-th row alone. */
    Products sample(int step) {
        int[] chosen = new int[(matrix.rows() + step - 1) / step];
        Arrays.setAll(chosen, i -> i * step);
        return new Products(matrix.select(chosen), scaling, tiles, team);
    }

    int columns() {
        return matrix.columns();
    }

    Team team() {
        return team;
    }

    /** XᵀX of the centred and scaled matrix, columns × columns. */
    double[][] ofColumns() {
        int d = matrix.columns();
        Panels panels = Panels.empty(d, ROWS, tiles);
        double[][] sums = upperTriangle(panels);
        Pool<float[]> lines = new Pool<>(() -> new float[d]);
        Pool<float[]> outs = new Pool<>(() -> new float[sums[sums.length - 1].length]);
        for (int first = 0; first < matrix.rows(); first += ROWS) {
            int from = first;
            int rows = Math.min(ROWS, matrix.rows() - from);
            team.run(ROWS / STRIP, strip -> lines.use(line -> fill(panels, from, rows, strip * STRIP, line)));
            team.run(sums.length, task -> {
                int panel = sums.length - 1 - task; // the longest first
                outs.use(out -> addUpperTriangle(panels, panel, 0, ROWS, out, sums[panel]));
            });
        }
        double[][] whole = whole(sums, d);
        double[] rest = scaling.rest();
        team.run(d, i -> {
            for (int j = 0; j < d; j++) {
                whole[i][j] -= matrix.rows() * (rest[i] * rest[j]);
            }
        });
        return whole;
    }

    /** Sets a strip of the depth of panels to rows of a block; beyond the last row stand zeros. */
    private void fill(Panels panels, int from, int rows, int start, float[] line) {
        for (int k = start; k < start + STRIP; k++) {
            if (k < rows) {
                centre(matrix.values(), (from + k) * line.length, scaling.shift(), scaling.factor(), line, 0);
            } else {
                Arrays.fill(line, 0);
            }
            panels.setDepth(k, line);
        }
    }

    /** XXᵀ of the scaled matrix, rows × rows, centred but for the rounding of the mean. */
    double[][] ofRows() {
        int n = matrix.rows();
        Panels panels = Panels.ofRows(matrix, scaling.shift(), scaling.factor(), tiles, team);
        double[][] sums = upperTriangle(panels);
        Pool<float[]> outs = new Pool<>(() -> new float[sums[sums.length - 1].length]);
        team.run(sums.length, task -> {
            int panel = sums.length - 1 - task;
            outs.use(out -> {
                for (int from = 0; from < panels.depth(); from += ROWS) {
                    int depth = Math.min(ROWS, panels.depth() - from);
                    addUpperTriangle(panels, panel, from, depth, out, sums[panel]);
                }
            });
        });
        return whole(sums, n);
    }

    /** Room for the products of each panel's vectors with all those not after it: a row for each of the latter. */
    private double[][] upperTriangle(Panels panels) {
        double[][] sums = new double[panels.panels()][];
        for (int panel = 0; panel < sums.length; panel++) {
            int last = Math.min(panels.count(), (panel + 1) * tiles.width());
            sums[panel] = new double[up(last) * tiles.width()];
        }
        return sums;
    }

    /** Adds the products over part of the depth, summed in float32, of a panel's vectors with all those not after it. */
    private void addUpperTriangle(Panels panels, int panel, int from, int depth, float[] out, double[] sums) {
        int width = tiles.width();
        Arrays.fill(out, 0, sums.length, 0);
        for (int k = from; k < from + depth; k += Panels.CHUNK) {
            int chunk = Math.min(Panels.CHUNK, from + depth - k);
            for (int i = 0; i * width < sums.length; i += Tiles.ROWS) {
                tiles.addProducts(
                        panels.values(),
                        panels.at(i, k),
                        1,
                        width,
                        panels.values(),
                        panels.at(panel * width, k),
                        chunk,
                        out,
                        i * width,
                        width);
            }
        }
        add(out, sums);
    }

    private static void add(float[] what, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += what[i];
        }
    }

    /** The whole symmetric matrix of its upper triangle, as {@link #upperTriangle} lays it out. */
    private double[][] whole(double[][] sums, int m) {
        double[][] whole = new double[m][m];
        int width = tiles.width();
        team.run(sums.length, panel -> {
            int first = panel * width;
            int end = Math.min(m, first + width);
            for (int i = 0; i < end; i++) {
                for (int j = Math.max(i, first); j < end; j++) {
                    whole[i][j] = sums[panel][i * width + j - first];
                    whole[j][i] = whole[i][j];
                }
            }
        });
        return whole;
    }

    private static int up(int rows) {
        return (rows + Tiles.ROWS - 1) / Tiles.ROWS * Tiles.ROWS;
    }

    /** X·A of the centred and scaled matrix: rows × vectors. */
    float[] times(Matrix vectors) {
        int count = vectors.rows();
        float[] result = new float[Math.multiplyExact(matrix.rows(), count)];
        Panels right = Panels.ofRows(vectors, new float[vectors.columns()], 1, tiles, team);
        Pool<Strip> strips = new Pool<>(() -> new Strip(right));
        team.run(
                (matrix.rows() + STRIP - 1) / STRIP,
                task -> strips.use(strip -> {
                    int first = task * STRIP;
                    int rows = Math.min(STRIP, matrix.rows() - first);
                    strip.multiply(first, rows);
                    for (int r = 0; r < rows; r++) {
                        System.arraycopy(strip.out, r * strip.room, result, (first + r) * count, count);
                    }
                }));
        return result;
    }

    /**
     * XᵀX·Q without ever forming XᵀX. Each block of rows is read once from memory, centred once, and serves both products
     * while it is in the cache.
     */
    double[][] normal(double[][] vectors) {
        int d = matrix.columns();
        int width = tiles.width();
        Panels right = Panels.ofRows(rounded(vectors, d), new float[d], 1, tiles, team);
        double[][] sums = new double[vectors.length][d];
        Pool<Strip> strips = new Pool<>(() -> new Strip(right));
        Pool<float[]> outs = new Pool<>(() -> new float[up(vectors.length) * width]);
        int panels = (d + width - 1) / width;
        float[] block = new float[panels * panelRoom()];
        float[] middle = new float[ROWS * right.panels() * width];
        for (int first = 0; first < matrix.rows(); first += ROWS) {
            int from = first;
            int rows = Math.min(ROWS, matrix.rows() - from);
            team.run(
                    (rows + STRIP - 1) / STRIP,
                    task -> strips.use(strip -> {
                        int row = task * STRIP;
                        int count = Math.min(STRIP, rows - row);
                        strip.multiply(from + row, count);
                        strip.toPanels(middle, row, count);
                        strip.keep(block, row, count);
                    }));
            team.run(panels, panel -> outs.use(out -> addColumns(block, panel, rows, middle, out, sums)));
        }
        double[] rest = scaling.rest();
        for (int v = 0; v < sums.length; v++) {
            Doubles.addScaled(sums[v], -matrix.rows() * Doubles.dot(rest, vectors[v]), rest);
        }
        return sums;
    }

    /** Room for a panel of a block; a little more than it takes, so that panels do not all fall on the same cache lines. */
    private int panelRoom() {
        return (ROWS + 1) * tiles.width();
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

    /** Adds to the sums of one panel's columns the products of a block's rows with what they gave for all vectors. */
    private void addColumns(float[] block, int panel, int rows, float[] middle, float[] out, double[][] sums) {
        int width = tiles.width();
        int column = panel * width;
        int columns = Math.min(width, matrix.columns() - column);
        Arrays.fill(out, 0);
        for (int v = 0; v < sums.length; v += Tiles.ROWS) {
            int at = v / width * width * ROWS + v % width;
            tiles.addProducts(middle, at, 1, width, block, panel * panelRoom(), rows, out, v * width, width);
        }
        for (int v = 0; v < sums.length; v++) {
            double[] to = sums[v];
            for (int c = 0; c < columns; c++) {
                to[column + c] += out[v * width + c];
            }
        }
    }

    /** A few rows, centred and scaled, and their products with all vectors. */
    private final class Strip {
        final int room;
        final float[] out;
        private final Panels right;
        private final float[] lines;
        private final double[] sums;

        Strip(Panels right) {
            this.right = right;
            this.room = right.panels() * tiles.width();
            this.out = new float[STRIP * room];
            this.lines = new float[STRIP * matrix.columns()];
            this.sums = new double[out.length];
        }

        void multiply(int first, int count) {
            int d = matrix.columns();
            int width = tiles.width();
            for (int r = 0; r < count; r++) {
                centre(matrix.values(), (first + r) * d, scaling.shift(), scaling.factor(), lines, r * d);
            }
            Arrays.fill(sums, 0);
            for (int k = 0; k < d; k += Panels.CHUNK) {
                int depth = Math.min(Panels.CHUNK, d - k);
                Arrays.fill(out, 0);
                for (int v = 0; v < room; v += width) {
                    for (int r = 0; r < count; r += Tiles.ROWS) {
                        tiles.addProducts(
                                lines, r * d + k, d, 1, right.values(), right.at(v, k), depth, out, r * room + v, room);
                    }
                }
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += out[i];
                }
            }
            for (int i = 0; i < sums.length; i++) {
                out[i] = (float) sums[i];
            }
        }

        /** Copies the products to panels of vectors whose depth are the rows of a block. */
        void toPanels(float[] middle, int row, int count) {
            int width = tiles.width();
            for (int v = 0; v < room; v += width) {
                for (int r = 0; r < count; r++) {
                    System.arraycopy(out, r * room + v, middle, v * ROWS + (row + r) * width, width);
                }
            }
        }

        /** Copies the rows to panels of columns whose depth are the rows of a block. */
        void keep(float[] block, int row, int count) {
            int d = matrix.columns();
            int width = tiles.width();
            for (int r = 0; r < count; r++) {
                int to = (row + r) * width;
                for (int c = 0; c < d; c += width) {
                    System.arraycopy(lines, r * d + c, block, to, Math.min(width, d - c));
                    to += panelRoom();
                }
            }
        }
    }

    private static void centre(float[] from, int at, float[] shift, float scale, float[] to, int toAt) {
        for (int c = 0; c < shift.length; c++) {
            to[toAt + c] = (from[at + c] - shift[c]) * scale;
        }
    }
}
