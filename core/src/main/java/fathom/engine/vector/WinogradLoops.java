package fathom.engine.vector;

/**
 * The sums around the products of a convolution 3×3 by F(4×4, 3×3) of Winograd, after Lavin and Gray, "Fast algorithms for
 * convolutional neural networks", 2016: with
 *
 * <pre>
 *      ⎡4  0 −5  0 1 0⎤       ⎡ 1/4    0    0 ⎤
 *      ⎢0 −4 −4  1 1 0⎥       ⎢−1/6 −1/6 −1/6 ⎥        ⎡1 1  1 1  1 0⎤
 * Bᵀ = ⎢0  4 −4 −1 1 0⎥   G = ⎢−1/6  1/6 −1/6 ⎥   Aᵀ = ⎢0 1 −1 2 −2 0⎥
 *      ⎢0 −2 −1  2 1 0⎥       ⎢1/24 1/12  1/6 ⎥        ⎢0 1  1 4  4 0⎥
 *      ⎢0  2 −1 −2 1 0⎥       ⎢1/24 −1/12 1/6 ⎥        ⎣0 1 −1 8 −8 1⎦
 *      ⎣0  4  0 −5 0 1⎦       ⎣  0    0    1  ⎦
 * </pre>
 *
 * a tile y of 4×4 is Aᵀ [Σ over channels of (G w Gᵀ) ⊙ (Bᵀ d B)] A, where d is its window of 6×6 and w the kernel: 36
 * products for each pair of channels instead of 144. The gradient of w is Gᵀ [Σ over tiles of (A dy Aᵀ) ⊙ (Bᵀ d B)] G.
 *
 * <p>A tile of which only three rows or columns count needs no last row or column of M ({@link Tiling}): the last column of Aᵀ
 * has but one number that is not 0.
 *
 * <p>All numbers are vectors, a lane for each picture. Number k of a tile's 36 is that of row k ÷ 6, column k mod 6.
 */
interface WinogradLoops {
    /** Side of a tile. */
    int TILE = 4;

    /** Side of its window. */
    int WINDOW = 6;

    /** What a tile becomes. */
    int NUMBERS = WINDOW * WINDOW;

    /**
     * Bᵀ d B of the windows of some tiles.
     *
     * @param tiling of {@link Tiling#windows}
     * @param from where the plane of the first channel lies
     * @param plane from one channel to the next
     * @param scratch room for {@link #NUMBERS} vectors
     */
    void windows(float[] m, Tiling tiling, Tiling.Block block, int from, int plane, int scratch);

    /** A dy Aᵀ of some tiles; {@code tiling} of {@link Tiling#squares}, the rest as in {@link #windows}. */
    void squares(float[] m, Tiling tiling, Tiling.Block block, int from, int plane, int scratch);

    /**
     * Writes start + Aᵀ M A for some tiles; {@code tiling} of {@link Tiling#squares}.
     *
     * @param start where in {@code m} a first summand for each channel lies, or {@link Kernels#ZERO}
     * @param to where the plane of the first channel lies
     */
    void gather(float[] m, Tiling tiling, Tiling.Block block, int start, int to, int plane);

    /**
     * Gᵀ U G of numbers that lie {@code step} apart, for as many kernels as {@code count} says, side by side; adds entry k
     * of the nine to {@code m[to + k·toStep …]}.
     *
     * @param count a multiple of the number of lanes
     */
    void kernels(float[] m, int from, int step, int count, int to, int toStep, int scratch);

    /**
     * G w Gᵀ of kernels that lie {@code step} apart, the nine entries of each {@code tapStep} apart: number k of kernel i
     * goes to {@code m[to + k·toStep + i]}.
     *
     * @param tapStep −1 for kernels that are turned by half a turn; {@code from} is then the first one's last entry
     */
    void weights(float[] m, int from, int step, int tapStep, int count, int to, int toStep);
}
