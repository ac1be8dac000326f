package fathom.inspect;

import fathom.manifold.Matrix;
import fathom.manifold.Pca;
import java.util.Arrays;

/** Keeps of each example that passes only its coordinates along principal components, in the order they come. */
final class Coordinates implements Collector {
    private final Pca pca;
    private final int threads;
    private final float[] values;
    private int filled;

    /** @param count how many examples will pass */
    Coordinates(Pca pca, int count, int threads) {
        this.pca = pca;
        this.threads = threads;
        this.values = new float[Math.multiplyExact(count, pca.components())];
    }

    @Override
    public void take(int[] examples, float[] activations) {
        Matrix batch = Matrix.of(examples.length, pca.axes().columns(), activations);
        float[] coordinates = pca.transform(batch, threads).values();
        System.arraycopy(coordinates, 0, values, filled, coordinates.length);
        filled += coordinates.length;
    }

    @Override
    public Matrix matrix() {
        return Matrix.of(filled / pca.components(), pca.components(), Arrays.copyOf(values, filled));
    }
}
