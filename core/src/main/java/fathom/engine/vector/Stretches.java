package fathom.engine.vector;

/**
 * Loops over stretches of memory, number by number. Counts are multiples of the lanes; y and the others are the same
 * stretch or do not overlap.
 *
 * <p>They are written by the Vector API as well, because the compiler makes no vectors of a loop that reads and writes one
 * array at distances it does not know.
 */
interface Stretches {
    /** {@code y += x}. */
    void add(float[] m, int y, int x, int count);

    /** {@code y = x − z}. */
    void subtract(float[] m, int y, int x, int z, int count);

    /** {@code y = max(y, x)}. */
    void max(float[] m, int y, int x, int count);

    /** {@code y = a·y + b·x + c}. */
    void combine(float[] m, int y, int x, int count, float a, float b, float c);

    /** {@code y = eˣ}; relative error below 2e-7 for x in −87 … 88, constant beyond. */
    void exponential(float[] m, int y, int x, int count);

    /** {@code y = 1 / (1 + e⁻ˣ)}. */
    void sigmoid(float[] m, int y, int x, int count);

    /** {@code y = 2 / (1 + e⁻²ˣ) − 1}. */
    void tanh(float[] m, int y, int x, int count);

    /** {@code y *= x·(1 − x)}: the slope of a sigmoid whose value is x. */
    void timesSigmoidSlope(float[] m, int y, int x, int count);

    /** {@code y *= 1 − x²}: the slope of a hyperbolic tangent whose value is x. */
    void timesTanhSlope(float[] m, int y, int x, int count);

    /**
     * How badly numbers y describe x, for one stretch of vectors: at {@code out} a vector of sums, lane by lane. Unless
     * {@code d} is negative, {@code d = (1 / (1 + e⁻ʸ) − x)·scale}. Binary cross-entropy of a sigmoid of y is {@code
     * max(y, 0) − x·y + log (1 + e^−|y|)}; the logarithm is left to the caller: a second vector at {@code out} holds the
     * product of {@code 1 + e^−|y|}, so a stretch may hold 120 vectors at most. A third holds the largest |x − ½|.
     *
     * @param scale a vector
     */
    void crossEntropy(float[] m, int y, int x, int d, int count, int scale, int out);

    /** The same for Σ (y − x)²: {@code d = 2·(y − x)·scale}. */
    void squares(float[] m, int y, int x, int d, int count, int scale, int out);

    /** The same for Σ |y − x|: {@code d = ±scale}, 0 where they are equal. */
    void distances(float[] m, int y, int x, int d, int count, int scale, int out);

    /**
     * A running sum of gradients that is smaller moves no weight and becomes 0. Where no gradient comes any more, in a unit
     * that is always off, it would fall until it is subnormal and stay so, and processors take many times as long for those.
     */
    float SETTLED = 1e-34f;

    /**
     * Gradient descent: with g = gradient + decay·w, {@code v = momentum·v + g; w −= rate·(ownShare·g + momentumShare·v)}, v
     * {@link #SETTLED}.
     */
    void descend(float[] m, int w, int gradient, int v, int count, Descent k);

    /** The numbers of one step of gradient descent; without momentum {@code v} is not touched. */
    record Descent(float rate, float decay, float momentum, float ownShare, float momentumShare) {}

    /**
     * Adam (Kingma and Ba 2015, algorithm 1): with g = gradient + decay·w, {@code mean += newMean·(g − mean); square +=
     * newSquare·(g² − square); w = kept·w − rate·mean / (√square·rootScale + epsilon)}, mean and square {@link #SETTLED}.
     */
    void adam(float[] m, int w, int gradient, int mean, int square, int count, AdamStep k);

    /** The numbers of one step of Adam; {@code rate} and {@code rootScale} hold the bias corrections. */
    record AdamStep(
            float rate, float decay, float kept, float newMean, float newSquare, float rootScale, float epsilon) {}
}
