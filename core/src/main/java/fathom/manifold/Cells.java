package fathom.manifold;

import java.util.Arrays;

/**
 * The points sorted into rows of cells, so that those near each other in the plane stand near each other in memory: the
 * neighbourhood of a cell is one stretch in each of a few rows.
 */
final class Cells {
    /** How many rows of cells a point's short range reaches up and down: a row is half the radius high. */
    static final int REACH = 2;

    final int points;
    final float[] x;
    final float[] y;
    final int[] order;
    int rows;
    int columns;
    int[] starts = new int[1];
    private float minX;
    private float inverseWidth;
    private int[] key;

    /** Room for so many points, with {@code padding} unused places behind the last. */
    Cells(int points, int padding) {
        this.points = points;
        this.x = new float[points + padding];
        this.y = new float[points + padding];
        this.order = new int[points];
        this.key = new int[points];
    }

    /** Sorts the points into cells of the given size; stable, so the same points give the same order. */
    void sort(float[][] at, Bounds bounds, float width, float height) {
        minX = bounds.lowX();
        inverseWidth = 1 / width;
        float inverseHeight = 1 / height;
        columns = (int) (bounds.width() * inverseWidth) + 1;
        rows = (int) (bounds.height() * inverseHeight) + 1;
        int cells = columns * rows;
        if (starts.length < cells + 1) {
            starts = new int[cells + cells / 2 + 1];
        } else {
            Arrays.fill(starts, 0, cells + 1, 0);
        }
        float[] fromX = at[0];
        float[] fromY = at[1];
        for (int i = 0; i < points; i++) {
            int row = Math.min(rows - 1, Math.max(0, (int) ((fromY[i] - bounds.lowY()) * inverseHeight)));
            int cell = row * columns + column(fromX[i]);
            key[i] = cell;
            starts[cell]++;
        }
        int sum = 0;
        for (int c = 0; c <= cells; c++) {
            int count = starts[c];
            starts[c] = sum;
            sum += count;
        }
        for (int i = 0; i < points; i++) {
            int place = starts[key[i]]++;
            order[place] = i;
            x[place] = fromX[i];
            y[place] = fromY[i];
        }
        // Each start has moved to its cell's end, which is the next one's start.
        System.arraycopy(starts, 0, starts, 1, cells);
        starts[0] = 0;
    }

    /** The column of cells in which an x lies; the same sum for sorting and for looking up. */
    int column(float atX) {
        return Math.min(columns - 1, Math.max(0, (int) ((atX - minX) * inverseWidth)));
    }

    /** How many columns of cells a distance reaches to either side. */
    int reachX(float distance) {
        return (int) Math.ceil(distance * inverseWidth);
    }

    /** Where the points of one cell begin; column = columns gives the row's end. */
    int start(int row, int column) {
        return starts[row * columns + column];
    }

    int rowStart(int row) {
        return starts[row * columns];
    }
}
