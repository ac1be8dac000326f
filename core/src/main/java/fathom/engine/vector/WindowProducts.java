package fathom.engine.vector;

/** Sums of windows of one picture that make another: a convolution forward, or back to its input. */
sealed interface WindowProducts permits WindowSums, WinogradSums {
    /**
     * The way that takes less time.
     *
     * @param isGathering whether the source is the large side
     */
    static WindowProducts of(Site site, Value source, Value target, Convolution.Geometry g, boolean isGathering) {
        return WinogradSums.suits(source, target, g)
                ? new WinogradSums(site, source, target, g, isGathering)
                : new WindowSums(source, target, g, isGathering);
    }

    /** Plans the copy of the weights. */
    void plan(Schedule schedule, int lanes);

    /** What a stage that runs this must touch, besides source and target. */
    Placed[] rooms();

    /** Computes one group; {@code start} as in {@link Kernels#product}. */
    void run(Kernels kernels, Pass pass, int group, int worker, int start);
}
