package fathom.engine.vector;

/** The sums of Winograd's convolution by plain loops: one lane of one tile after the other. */
final class PlainWinograd implements WinogradLoops {
    private static final int LANES = PlainKernels.LANES;
    private static final int KERNEL = 3;

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

    /** Where number (row, column) of a square lies. */
    private interface Place {
        int of(int row, int column);
    }

    /** F d Fᵀ of a square of numbers; the last is written first. */
    private static void transform(float[] m, float[][] matrix, Place from, Place to, float first, boolean isAdding) {
        int n = matrix[0].length;
        var half = new float[matrix.length][n];
        for (int row = 0; row < matrix.length; row++) {
            for (int column = 0; column < n; column++) {
                for (int k = 0; k < n; k++) {
                    half[row][column] += matrix[row][k] * m[from.of(k, column)];
                }
            }
        }
        for (int row = matrix.length - 1; row >= 0; row--) {
            for (int column = matrix.length - 1; column >= 0; column--) {
                float sum = first;
                for (int k = 0; k < n; k++) {
                    sum += half[row][k] * matrix[column][k];
                }
                int at = to.of(row, column);
                m[at] = isAdding ? m[at] + sum : sum;
            }
        }
    }

    private static Place pixels(Tiling tiling, int tile, int from) {
        int first = tile * tiling.size;
        return (row, column) -> from + tiling.rows[first + row] + tiling.columns[first + column];
    }

    private static Place numbers(int at, int step) {
        return (row, column) -> at + (WINDOW * row + column) * step;
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
        for (int i = 0; i < b.tiles() * b.channels() * LANES; i++) {
            int lane = i % LANES;
            int channel = i / LANES % b.channels();
            int tile = i / LANES / b.channels();
            Place pixels = pixels(tiling, b.firstTile() + tile, from + channel * plane + lane);
            transform(m, matrix, pixels, numbers(at(b, channel, tile) + lane, b.step()), 0, false);
        }
    }

    private static int at(Tiling.Block b, int channel, int tile) {
        return b.at() + (channel * b.room() + tile) * LANES;
    }

    @Override
    public void gather(float[] m, Tiling tiling, Tiling.Block b, int start, int to, int plane) {
        for (int i = 0; i < b.tiles() * b.channels() * LANES; i++) {
            int lane = i % LANES;
            int channel = i / LANES % b.channels();
            int tile = i / LANES / b.channels();
            Place pixels = pixels(tiling, b.firstTile() + tile, to + channel * plane + lane);
            float first = start >= 0 ? m[start + channel] : 0;
            transform(m, TO_TILE, numbers(at(b, channel, tile) + lane, b.step()), pixels, first, false);
        }
    }

    @Override
    public void kernels(float[] m, int from, int step, int count, int to, int toStep, int scratch) {
        for (int i = 0; i < count; i++) {
            int at = to + i;
            transform(
                    m,
                    TO_KERNEL,
                    numbers(from + i, step),
                    (row, column) -> at + (KERNEL * row + column) * toStep,
                    0,
                    true);
        }
    }

    @Override
    public void weights(float[] m, int from, int step, int tapStep, int count, int to, int toStep) {
        for (int i = 0; i < count; i++) {
            int at = from + i * step;
            transform(
                    m,
                    FROM_KERNEL,
                    (row, column) -> at + (KERNEL * row + column) * tapStep,
                    numbers(to + i, toStep),
                    0,
                    false);
        }
    }
}
