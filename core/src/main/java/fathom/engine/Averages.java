package fathom.engine;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Running averages of a network's arrays, kept beside the optimiser's own. After step t, counted from 1, the average a of an
 * array w becomes a + (1 − d)(w − a), where d is the smaller of {@link Assignment#averaging} and t / (t + 9): the first steps
 * are soon forgotten.
 */
public final class Averages {
    /** What stands behind the slash in the name of an average. */
    public static final String KIND = "average";

    private Averages() {}

    /** How much of the average stays in a step, counted from 1. */
    public static double kept(double averaging, long step) {
        return Math.min(averaging, step / (step + 9.0));
    }

    /**
     * The arrays to judge a network by: the averages where there are any, else the weights themselves.
     *
     * @param optimizerState as {@link Learner#optimizerState} gives it
     */
    public static SequencedMap<String, float[]> orWeights(
            SequencedMap<String, float[]> weights, SequencedMap<String, float[]> optimizerState) {
        var judged = new LinkedHashMap<String, float[]>();
        weights.forEach((name, array) -> judged.put(name, optimizerState.getOrDefault(name + "/" + KIND, array)));
        return judged;
    }
}
