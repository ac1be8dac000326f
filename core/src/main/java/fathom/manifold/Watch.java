package fathom.manifold;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Looks on while a map is made.
 *
 * @param every how many iterations lie between two snapshots, at least 1; a snapshot costs about one iteration
 * @param listener gets the snapshots, on the thread that called {@code fit}
 * @param isCancelled asked at every iteration; once it says yes, the map as it stands is returned
 */
public record Watch(int every, Consumer<Snapshot> listener, BooleanSupplier isCancelled) {
    /** Nobody looks. */
    public static final Watch NONE = new Watch(Integer.MAX_VALUE, snapshot -> {}, () -> false);

    public Watch {
        if (every < 1) {
            throw new IllegalArgumentException("a watch needs at least 1 iteration between snapshots, got " + every);
        }
    }

    /** Listens, and never cancels. */
    public static Watch every(int iterations, Consumer<Snapshot> listener) {
        return new Watch(iterations, listener, () -> false);
    }

    /**
     * A map on its way.
     *
     * @param iteration how many iterations are behind it
     * @param map n × dims, a copy
     * @param kl KL(P‖Q) in nats, without exaggeration
     * @param gradientNorm the length of the gradient that the next step follows, with exaggeration while that lasts
     */
    public record Snapshot(int iteration, Matrix map, double kl, double gradientNorm) {}
}
