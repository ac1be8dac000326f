package fathom.engine;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Something that can train and run networks; found by {@link java.util.ServiceLoader}. Whole steps cross this seam, never
 * single operations, and only plain arrays.
 *
 * <p>Finding an engine loads no native code; {@link #problem} and all below may.
 */
public interface Engine {
    /** What {@code --engine} calls it. */
    String name();

    /** One line for tables. */
    String about();

    /** Among the engines that can do what is asked, {@code auto} takes the one of lowest rank. */
    int rank();

    /** Why this engine cannot compute that way on this machine; empty if it can. */
    Optional<String> problem(Compute compute);

    /** Build, vector width, threads and the like; goes into the spec of every run. */
    SequencedMap<String, String> facts();

    /**
     * How a training step on so many examples would run, a line a stage, for people; empty if nothing is planned ahead.
     *
     * @throws EngineException if {@link #problem} names one
     */
    List<String> plan(Assignment assignment, int examples);

    /**
     * A learner with its initial weights.
     *
     * @throws EngineException if {@link #problem} names one
     */
    Learner open(Assignment assignment);
}
