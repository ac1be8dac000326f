package fathom.engine.vector;

import fathom.engine.Learner.Score;

/** What is taken of a network's output: a loss, and what is given for an answer. */
sealed interface Objective permits CrossEntropy, Bound, NoLoss {
    /**
     * Over the examples of a pass, or of several.
     *
     * @param loss the sum of their losses
     * @param second how many were right, or the sum of their divergences
     */
    record Sums(double loss, double second) {
        static final Sums NOTHING = new Sums(0, 0);

        Sums plus(Sums other) {
            return new Sums(loss + other.loss, second + other.second);
        }
    }

    /** What a prediction shows. */
    Value answer();

    /** Plans the losses. */
    void forward(Schedule schedule);

    /** Plans the gradient of the network's output. */
    void backward(Schedule schedule);

    /** In the order of the examples. */
    Sums sums(Pass pass);

    /** The means of these sums. */
    Score score(Sums sums, int examples);
}
