package fathom.manifold;

/**
 * A finished map.
 *
 * @param map n × dims, centred on 0
 * @param kl KL(P‖Q) in nats where the points stand
 * @param iterations how many were done
 * @param method {@link Method#EXACT} or {@link Method#MESH}
 * @param perplexity what was used: less than asked for where there are fewer than 3 × perplexity + 1 points
 * @param ending why it ended
 * @param seconds what took how long
 */
public record Embedding(
        Matrix map, double kl, int iterations, Method method, double perplexity, Ending ending, Seconds seconds) {

    /** Why the iterations ended. */
    public enum Ending {
        /** All iterations were done. */
        FINISHED,
        /** KL changed less than the limit. */
        SETTLED,
        /** The watch or an interrupt asked for it. */
        CANCELLED
    }

    /** Wall-clock seconds by phase. */
    public record Seconds(double start, double neighbors, double affinities, double optimise) {}
}
