package fathom.engine.vector;

import java.util.Arrays;

/**
 * The sums of Winograd's convolution by plain loops. The numbers of a few tiles are copied side by side, each of a square's
 * numbers to an array of its own, so that the compiler can make vectors of the loops ({@link PlainProducts}).
 */
final class PlainWinograd implements WinogradLoops {
    private static final int LANES = PlainKernels.LANES;
    private static final int KERNEL = 3;

    /** Tiles at a time. */
    private static final int TILES = 8;

    private static final ThreadLocal<Squares> HERE = ThreadLocal.withInitial(Squares::new);

    private static final float[][] TO_WINDOW = {
        {4, 0, -5, 0, 1, 0},
        {0, -4, -4, 1, 1, 0},
        {0, 4, -4, -1, 1, 0},
        {0, -2, -1, 2, 1, 0},
        {0, 2, -1, -2, 1, 0},
        {0, 4, 0, -5, 0, 1}
    };
    private static final float[][] TO_TILE = {
        {1, 1, 1, 1, 1, 0},
        {0, 1, -1, 2, -2, 0},
        {0, 1, 1, 4, 4, 0},
        {0, 1, -1, 8, -8, 1}
    };
    private static final float[][] FROM_TILE = transposed(TO_TILE);
    private static final float[][] TO_KERNEL = {
        {1 / 4f, -1 / 6f, -1 / 6f, 1 / 24f, 1 / 24f, 0},
        {0, -1 / 6f, 1 / 6f, 1 / 12f, -1 / 12f, 0},
        {0, -1 / 6f, -1 / 6f, 1 / 6f, 1 / 6f, 1}
    };
    private static final float[][] FROM_KERNEL = transposed(TO_KERNEL);

    private static float[][] transposed(float[][] matrix) {
        var result = new float[matrix[0].length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix[i].length; j++) {
                result[j][i] = matrix[i][j];
            }
        }
        return result;
    }

    /** Squares of numbers on their way: number k of all of them lies in array k. */
    private static final class Squares {
        final float[][] from = new float[NUMBERS][TILES * LANES];
        final float[][] to = new float[NUMBERS][TILES * LANES];
        private final float[][] half = new float[NUMBERS][TILES * LANES];

        /** F d Fᵀ, to which {@code first} is added. */
        void transform(float[][] matrix, float first, int count) {
            int n = matrix[0].length;
            for (int row = 0; row < matrix.length; row++) {
                for (int column = 0; column < n; column++) {
                    combine(matrix[row], from, column, n, half[row * n + column], 0, count);
                }
            }
            for (int row = 0; row < matrix.length; row++) {
                for (int column = 0; column < matrix.length; column++) {
                    combine(matrix[column], half, row * n, 1, to[row * matrix.length + column], first, count);
                }
            }
        }

        private static void combine(
                float[] factors, float[][] all, int begin, int step, float[] sums, float first, int count) {
            Arrays.fill(sums, 0, count, first);
            for (int k = 0; k < factors.length; k++) {
                if (factors[k] != 0) {
                    PlainProducts.add(all[begin + k * step], factors[k], sums, count);
                }
            }
        }
    }

    @Override
    public void windows(float[] m, Tiling tiling, Tiling.Block b, int from, int plane, int scratch) {
        spread(m, TO_WINDOW, tiling, b, from, plane);
    }

    @Override
    public void squares(float[] m, Tiling tiling, Tiling.Block b, int from, int plane, int scratch) {
        spread(m, FROM_TILE, tiling, b, from, plane);
    }

    private static void spread(float[] m, float[][] matrix, Tiling tiling, Tiling.Block b, int from, int plane) {
        Squares squares = HERE.get();
        for (int channel = 0; channel < b.channels(); channel++) {
            for (int tile = 0; tile < b.tiles(); tile += TILES) {
                int tiles = Math.min(TILES, b.tiles() - tile);
                for (int k = 0; k < tiling.size * tiling.size; k++) {
                    for (int i = 0; i < tiles; i++) {
                        int at = from + channel * plane + pixel(tiling, b.firstTile() + tile + i, k);
                        System.arraycopy(m, at, squares.from[k], i * LANES, LANES);
                    }
                }
                squares.transform(matrix, 0, tiles * LANES);
                for (int k = 0; k < NUMBERS; k++) {
                    System.arraycopy(squares.to[k], 0, m, at(b, channel, tile) + k * b.step(), tiles * LANES);
                }
            }
        }
    }

    private static int pixel(Tiling tiling, int tile, int number) {
        return tiling.rows[tile * tiling.size + number / tiling.size]
                + tiling.columns[tile * tiling.size + number % tiling.size];
    }

    private static int at(Tiling.Block b, int channel, int tile) {
        return b.at() + (channel * b.room() + tile) * LANES;
    }

    /** Writes a tile's last number first: of numbers that go to one place, the first belongs there. */
    @Override
    public void gather(float[] m, Tiling tiling, Tiling.Block b, int start, int to, int plane) {
        Squares squares = HERE.get();
        for (int channel = 0; channel < b.channels(); channel++) {
            for (int tile = 0; tile < b.tiles(); tile += TILES) {
                int tiles = Math.min(TILES, b.tiles() - tile);
                for (int k = 0; k < NUMBERS; k++) {
                    System.arraycopy(m, at(b, channel, tile) + k * b.step(), squares.from[k], 0, tiles * LANES);
                }
                squares.transform(TO_TILE, start >= 0 ? m[start + channel] : 0, tiles * LANES);
                for (int k = TILE * TILE - 1; k >= 0; k--) {
                    for (int i = 0; i < tiles; i++) {
                        int at = to + channel * plane + pixel(tiling, b.firstTile() + tile + i, k);
                        System.arraycopy(squares.to[k], i * LANES, m, at, LANES);
                    }
                }
            }
        }
    }

    @Override
    public void kernels(float[] m, int from, int step, int count, int to, int toStep, int scratch) {
        Squares squares = HERE.get();
        for (int i = 0; i < count; i += TILES * LANES) {
            int some = Math.min(TILES * LANES, count - i);
            for (int k = 0; k < NUMBERS; k++) {
                System.arraycopy(m, from + i + k * step, squares.from[k], 0, some);
            }
            squares.transform(TO_KERNEL, 0, some);
            for (int k = 0; k < KERNEL * KERNEL; k++) {
                for (int j = 0; j < some; j++) {
                    m[to + i + j + k * toStep] += squares.to[k][j];
                }
            }
        }
    }

    @Override
    public void weights(float[] m, int from, int step, int tapStep, int count, int to, int toStep) {
        Squares squares = HERE.get();
        for (int i = 0; i < count; i += TILES * LANES) {
            int some = Math.min(TILES * LANES, count - i);
            for (int k = 0; k < KERNEL * KERNEL; k++) {
                for (int j = 0; j < some; j++) {
                    squares.from[k][j] = m[from + (i + j) * step + k * tapStep];
                }
            }
            squares.transform(FROM_KERNEL, 0, some);
            for (int k = 0; k < NUMBERS; k++) {
                System.arraycopy(squares.to[k], 0, m, to + i + k * toStep, some);
            }
        }
    }
}
