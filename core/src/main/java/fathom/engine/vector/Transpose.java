package fathom.engine.vector;

/** Between rows, one an example, and lanes. */
final class Transpose {
    private Transpose() {}

    /** See {@link Kernels#toLanes}. */
    static void toLanes(int lanes, float[] rows, int from, int step, int examples, float[] m, int to, int[] place) {
        for (int block = 0; block < place.length; block += lanes) {
            int end = Math.min(place.length, block + lanes);
            for (int lane = 0; lane < examples; lane++) {
                int row = from + lane * step;
                for (int e = block; e < end; e++) {
                    m[to + place[e] + lane] = rows[row + e];
                }
            }
            for (int e = block; e < end; e++) {
                for (int lane = examples; lane < lanes; lane++) {
                    m[to + place[e] + lane] = 0;
                }
            }
        }
    }

    /** The other way: {@code rows[to + l·step + e] = m[from + place[e] + l]} for the first {@code examples} lanes. */
    static void toRows(int lanes, float[] m, int from, int[] place, int examples, float[] rows, int to, int step) {
        for (int block = 0; block < place.length; block += lanes) {
            int end = Math.min(place.length, block + lanes);
            for (int lane = 0; lane < examples; lane++) {
                int row = to + lane * step;
                for (int e = block; e < end; e++) {
                    rows[row + e] = m[from + place[e] + lane];
                }
            }
        }
    }
}
