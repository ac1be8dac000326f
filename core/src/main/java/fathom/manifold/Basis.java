package fathom.manifold;

import java.util.Arrays;

/**
 * A growing list of vectors of one length that others are multiplied by. A stretch of four members serves a group of the
 * others while it is in the cache.
 */
final class Basis {
    private static final int FOUR = 4;
    private static final int GROUP = 8;
    private static final int STRETCH = 512;

    private final int length;
    private final double[] nothing;
    private int size;

    /** The vectors, and zeros that make them a multiple of four. */
    private double[][] members = new double[0][];

    Basis(int length) {
        this.length = length;
        this.nothing = new double[length];
    }

    void add(double[][] vectors) {
        double[][] more = Arrays.copyOf(members, size + vectors.length);
        System.arraycopy(vectors, 0, more, size, vectors.length);
        size += vectors.length;
        members = padded(more);
    }

    int size() {
        return size;
    }

    private double[][] padded(double[][] vectors) {
        double[][] padded = Arrays.copyOf(vectors, (vectors.length + FOUR - 1) / FOUR * FOUR);
        Arrays.fill(padded, vectors.length, padded.length, nothing);
        return padded;
    }

    /** The inner products of vectors with all members: a row for each vector. */
    double[][] dots(double[][] vectors, Team team) {
        double[][] rows = padded(vectors);
        double[][] dots = new double[rows.length][members.length];
        eachGroup(rows.length, team, (group, from, to) -> {
            for (int i = 0; i < members.length; i += FOUR) {
                for (int v = group; v < Math.min(rows.length, group + GROUP); v += FOUR) {
                    Doubles.addDots(rows, v, members, i, from, to, dots);
                }
            }
        });
        return Arrays.copyOf(dots, vectors.length);
    }

    /** Adds to every vector the sum of all members, each times {@code scale} and a factor from the vector's row. */
    void addTo(double[][] vectors, double scale, double[][] factors, Team team) {
        double[][] scaled = new double[vectors.length][members.length];
        for (int v = 0; v < vectors.length; v++) {
            for (int i = 0; i < size; i++) {
                scaled[v][i] = scale * factors[v][i];
            }
        }
        eachGroup(vectors.length, team, (group, from, to) -> {
            for (int i = 0; i < members.length; i += FOUR) {
                for (int v = group; v < Math.min(vectors.length, group + GROUP); v++) {
                    Doubles.addScaled(vectors[v], scaled[v], members, i, from, to);
                }
            }
        });
    }

    /** What happens to the vectors of a group, over part of their length. */
    private interface Step {
        void run(int firstVector, int from, int to);
    }

    private void eachGroup(int vectors, Team team, Step step) {
        team.run((vectors + GROUP - 1) / GROUP, group -> {
            for (int from = 0; from < length; from += STRETCH) {
                step.run(group * GROUP, from, Math.min(length, from + STRETCH));
            }
        });
    }
}
