package fathom.inspect;

import fathom.manifold.Matrix;
import java.util.HashMap;
import java.util.Map;

/** Keeps the activations of some examples at one tap, whole: one row an example. */
final class Rows implements Collector {
    private final Map<Integer, Integer> rowOf = new HashMap<>();
    private final int columns;
    private float[] values = {};

    /** @param examples those to keep, in the order of the rows */
    Rows(int[] examples, int columns) {
        this.columns = columns;
        for (int row = 0; row < examples.length; row++) {
            rowOf.put(examples[row], row);
        }
    }

    /** The table is made when the first batch comes: until then a wish costs nothing. */
    @Override
    public void take(int[] examples, float[] activations) {
        if (values.length == 0) {
            values = new float[Math.multiplyExact(rowOf.size(), columns)];
        }
        for (int i = 0; i < examples.length; i++) {
            Integer row = rowOf.get(examples[i]);
            if (row != null) {
                System.arraycopy(activations, i * columns, values, row * columns, columns);
            }
        }
    }

    @Override
    public Matrix matrix() {
        return Matrix.of(rowOf.size(), columns, values);
    }
}
