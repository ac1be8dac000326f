package fathom.inspect;

import fathom.manifold.Matrix;
import java.util.HashMap;
import java.util.Map;

/** Keeps the activations of some examples at one tap, whole: one row an example. */
final class Rows implements Collector {
    private final Map<Integer, Integer> rowOf = new HashMap<>();
    private final int columns;
    private final float[] values;

    /** @param examples those to keep, in the order of the rows */
    Rows(int[] examples, int columns) {
        this.columns = columns;
        this.values = new float[Math.multiplyExact(examples.length, columns)];
        for (int row = 0; row < examples.length; row++) {
            rowOf.put(examples[row], row);
        }
    }

    @Override
    public void take(int[] examples, float[] activations) {
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
