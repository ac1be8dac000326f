package fathom.manifold;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An order of points in which near ones come near each other: the points are halved again and again along the line between
 * two far ones, until a part is no larger than wanted. It only serves speed: which order it is changes no result.
 */
final class Grove {
    private static final int SAMPLE = 64;

    private final Matrix points;
    private final int leaf;
    private final long[] keys;

    private record Part(int from, int to) {}

    private Grove(Matrix points, int leaf) {
        this.points = points;
        this.leaf = leaf;
        this.keys = new long[points.rows()];
    }

    /**
     * Point numbers in their order; parts begin at multiples of {@code leaf}, and the larger ones at blocks of the
     * neighbour search, which can take points in this order as they come.
     */
    static int[] order(Matrix points, int leaf, Team team) {
        Grove grove = new Grove(points, leaf);
        Arrays.setAll(grove.keys, i -> i);
        List<Part> level = List.of(new Part(0, points.rows()));
        while (!level.isEmpty()) {
            List<Part> parts = level;
            team.run(parts.size(), task -> grove.halve(parts.get(task)));
            List<Part> next = new ArrayList<>();
            for (Part part : parts) {
                int middle = grove.middle(part);
                for (Part half : List.of(new Part(part.from, middle), new Part(middle, part.to))) {
                    if (half.to - half.from > leaf) {
                        next.add(half);
                    }
                }
            }
            level = next;
        }
        int[] order = new int[points.rows()];
        Arrays.setAll(order, i -> (int) grove.keys[i]);
        return order;
    }

    private int middle(Part part) {
        int unit = part.to - part.from > NeighborSearch.BLOCK ? Math.max(leaf, NeighborSearch.BLOCK) : leaf;
        int units = (part.to - part.from + unit - 1) / unit;
        return Math.min(part.to, part.from + (units + 1) / 2 * unit);
    }

    private void halve(Part part) {
        int middle = middle(part);
        if (middle == part.to) {
            return;
        }
        int d = points.columns();
        float[] values = points.values();
        int near = farthest(part, (int) keys[part.from]);
        int far = farthest(part, near);
        float[] line = new float[d];
        for (int c = 0; c < d; c++) {
            line[c] = values[far * d + c] - values[near * d + c];
        }
        for (int i = part.from; i < part.to; i++) {
            int point = (int) keys[i];
            float along = 0;
            for (int c = 0; c < d; c++) {
                along += line[c] * values[point * d + c];
            }
            keys[i] = (long) ordered(along) << 32 | point;
        }
        Selection.smallestFirst(keys, part.from, part.to - 1, middle);
    }

    /** The bits of a float as a number that is not negative and has the same order. */
    private static int ordered(float value) {
        int bits = Float.floatToIntBits(value);
        return ((bits >= 0 ? bits : bits ^ 0x7fffffff) >> 1) + 0x40000000;
    }

    private int farthest(Part part, int from) {
        int step = Math.max(1, (part.to - part.from) / SAMPLE);
        int best = from;
        double most = -1;
        for (int i = part.from; i < part.to; i += step) {
            int point = (int) keys[i];
            double sum = 0;
            for (int c = 0; c < points.columns(); c++) {
                double difference = (double) points.at(point, c) - points.at(from, c);
                sum += difference * difference;
            }
            if (sum > most) {
                most = sum;
                best = point;
            }
        }
        return best;
    }
}
