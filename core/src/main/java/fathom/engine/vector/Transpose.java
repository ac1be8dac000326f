package fathom.engine.vector;

/** Between rows, one an example, and lanes. */
final class Transpose {
    private Transpose() {}

    /** What {@link Kernels#toRows} does, by plain loops: {@code rows[to + l·step + e] = m[from + place[e] + l]} for the first {@code examples} lanes. */
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
