package fathom.inspect;

import java.util.Arrays;

/** What the encoder of an autoencoder says of some examples: for each, the normal distribution of its latent numbers. */
public final class Codes {
    private final int size;
    private final float[] means;
    private final float[] logVariances;

    /**
     * @param size how many latent numbers an example has
     * @param means examples × size
     * @param logVariances likewise
     */
    Codes(int size, float[] means, float[] logVariances) {
        this.size = size;
        this.means = means;
        this.logVariances = logVariances;
    }

    /** How many latent numbers an example has. */
    public int size() {
        return size;
    }

    /** How many examples. */
    public int count() {
        return means.length / size;
    }

    /** All means, examples × {@link #size}. */
    public float[] means() {
        return means;
    }

    /** The logarithms of all variances, examples × {@link #size}. */
    public float[] logVariances() {
        return logVariances;
    }

    /** The means of one example. */
    public float[] mean(int example) {
        return Arrays.copyOfRange(means, example * size, (example + 1) * size);
    }
}
