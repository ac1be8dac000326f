package fathom.manifold;

/** The loops of t-SNE one number at a time: for a JDK without the vector module, and to test the vector loops against. */
final class PlainLoops implements Loops {
    @Override
    public int lanes() {
        return 1;
    }

    @Override
    public void attract(Edges edges, int from, int to, long[] packed, float[][] at, float[][] pull) {
        float[] allX = at[0];
        float[] allY = at[1];
        for (int i = from; i < to; i++) {
            float sumX = 0;
            float sumY = 0;
            for (int e = edges.start(i); e < edges.end(i); e++) {
                int j = edges.columns()[e];
                float dx = allX[i] - allX[j];
                float dy = allY[i] - allY[j];
                float force = edges.weights()[e] / (1 + dx * dx + dy * dy);
                sumX += force * dx;
                sumY += force * dy;
            }
            pull[0][i] = sumX;
            pull[1][i] = sumY;
        }
    }

    @Override
    public double repelNear(Cells cells, int row, float radius, float[] pushX, float[] pushY) {
        int reachX = cells.reachX(radius);
        int lowRow = Math.max(0, row - Cells.REACH);
        int highRow = Math.min(cells.rows - 1, row + Cells.REACH);
        double z = 0;
        for (int p = cells.rowStart(row), end = cells.start(row, cells.columns); p < end; p++) {
            int column = cells.column(cells.x[p]);
            int low = Math.max(0, column - reachX);
            int high = Math.min(cells.columns, column + reachX + 1);
            for (int r = lowRow; r <= highRow; r++) {
                z += repelNear(cells, p, cells.start(r, low), cells.start(r, high), radius, pushX, pushY);
            }
        }
        return z;
    }

    private static float repelNear(Cells cells, int p, int from, int to, float radius, float[] pushX, float[] pushY) {
        float scale = 1 / (1 + radius * radius);
        float z = 0;
        for (int j = from; j < to; j++) {
            float dx = cells.x[p] - cells.x[j];
            float dy = cells.y[p] - cells.y[j];
            float squared = dx * dx + dy * dy;
            float t = Math.max(0, (radius * radius - squared) * scale);
            float w = 1 / (1 + squared);
            float t4w = t * t * t * t * w;
            float force = (t4w + 4 * scale * t * t * t) * w;
            z += t4w;
            pushX[p] += force * dx;
            pushY[p] += force * dy;
        }
        return z;
    }

    @Override
    public void spread(Cells cells, int from, int to, Mesh mesh) {
        for (int i = from; i < to; i++) {
            float u = (cells.x[i] - mesh.originX) / mesh.step + Mesh.BORDER;
            float v = (cells.y[i] - mesh.originY) / mesh.step + Mesh.BORDER;
            int at = ((int) v - 1) * mesh.stride + (int) u - 1;
            for (int b = 0; b < 4; b++, at += mesh.stride) {
                float wy = Splines.weight(b, v - (int) v);
                for (int a = 0; a < 4; a++) {
                    mesh.values[at + a] += wy * Splines.weight(a, u - (int) u);
                }
            }
        }
    }

    @Override
    public double gather(Cells cells, int from, int to, Mesh mesh, float[] pushX, float[] pushY) {
        double potential = 0;
        for (int i = from; i < to; i++) {
            float u = (cells.x[i] - mesh.originX) / mesh.step + Mesh.BORDER;
            float v = (cells.y[i] - mesh.originY) / mesh.step + Mesh.BORDER;
            int at = ((int) v - 1) * mesh.stride + (int) u - 1;
            float level = 0;
            float alongX = 0;
            float alongY = 0;
            for (int b = 0; b < 4; b++, at += mesh.stride) {
                float wy = Splines.weight(b, v - (int) v);
                float dy = Splines.slope(b, v - (int) v);
                for (int a = 0; a < 4; a++) {
                    float wx = Splines.weight(a, u - (int) u);
                    float node = mesh.values[at + a];
                    level += wy * wx * node;
                    alongX += wy * Splines.slope(a, u - (int) u) * node;
                    alongY += dy * wx * node;
                }
            }
            potential += level;
            pushX[i] = -0.5f / mesh.step * alongX;
            pushY[i] = -0.5f / mesh.step * alongY;
        }
        return potential;
    }

    @Override
    public void pairs(
            float[] affinities,
            int stride,
            int from,
            int to,
            float[][] at,
            float[][] pull,
            float[][] push,
            double[] z) {
        int dims = at.length;
        float[] difference = new float[dims];
        for (int i = from; i < to; i++) {
            z[i] = 0;
            for (int c = 0; c < dims; c++) {
                pull[c][i] = 0;
                push[c][i] = 0;
            }
            for (int j = 0; j < stride; j++) {
                float squared = 0;
                for (int c = 0; c < dims; c++) {
                    difference[c] = at[c][i] - at[c][j];
                    squared += difference[c] * difference[c];
                }
                float w = 1 / (1 + squared);
                z[i] += j == i ? 0 : w;
                for (int c = 0; c < dims; c++) {
                    pull[c][i] += affinities[i * stride + j] * w * difference[c];
                    push[c][i] += w * w * difference[c];
                }
            }
        }
    }

    @Override
    public double pushAway(float[][] at, int padded, int own, float[] place, float[] push) {
        double[] sums = new double[3];
        double z = 0;
        for (int j = 0; j < padded; j++) {
            double w = 1;
            for (int c = 0; c < 3; c++) {
                double difference = place[c] - at[c][j];
                w += difference * difference;
            }
            z += j == own ? 0 : 1 / w;
            for (int c = 0; c < 3; c++) {
                sums[c] += (place[c] - at[c][j]) / (w * w);
            }
        }
        for (int c = 0; c < 3; c++) {
            push[c] = (float) sums[c];
        }
        return z;
    }

    @Override
    public void transform(float[] re, float[] im, float[] re2, float[] im2, Twiddles twiddles, boolean isInverse) {
        PlainWaves.transform(re, im, re2, im2, twiddles, isInverse);
    }
}
