package fathom.engine.vector;

/**
 * The loops over vectors, in two spellings: by the Vector API ({@link VectorKernels}) and by plain loops
 * ({@link PlainKernels}).
 *
 * <p>Arrays hold groups of {@link #lanes} examples side by side; all offsets and steps are in floats. Every sum is taken in
 * an order that depends on nothing but the sizes, so results are the same to the last bit from run to run.
 */
interface Kernels {
    /** A product begins with nothing. */
    int ZERO = -1;

    /** A product goes on top of what is there. */
    int ADD = -2;

    /** How many examples lie side by side. */
    int lanes();

    /** For people: which loops these are. */
    String about();

    /**
     * The loop behind every matrix product and convolution. For each position p and channel c of a part of the pattern
     *
     * <pre>m[to[p] + c·plane] = start + Σ_t numbers[weights + c·channelStep + t·tapStep] · m[from[p] + taps[t]]</pre>
     *
     * where the first factor is a number and the second, like the sum, a vector.
     *
     * @param part which channels and positions
     * @param firstTap the first of the pattern's taps that is summed
     * @param taps how many are
     * @param numbers {@code m} or the batch itself
     * @param start {@link #ZERO}, {@link #ADD}, or where in {@code m} a first summand for each channel lies
     */
    void product(
            Pattern pattern,
            Part part,
            int firstTap,
            int taps,
            float[] numbers,
            int weights,
            int start,
            float[] m,
            int from,
            int to);

    /**
     * The loop behind a convolution's weight gradient: for each pair of streams of vectors, the sum of their products over
     * all positions and lanes, added to {@code m[to + i·rights + j]}, where the overlap has that many right streams.
     *
     * @param scratch room for 32 vectors
     */
    void correlate(Overlap overlap, Overlap.Block block, float[] m, int left, int right, int to, int scratch);

    /**
     * Three vectors at {@code out}, a number for each lane: a pivot p (the first number of the plane), Σ (x − p) and
     * Σ (x − p)². Sums about a pivot keep their digits where the mean is large beside the deviation.
     */
    void moments(float[] m, int x, Grid grid, int rowStep, int out);

    /** A vector at {@code out}: the sum of a plane's vectors. */
    void sum(float[] m, int x, Grid grid, int rowStep, int out);

    /** Two vectors at {@code out}: Σ d and Σ d·(x − mean), of a gradient that lies in a plane. */
    void sums(float[] m, int d, int dRowStep, int x, int xRowStep, Grid grid, float mean, int out);

    /**
     * Scale, shift, activation and pooling in one pass: the largest of each window of {@code scale·x + shift}, times
     * {@code slope} where it is not positive (slope 0 is ReLU, 1 is none).
     */
    void pool(float[] m, Window window, int x, int y, Norm n);

    /**
     * As {@link #pool}, of windows 2×2 that tile their plane ({@link Window#tiles}); what won, as it is in x, is kept.
     *
     * @param winners a plane as large as the output, without borders
     */
    void poolKeeping(float[] m, Window window, int x, int y, Norm n, int winners);

    /**
     * The way back through {@link #pool}: d, the gradient at the shifted numbers, is what the window's first largest number
     * earned, and 0 for the others; {@code dx = a·d + b·x + c}.
     *
     */
    void route(float[] m, Window window, int x, int dy, int dx, Norm n, float a, float b, float c);

    /** Two vectors at {@code out}: Σ d and Σ d·(x − mean), where d is as in {@link #route}; {@code plane} has room for it. */
    void routedSums(float[] m, Window window, int x, int dy, Norm n, float mean, int plane, int out);

    /** Scale, shift and slope of {@link #pool}. */
    record Norm(float scale, float shift, float slope) {}

    /**
     * Sets numbers of a plane to zero by a counted hash, and scales the others.
     *
     * @param index number of the plane's first element among all of the batch; lanes are {@code laneStep} apart
     * @param threshold a number is dropped if 31 hashed bits are below it
     */
    void dropout(
            float[] m, int x, Grid grid, int rowStep, int index, int laneStep, int key, int threshold, float scale);

    /** Loops without a shape. */
    Stretches stretches();

    /** Loops around the products of a convolution 3×3. */
    WinogradLoops winograd();

    /** Activation and pooling without a norm. */
    MarkLoops marks();

    /** Loops of sequences. */
    SequenceLoops sequences();

    /**
     * Reads through a stretch, one number a cache line, so that it is near when a product then jumps about in it: the
     * processor fetches ahead of a straight walk, but not of jumps.
     */
    void touch(float[] m, int at, int count);

    /**
     * Rows, one an example, to lanes: {@code m[to + place[e] + l] = rows[from + l·step + e]}, and 0 in lanes from
     * {@code examples} on.
     *
     * @param scratch room for as many vectors as there are lanes
     */
    void toLanes(float[] rows, int from, int step, int examples, float[] m, int to, int[] place, int scratch);

    /** The other way: {@code rows[to + l·step + e] = m[from + place[e] + l]} for the first {@code examples} lanes. */
    void toRows(float[] m, int from, int[] place, int examples, float[] rows, int to, int step, int scratch);

    /** Rows and columns of a plane. */
    record Grid(int rows, int columns) {}
}
