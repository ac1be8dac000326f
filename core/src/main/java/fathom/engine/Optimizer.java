package fathom.engine;

import fathom.config.Default;

/** How gradients move weights. Rates are those at the start; a schedule scales them step by step. */
public sealed interface Optimizer {
    double rate();

    /** Stochastic gradient descent; {@code weightDecay} is added to the gradient as λ·w (L2). */
    record Sgd(
            double rate,
            @Default("0") double momentum,
            @Default("false") boolean nesterov,
            @Default("0") double weightDecay)
            implements Optimizer {
        public Sgd {
            requireRate(rate);
            requireBelowOne("momentum", momentum);
            requireDecay(weightDecay);
            if (nesterov && momentum == 0) {
                throw new IllegalArgumentException("nesterov needs a momentum above 0");
            }
        }
    }

    /** Adam (Kingma and Ba 2015); {@code weightDecay} is added to the gradient as λ·w (L2). */
    record Adam(
            double rate,
            @Default("0.9") double beta1,
            @Default("0.999") double beta2,
            @Default("1e-8") double epsilon,
            @Default("0") double weightDecay)
            implements Optimizer {
        public Adam {
            requireMoments(rate, beta1, beta2, epsilon, weightDecay);
        }
    }

    /** Adam with decoupled weight decay (Loshchilov and Hutter 2019): each step takes rate·λ·w off the weights. */
    record AdamW(
            double rate,
            @Default("0.9") double beta1,
            @Default("0.999") double beta2,
            @Default("1e-8") double epsilon,
            @Default("0.01") double weightDecay)
            implements Optimizer {
        public AdamW {
            requireMoments(rate, beta1, beta2, epsilon, weightDecay);
        }
    }

    static Optimizer sgd(double rate) {
        return new Sgd(rate, 0, false, 0);
    }

    static Optimizer adam(double rate) {
        return new Adam(rate, 0.9, 0.999, 1e-8, 0);
    }

    static Optimizer adamW(double rate) {
        return new AdamW(rate, 0.9, 0.999, 1e-8, 0.01);
    }

    default Optimizer withWeightDecay(double decay) {
        return switch (this) {
            case Sgd o -> new Sgd(o.rate, o.momentum, o.nesterov, decay);
            case Adam o -> new Adam(o.rate, o.beta1, o.beta2, o.epsilon, decay);
            case AdamW o -> new AdamW(o.rate, o.beta1, o.beta2, o.epsilon, decay);
        };
    }

    private static void requireMoments(double rate, double beta1, double beta2, double epsilon, double decay) {
        requireRate(rate);
        requireBelowOne("beta1", beta1);
        requireBelowOne("beta2", beta2);
        if (!(epsilon > 0 && epsilon <= 1)) {
            throw new IllegalArgumentException("epsilon must be above 0 and at most 1, got " + epsilon);
        }
        requireDecay(decay);
    }

    private static void requireRate(double rate) {
        if (!(rate > 0 && rate <= 1e6)) {
            throw new IllegalArgumentException("rate must be above 0 (and at most 1e6), got " + rate);
        }
    }

    private static void requireBelowOne(String what, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(what + " must be at least 0 and below 1, got " + value);
        }
    }

    private static void requireDecay(double decay) {
        if (!(decay >= 0 && decay <= 1e6)) {
            throw new IllegalArgumentException("weightDecay must be at least 0 (and at most 1e6), got " + decay);
        }
    }
}
