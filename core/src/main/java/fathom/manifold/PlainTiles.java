package fathom.manifold;

/** The loops over dense tables without vector instructions of our own: for a JDK without the vector module. */
final class PlainTiles implements Tiles {
    private static final int WIDTH = 8;

    @Override
    public int width() {
        return WIDTH;
    }

    @Override
    public void addProducts(
            float[] a,
            int aAt,
            int aRow,
            int aStep,
            float[] b,
            int bAt,
            int depth,
            float[] out,
            int outAt,
            int stride) {
        for (int r = 0; r < ROWS; r++) {
            int to = outAt + r * stride;
            for (int k = 0; k < depth; k++) {
                float factor = a[aAt + k * aStep + r * aRow];
                int row = bAt + k * WIDTH;
                for (int c = 0; c < WIDTH; c++) {
                    out[to + c] += factor * b[row + c];
                }
            }
        }
    }

    @Override
    public void addSquaredDistances(
            float[] a, int aAt, float[] b, int bAt, int depth, float[] out, int outAt, int stride) {
        for (int r = 0; r < ROWS; r++) {
            int to = outAt + r * stride;
            for (int k = 0; k < depth; k++) {
                float from = a[aAt + k * WIDTH + r];
                int row = bAt + k * WIDTH;
                for (int c = 0; c < WIDTH; c++) {
                    float difference = b[row + c] - from;
                    out[to + c] += difference * difference;
                }
            }
        }
    }

    @Override
    public int notAbove(float[] values, int at, int count, float[] limits, int limitsAt, int limitStep, int[] hits) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            if (values[at + i] <= limits[limitsAt + i * limitStep]) {
                hits[found++] = i;
            }
        }
        return found;
    }

    @Override
    public int below(float[] values, int at, int count, float limit) {
        int found = 0;
        for (int i = at; i < at + count; i++) {
            if (values[i] < limit) {
                found++;
            }
        }
        return found;
    }
}
