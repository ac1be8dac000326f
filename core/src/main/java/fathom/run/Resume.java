package fathom.run;

import fathom.train.Progress;
import java.util.List;
import java.util.SequencedMap;

/**
 * What a training goes on from.
 *
 * @param progress where it stands; {@link Progress#start()} if no checkpoint had been written yet
 * @param weights empty at the start
 * @param optimizerState empty at the start
 * @param bestWeights empty if no epoch has ended yet
 * @param warnings what was damaged and put aside, for people to read
 */
public record Resume(
        Progress progress,
        SequencedMap<String, float[]> weights,
        SequencedMap<String, float[]> optimizerState,
        SequencedMap<String, float[]> bestWeights,
        List<String> warnings) {
    public Resume {
        warnings = List.copyOf(warnings);
    }
}
