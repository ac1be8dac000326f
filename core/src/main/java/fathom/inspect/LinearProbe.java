package fathom.inspect;

import fathom.manifold.Matrix;
import fathom.manifold.Pca;

/**
 * How well a linear classifier tells the classes apart by what passes at one tap (Alain and Bengio, "Understanding
 * intermediate layers using linear classifier probes", 2016).
 *
 * <p>The probe: activations are brought to at most {@value #COMPONENTS} principal components, each divided by its deviation
 * and centred, both as found on training examples; then multinomial logistic regression that minimises the sum of the
 * negative log-likelihoods plus half the squared length of the weights (biases are free), from zero weights to the minimum.
 * It learns on activations of training examples and is tested on those of others. Nothing in it is random.
 *
 * @param components how many principal components it was given
 * @param trainedOn how many examples it learned on
 * @param trainAccuracy on those, 0 … 1
 * @param test accuracy on the others, with its interval
 */
public record LinearProbe(int components, int trainedOn, double trainAccuracy, Interval test) {
    /** How many principal components a probe gets at most. */
    public static final int COMPONENTS = 50;

    /** The principal components that a probe of these activations uses. */
    public static Pca components(Matrix activations, int threads) {
        int most = Math.min(activations.rows() - 1, activations.columns());
        return Pca.fit(activations, Math.clamp(most, 1, COMPONENTS), threads);
    }

    /**
     * Learns and is tested.
     *
     * @param train coordinates along {@link #components}, one row an example
     * @param test likewise, of other examples
     */
    public static LinearProbe of(Matrix train, int[] trainLabels, Matrix test, int[] testLabels, int classes) {
        var scale = Standard.of(train);
        var regression = LogisticRegression.fit(scale.apply(train), trainLabels, classes);
        int onTrain = regression.hits(scale.apply(train), trainLabels);
        int onTest = regression.hits(scale.apply(test), testLabels);
        return new LinearProbe(
                train.columns(), train.rows(), (double) onTrain / train.rows(), Interval.wilson(onTest, test.rows()));
    }
}
