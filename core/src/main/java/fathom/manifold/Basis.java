package fathom.manifold;

import java.util.ArrayList;
import java.util.List;

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
    private final List<double[]> members = new ArrayList<>();

    Basis(int length) {
        this.length = length;
        this.nothing = new double[length];
    }

    void add(double[][] vectors) {
        members.addAll(List.of(vectors));
    }

    int size() {
        return members.size();
    }

    /** The inner products of vectors with all members: a row for each vector. */
    double[][] dots(double[][] vectors, Team team) {
        double[][] dots = new double[vectors.length][up(size())];
        eachGroup(vectors.length, team, (group, from, to) -> {
            for (int i = 0; i < size(); i += FOUR) {
                for (int v = group; v < Math.min(vectors.length, group + GROUP); v++) {
                    Doubles.addDots(
                            vectors[v], member(i), member(i + 1), member(i + 2), member(i + 3), from, to, dots[v], i);
                }
            }
        });
        return dots;
    }

    /** Adds to every vector the sum of all members, each times {@code scale} and a factor from the vector's row. */
    void addTo(double[][] vectors, double scale, double[][] factors, Team team) {
        double[][] scaled = new double[vectors.length][up(size())];
        for (int v = 0; v < vectors.length; v++) {
            for (int i = 0; i < size(); i++) {
                scaled[v][i] = scale * factors[v][i];
            }
        }
        eachGroup(vectors.length, team, (group, from, to) -> {
            for (int i = 0; i < size(); i += FOUR) {
                for (int v = group; v < Math.min(vectors.length, group + GROUP); v++) {
                    Doubles.addScaled(
                            vectors[v], scaled[v], i, member(i), member(i + 1), member(i + 2), member(i + 3), from, to);
                }
            }
        });
    }

    private double[] member(int i) {
        return i < size() ? members.get(i) : nothing;
    }

    private static int up(int count) {
        return (count + FOUR - 1) / FOUR * FOUR;
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
