package fathom.model;

import fathom.config.Default;

/** What training brings down; the mean over the batch. */
public sealed interface Loss {

    /** The loss of a classifier: it compares class scores with labels. */
    sealed interface OfClasses extends Loss {}

    /** Minus the log-probability of the right class; the network must end in log-softmax. */
    record NegativeLogLikelihood() implements OfClasses {}

    /**
     * Log-softmax and negative log-likelihood in one. With {@code labelSmoothing} ε the target is 1 − ε on the right
     * class plus ε spread evenly over all (Szegedy et al. 2016); evaluation always uses ε = 0.
     */
    record CrossEntropy(@Default("0") double labelSmoothing) implements OfClasses {
        public CrossEntropy {
            if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
                throw new IllegalArgumentException(
                        "labelSmoothing must be at least 0 and below 1, got " + labelSmoothing);
            }
        }
    }

    /**
     * The negative evidence lower bound of a variational autoencoder (Kingma and Welling 2014): how badly the decoder's
     * output describes the input, summed over its numbers, plus {@code beta} times the divergence KL(q(z|x) ‖ N(0, 1)) =
     * ½ Σ (μ² + σ² − log σ² − 1). Training brings down this sum; what is told is always the bound itself, with beta 1.
     *
     * @param beta weight of the divergence in training (Higgins et al. 2017)
     * @param warmup over so many steps the weight rises from near 0 to {@code beta}, in equal parts (Sønderby et al. 2016)
     */
    record Elbo(
            Reconstruction reconstruction,
            @Default("1") double beta,
            @Default("0") long warmup) implements Loss {
        public Elbo {
            if (!(beta >= 0 && beta <= 1e6)) {
                throw new IllegalArgumentException("beta must be at least 0 (and at most 1e6), got " + beta);
            }
            if (warmup < 0) {
                throw new IllegalArgumentException("warmup must be at least 0 steps, got " + warmup);
            }
        }

        /** With beta 1 from the first step. */
        public static Elbo of(Reconstruction reconstruction) {
            return new Elbo(reconstruction, 1, 0);
        }

        /** The divergence's weight in a step, counted from 0. */
        public double weight(long step) {
            return warmup > step ? beta * (step + 1) / warmup : beta;
        }
    }

    /** How far the decoder's output y lies from the input x; the sum over all numbers of an example. */
    enum Reconstruction {
        /** −x log y − (1 − x) log (1 − y); x and y in 0 … 1. */
        BCE,
        /** (x − y)²: up to a constant, minus the log-likelihood of a normal distribution of variance ½ around y. */
        L2,
        /** |x − y|: up to a constant, minus the log-likelihood of a Laplace distribution of scale 1 around y. */
        L1
    }

    /** None: for a network, or a part of one, that only runs. */
    record None() implements Loss {}
}
