package fathom.manifold;

/** How the forces of t-SNE are summed. */
public enum Method {
    /** {@link #EXACT} for up to 2,000 points or in three dimensions, {@link #MESH} for more. */
    AUTO,
    /** All pairs of points with the full P, for at most 46,336 points: time and memory grow with n². */
    EXACT,
    /** Near neighbours only in P; repulsion over near pairs and, beyond, through a mesh. In the plane only. */
    MESH;

    /** Up to here all pairs are faster than a mesh, and P may be full. */
    static final int MOST_EXACT = 2_000;

    /** So many rows of so many distances, padded to whole panels, are fewer than the 2^31 numbers of one array. */
    static final int MOST_PAIRED = 46_336;

    Method chosen(int points, int dims) {
        return switch (this) {
            case AUTO -> points <= MOST_EXACT || dims == 3 ? EXACT : MESH;
            case EXACT, MESH -> this;
        };
    }
}
