package fathom.manifold;

/** Where the points of a map stand before the first iteration. */
public sealed interface Start {
    /** The first principal components of the data, scaled so that the first has deviation 1e-4. */
    record Principal() implements Start {}

    /** Normally distributed with deviation 1e-4, from the seed. */
    record Random() implements Start {}

    /** A given map, taken as it is: one row a point. */
    record Given(Matrix map) implements Start {}
}
