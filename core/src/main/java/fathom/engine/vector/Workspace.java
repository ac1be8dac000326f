package fathom.engine.vector;

import fathom.engine.EngineException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The one array in which everything lies: the network's arrays first, then whatever the plan at work needs.
 *
 * <p>It is large enough for a garbage collector with regions to give it regions of its own. It then begins at a round
 * address, and every vector lies in one cache line; a vector that straddles two takes two accesses.
 */
final class Workspace {
    /** A Java array's numbers begin 16 bytes behind its address, so number 12 lies on the next cache line. */
    static final int BEGIN = 12;

    private static final int LEAST = 1 << 22;

    private float[] memory = new float[LEAST];
    private int kept;
    private @Nullable Plan active;

    /** Reserves the first floats for good. */
    void keep(int end) {
        kept = end;
        grow(end);
    }

    /**
     * The size of a workspace that ends there.
     *
     * @throws EngineException if there can be none as large
     */
    static long bytes(long end) {
        return (long) Math.max(size(end), LEAST) * Float.BYTES;
    }

    /**
     * So many floats, if there can be as many.
     *
     * @throws EngineException if not
     */
    static int size(long floats) {
        if (floats > Integer.MAX_VALUE - Layout.LINE) {
            throw new EngineException("this network needs more than the 8 GiB of memory that the engine vector can use:"
                    + " take a smaller batch, or the engine torch");
        }
        return (int) floats;
    }

    private void grow(long end) {
        if (bytes(end) > (long) memory.length * Float.BYTES) {
            try {
                var larger = new float[size(end)];
                System.arraycopy(memory, 0, larger, 0, Math.min(kept, memory.length));
                memory = larger;
            } catch (OutOfMemoryError e) {
                throw new EngineException(
                        "this network needs %,d MiB, more than Java may use: give it more with -Xmx, or use a smaller batch"
                                .formatted((end * Float.BYTES) >> 20),
                        e);
            }
        }
    }

    float[] memory() {
        return memory;
    }

    /** Makes room for a plan; what another one left behind is cleared, because borders must be zero. */
    float[] memoryFor(Plan plan) {
        if (active != plan) {
            grow(plan.end());
            if (plan.hasBorders()) {
                Arrays.fill(memory, kept, (int) plan.end(), 0);
            }
            active = plan;
        }
        return memory;
    }
}
