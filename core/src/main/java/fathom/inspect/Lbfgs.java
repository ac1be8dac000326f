package fathom.inspect;

import java.util.ArrayDeque;

/**
 * Minimises a smooth convex function: limited-memory BFGS (Nocedal and Wright, "Numerical Optimization", 2nd edition,
 * algorithm 7.5) with halving of the step until it descends enough (Armijo's rule).
 */
final class Lbfgs {
    private static final int MEMORY = 12;
    private static final int MOST_STEPS = 1_000;
    private static final double ENOUGH = 1e-4;
    private static final double TOLERANCE = 1e-7;
    private static final int MOST_HALVINGS = 40;

    /** A function with its gradient. */
    interface Function {
        /** The value; writes the gradient. */
        double at(double[] point, double[] gradient);
    }

    /** A step taken, how the gradient changed over it, and 1 / their product. */
    private record Pair(Vector step, Vector change, double rho) {}

    private static final class Vector {
        private final double[] values;

        Vector(double[] values) {
            this.values = values;
        }
    }

    private Lbfgs() {}

    /**
     * A point where no entry of the gradient exceeds 1e-7 times the largest at the start, or no step descends any more; at
     * the latest, that after {@value #MOST_STEPS} steps.
     */
    static double[] minimise(double[] start, Function function) {
        double[] point = start.clone();
        var gradient = new double[point.length];
        double value = function.at(point, gradient);
        double limit = TOLERANCE * Math.max(largest(gradient), Double.MIN_NORMAL);
        var pairs = new ArrayDeque<Pair>();
        for (int step = 0; step < MOST_STEPS && largest(gradient) > limit; step++) {
            double[] direction = direction(gradient, pairs);
            double slope = dot(direction, gradient);
            double length = pairs.isEmpty() ? 1 / Math.max(1, Math.sqrt(dot(gradient, gradient))) : 1;
            double[] next = point;
            var nextGradient = new double[point.length];
            double nextValue = value;
            for (int halving = 0; halving < MOST_HALVINGS; halving++, length /= 2) {
                next = along(point, length, direction);
                nextValue = function.at(next, nextGradient);
                if (nextValue <= value + ENOUGH * length * slope) {
                    break;
                }
            }
            if (!(nextValue < value)) {
                return point;
            }
            remember(pairs, difference(next, point), difference(nextGradient, gradient));
            point = next;
            gradient = nextGradient;
            value = nextValue;
        }
        return point;
    }

    private static void remember(ArrayDeque<Pair> pairs, double[] step, double[] change) {
        double product = dot(step, change);
        if (product > 0) {
            pairs.addFirst(new Pair(new Vector(step), new Vector(change), 1 / product));
            if (pairs.size() > MEMORY) {
                pairs.removeLast();
            }
        }
    }

    /** −H·gradient by the two loops over the remembered pairs, newest first and then back. */
    private static double[] direction(double[] gradient, ArrayDeque<Pair> pairs) {
        double[] q = gradient.clone();
        var alphas = new ArrayDeque<Double>();
        for (Pair pair : pairs) {
            double alpha = pair.rho() * dot(pair.step().values, q);
            alphas.push(alpha);
            add(q, -alpha, pair.change().values);
        }
        if (!pairs.isEmpty()) {
            Pair newest = pairs.getFirst();
            double[] change = newest.change().values;
            double scale = 1 / (newest.rho() * dot(change, change));
            for (int i = 0; i < q.length; i++) {
                q[i] *= scale;
            }
        }
        var oldestFirst = pairs.descendingIterator();
        while (oldestFirst.hasNext()) {
            Pair pair = oldestFirst.next();
            double beta = pair.rho() * dot(pair.change().values, q);
            add(q, alphas.pop() - beta, pair.step().values);
        }
        for (int i = 0; i < q.length; i++) {
            q[i] = -q[i];
        }
        return q;
    }

    private static double[] along(double[] point, double length, double[] direction) {
        double[] next = point.clone();
        add(next, length, direction);
        return next;
    }

    private static double[] difference(double[] a, double[] b) {
        double[] result = a.clone();
        add(result, -1, b);
        return result;
    }

    private static void add(double[] to, double factor, double[] what) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * what[i];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
