package fathom.engine.vector;

/**
 * The loops of sequences: the pointwise part of an LSTM, and layer norm over the features of one token. All numbers are
 * vectors of one group's examples, one vector a unit or a feature; {@code mask} is where a vector lies that is 1 in the
 * lanes whose token is real and 0 in the others. Counts are numbers of vectors.
 */
interface SequenceLoops {
    /** No state before. */
    int NONE = -1;

    /**
     * The cell's new state, {@code c = mask·(f·c' + i·g)}, where the gates lie activated, i, f, g, o.
     *
     * @param gates where the first unit's input gate lies
     * @param gateStep from one gate to the next
     * @param previous where c' lies, or {@link #NONE} for zero
     */
    void remember(float[] m, int c, int gates, int gateStep, int previous, int mask, int units);

    /**
     * The way back through one step of the cell (by the chain rule from {@code h = o·tanh c}); the gradients of the four
     * sums before activation replace the gates.
     *
     * @param carry the gradient of c from the step that came later; becomes that for the step before
     * @param bent tanh c
     * @param dh the gradient of h
     */
    void recall(float[] m, int gates, int gateStep, int previous, int carry, int bent, int dh, int mask, int units);

    /** Copies vectors that lie together to places {@code step} apart. */
    void spread(float[] m, int to, int step, int from, int count);

    /** {@code y = y·x}. */
    void times(float[] m, int y, int x, int count);

    /**
     * {@code normal = (x − mean x)/√(variance x + epsilon)} over the features, followed by one vector with that
     * root's inverse, and {@code y = mask·(normal·weight + bias)}.
     */
    void normalize(float[] m, int x, int normal, int y, int mask, int features, int weight, int bias, float epsilon);

    /** {@code dx = (g − mean g − normal · mean(g·normal)) / deviation}, where {@code g = mask·dy·weight}. */
    void normalizeBack(float[] m, int dy, int normal, int dx, int mask, int features, int weight);

    /** Sums for the gradients of layer norm's arrays: {@code ofWeight += mask·dy·normal} and {@code ofBias += mask·dy}. */
    void addNormGradients(float[] m, int dy, int normal, int mask, int ofWeight, int ofBias, int features);
}
