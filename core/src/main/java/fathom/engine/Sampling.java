package fathom.engine;

import fathom.random.Noise;

/** The noise of {@link fathom.model.Layer.Reparameterise}, the same in every engine. Number {@code j} of example {@code i}
 * in a batch has the index {@code i·latent + j}. */
public enum Sampling {
    /** Fresh noise in every step. */
    TRAINING,
    /** The same noise for every batch. */
    EVALUATION,
    /** No noise: the means. */
    NONE;

    /**
     * @param path of the layer that draws
     * @param step of the training; without meaning for the others
     * @throws IllegalArgumentException if there is none
     */
    public Noise noise(long seed, String path, long step) {
        return switch (this) {
            case TRAINING -> Noise.of(seed, "latent/" + path, step);
            case EVALUATION -> Noise.of(seed, "evaluation/" + path, 0);
            case NONE -> throw new IllegalArgumentException("the means need no noise");
        };
    }
}
