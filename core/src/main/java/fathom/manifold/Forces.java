package fathom.manifold;

/** What moves the points: one evaluation fills in pull and push; the gradient is exaggeration · pull − push / Z. */
interface Forces {
    /** Evaluates the forces where the points stand, and returns Z, the sum of w over all ordered pairs of two points. */
    double evaluate(Motion motion, Team team);

    /** The divergence KL(P‖Q) where the points stand, given Z there. */
    double divergence(Motion motion, double z, Team team);
}
