package fathom.model;

import fathom.config.Default;

/** What a classifier's training brings down; the mean over the batch. */
public sealed interface Loss {
    /** Minus the log-probability of the right class; the network must end in log-softmax. */
    record NegativeLogLikelihood() implements Loss {}

    /**
     * Log-softmax and negative log-likelihood in one. With {@code labelSmoothing} ε the target is 1 − ε on the right
     * class plus ε spread evenly over all (Szegedy et al. 2016); evaluation always uses ε = 0.
     */
    record CrossEntropy(@Default("0") double labelSmoothing) implements Loss {
        public CrossEntropy {
            if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
                throw new IllegalArgumentException(
                        "labelSmoothing must be at least 0 and below 1, got " + labelSmoothing);
            }
        }
    }
}
