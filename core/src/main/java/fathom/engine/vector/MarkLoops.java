package fathom.engine.vector;

/**
 * Activation and pooling that note who won, so that the numbers themselves need not be kept for the way back: a window 2×2
 * of 16 lanes is 256 bytes, its marks are 16. For windows that tile their plane ({@link Window#tiles}), 1×1 and 2×2.
 *
 * <p>A mark says of each lane yes or no; it is a whole number with a bit for each lane, which a float holds exactly up to 24
 * lanes. A window 1×1 has one: whether its number is positive. A window 2×2 has four: whether its largest is its first
 * number, its second, its third, in the order of rows, and whether that is positive. If several are the largest, the first
 * of them takes all.
 */
interface MarkLoops {
    /** How many marks a window has. */
    static int perWindow(int kernel) {
        return kernel == 1 ? 1 : 4;
    }

    /**
     * The largest of each window, times {@code slope} where it is not positive.
     *
     * @param x plane that is read
     * @param y plane that is written
     * @param marks where the windows' marks go, one window after the other
     */
    void pool(float[] m, Window window, int x, int y, float slope, int marks);

    /**
     * The way back: {@code dy}, times {@code slope} where the largest was not positive, goes to the place of the largest; the
     * others of its window get 0.
     */
    void route(float[] m, Window window, int marks, int dy, int dx, float slope);
}
