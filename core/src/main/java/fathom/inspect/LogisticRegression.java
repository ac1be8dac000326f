package fathom.inspect;

/**
 * Multinomial logistic regression: minimises Σ −log p(label | x) + ½‖W‖², where p is the softmax of Wx + b. The minimum is
 * unique up to a constant added to all biases; it is found by {@link Lbfgs} from zero.
 */
final class LogisticRegression {
    private final int classes;
    private final double[] weights;

    private LogisticRegression(int classes, double[] weights) {
        this.classes = classes;
        this.weights = weights;
    }

    /**
     * Learns.
     *
     * @param x one row an example
     */
    static LogisticRegression fit(double[][] x, int[] labels, int classes) {
        int stride = x[0].length + 1; // the bias comes last
        double[] found =
                Lbfgs.minimise(new double[classes * stride], (at, gradient) -> loss(x, labels, classes, at, gradient));
        return new LogisticRegression(classes, found);
    }

    private static double loss(double[][] x, int[] labels, int classes, double[] at, double[] gradient) {
        int features = x[0].length;
        int stride = features + 1;
        double loss = 0;
        for (int j = 0; j < at.length; j++) {
            boolean isBias = j % stride == features;
            gradient[j] = isBias ? 0 : at[j];
            loss += isBias ? 0 : at[j] * at[j] / 2;
        }
        var p = new double[classes];
        for (int i = 0; i < x.length; i++) {
            scores(at, x[i], p);
            loss -= p[labels[i]] - toProbabilities(p);
            for (int c = 0; c < classes; c++) {
                double error = p[c] - (labels[i] == c ? 1 : 0);
                for (int f = 0; f < features; f++) {
                    gradient[c * stride + f] += error * x[i][f];
                }
                gradient[c * stride + features] += error;
            }
        }
        return loss;
    }

    private static void scores(double[] weights, double[] x, double[] scores) {
        int stride = x.length + 1;
        for (int c = 0; c < scores.length; c++) {
            double sum = weights[c * stride + x.length];
            for (int f = 0; f < x.length; f++) {
                sum += weights[c * stride + f] * x[f];
            }
            scores[c] = sum;
        }
    }

    /** Turns scores into probabilities in place; the logarithm of the sum of their exponentials. */
    private static double toProbabilities(double[] scores) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            largest = Math.max(largest, score);
        }
        double sum = 0;
        for (int c = 0; c < scores.length; c++) {
            scores[c] = Math.exp(scores[c] - largest);
            sum += scores[c];
        }
        for (int c = 0; c < scores.length; c++) {
            scores[c] /= sum;
        }
        return largest + Math.log(sum);
    }

    /** The probabilities of the classes for one example. */
    double[] probabilities(double[] x) {
        var p = new double[classes];
        scores(weights, x, p);
        toProbabilities(p);
        return p;
    }

    /** How many rows have their own class on top. */
    int hits(double[][] x, int[] labels) {
        int hits = 0;
        var scores = new double[classes];
        for (int i = 0; i < x.length; i++) {
            scores(weights, x[i], scores);
            int best = 0;
            for (int c = 1; c < classes; c++) {
                best = scores[c] > scores[best] ? c : best;
            }
            hits += best == labels[i] ? 1 : 0;
        }
        return hits;
    }
}
