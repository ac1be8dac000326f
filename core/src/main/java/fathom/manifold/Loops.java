package fathom.manifold;

/** The inner loops of t-SNE over flat arrays, whose ends are padded by {@link #lanes()} numbers. */
interface Loops {
    /** How many numbers one instruction takes; rows of edges are padded to a multiple of it. */
    int lanes();

    /**
     * Attraction along the edges of points {@code from … to − 1}: pull[i] = Σⱼ p(i,j) · w(i,j) · (y(i) − y(j)), where
     * w = 1 / (1 + |y(i) − y(j)|²).
     *
     * @param packed every point's two coordinates in one long, x in the lower half
     */
    void attract(Edges edges, int from, int to, long[] packed, float[][] at, float[][] pull);

    /**
     * Adds the short-range part of the repulsion to the points of one row of cells, in cell order.
     *
     * @return the short-range part of Z of those points, each point's pair with itself included
     */
    double repelNear(Cells cells, int row, float radius, float[] pushX, float[] pushY);

    /** Adds the cubic spline weights of the sorted points {@code from … to − 1} to the mesh. */
    void spread(Cells cells, int from, int to, Mesh mesh);

    /**
     * Reads the potential at the sorted points: push = −½ its gradient.
     *
     * @return the sum of the potential over the points
     */
    double gather(Cells cells, int from, int to, Mesh mesh, float[] pushX, float[] pushY);

    /**
     * All pairs of points {@code from … to − 1} with everyone: pull as in {@link #attract} with dense affinities, push[i] =
     * Σⱼ w² (y(i) − y(j)).
     *
     * @param affinities row after row, {@code stride} numbers each
     * @param z where point {@code i} finds room for its sum of w over the others
     */
    void pairs(
            float[] affinities, int stride, int from, int to, float[][] at, float[][] pull, float[][] push, double[] z);

    /**
     * Sets push = Σⱼ w² (y − y(j)) over all {@code padded} points of three coordinates.
     *
     * @param own which of them stands at {@code place} and is left out, or −1
     * @return Σⱼ w
     */
    double pushAway(float[][] at, int padded, int own, float[] place, float[] push);

    /**
     * A complex Fourier transform of {@code lanes()} signals side by side: number k of signal v stands at k·lanes + v. The
     * result is left in {@code re} and {@code im}; the other two arrays are scratch.
     */
    void transform(float[] re, float[] im, float[] re2, float[] im2, Twiddles twiddles, boolean isInverse);
}
